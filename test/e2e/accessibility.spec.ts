/** Everyone can use it: axe walks every view in both themes. */
import { expect } from '@playwright/test';
import { accessibilityProblems, settled, test } from './support.ts';

/** Addresses of views over a core made of memory, and what tells that each has come. */
const views = [
  ['#/overview', 'h2'],
  ['#/timeline', 'article'],
  ['#/runs', 'tbody tr'],
  ['#/run/02.3', 'dl'],
  ['#/run/02.3?tab=metrics', '[data-drawn]'],
  ['#/run/02.3?tab=system', '[data-drawn]'],
  ['#/run/02.3?tab=log', '[data-filter]'],
  ['#/run/02.3?tab=lineage', 'button[aria-current]'],
  ['#/run/02.3?tab=files', '[role=treeitem]'],
  ['#/run/02.3?tab=environment', 'tbody tr'],
  ['#/run/02.3?tab=code', 'code'],
  ['#/charts?tab=distributions', 'figure [data-drawn]'],
  ['#/settings', 'dl'],
  ['#/pipeline/train', 'h1'],
  ['#/pipeline?as=list', '[role=grid]'],
  ['#/bundles', 'h1'],
  ['#/bundles?file=%2Fbroken.zip', 'h1'],
  ['#/bundles?tab=history', '[role=tabpanel]'],
  ['#/models', 'h1'],
  ['#/models?left=a.onnx&right=b.onnx&part=structure', '.react-flow__node'],
  ['#/models?left=a.onnx&part=modules', '[role=treeitem]'],
  ['#/models?left=a.ubj&right=b.ubj&part=trees', '[role=treeitem]'],
  ['#/models?left=a.ptl&right=b.ptl&part=code', '.cm-mergeView'],
  ['#/models/base?base=b&m1=c&m2=d', '[role=grid]'],
  ['#/models/series?run=02.1', 'figure'],
  ['#/compare/02.1/02.2?tab=params', '[role=tabpanel]'],
  ['#/compare/02.1/02.2?tab=metrics', '[role=tabpanel]'],
  ['#/compare/02.1/02.2?tab=code', '[role=tabpanel]'],
  ['#/compare/02.1/02.2?tab=data', '[role=tabpanel]'],
  ['#/compare/02.1/02.2?tab=environment', '[role=tabpanel]'],
  ['#/compare/02.1/02.2?tab=models', '[role=tabpanel]'],
] as const;

test('every view, in English', async ({ serveFake, openWindow }) => {
  const { url } = await serveFake();
  const page = await openWindow(url, { theme: 'system' });
  for (const [address, ready] of views) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(`${url}${address}`);
    await settled(page, ready);
    await page.waitForTimeout(100);
    expect.soft(await accessibilityProblems(page), `${address}, light`).toEqual([]);
    // What the dark theme changes is colours.
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForTimeout(100);
    const dark = await accessibilityProblems(page, ['color-contrast']);
    expect.soft(dark, `${address}, dark`).toEqual([]);
  }
});

for (const [theme, locale] of [
  ['light', 'en'],
  ['dark', 'zh'],
] as const) {
  test(`the welcome page, the palette and the dialogs: ${theme}, ${locale}`, async ({
    serveFake,
    openWindow,
  }) => {
    const welcome = await openWindow((await serveFake({ open: false })).url, { theme, locale });
    await welcome.waitForSelector('h1');
    expect(await accessibilityProblems(welcome)).toEqual([]);
    const { url } = await serveFake({ trusted: false });
    const page = await openWindow(`${url}#/timeline`, { theme, locale });
    await page.waitForSelector('article');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+R');
    await page.getByRole('dialog').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
}
