/** Notes, the timeline and the overview over the real core: written, shown, kept, exported. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { accessibilityProblems, test } from './support.ts';

test.describe.configure({ timeout: 90_000 });

const hostile = [
  '<script>window.harmed = 1</script><img src="https://evil.example/a.png" onerror="window.harmed = 1">',
  '<svg onload="window.harmed = 1"></svg><iframe src="https://evil.example/"></iframe>',
  '![remote](https://evil.example/b.png) [go](javascript:window.harmed=1) ![](//evil.example/c.png)',
  '$\\href{javascript:window.harmed=1}{x} \\includegraphics{https://evil.example/d.png}$',
  'Seen in #01.1: $\\frac{a}{b}$, [data](data/penguins.csv), **bold**.',
  '',
  '```cairn table',
  "status = 'FINISHED' show seed limit 3",
  '```',
  '',
  '```cairn table',
  'metrics. <',
  '```',
  '',
  '```cairn diff',
  '01.1',
  '```',
].join('\n');

/** A picture of one point, as it comes from a clipboard. */
const point =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoBwAAgQCBXd5q0QAAAABJRU5ErkJggg==';

function paste(page: Page): Promise<void> {
  return page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], 'plot.png', { type: 'image/png' }));
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true });
    document.querySelector('.cm-content')?.dispatchEvent(event);
  }, point);
}

test('a note is written with pictures and blocks, survives a reload, and harms nobody', async ({
  project,
  serveReal,
  openWindow,
}) => {
  await project.cairn('run', '-e', 'first', '--', 'python3', '-c', 'print(1)');
  const { url } = await serveReal(project.folder);
  const page = await openWindow(`${url}#/timeline`);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.getByRole('button', { name: 'New note' }).click();
  const editor = page.getByRole('textbox', { name: 'New note' });
  await editor.fill(`${hostile}\n\n`);
  await paste(page);
  await expect(editor).toContainText('image:');
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Done' }).click();

  const note = page.locator('article', { hasText: 'Seen in' });
  await note.locator('.katex').first().waitFor();
  await note.getByRole('img', { name: 'plot' }).waitFor();
  await note.getByRole('cell', { name: /01\.1/ }).waitFor();
  await expect(note.getByRole('alert')).toHaveCount(2);
  await expect(note.getByText('Name two sides')).toBeVisible();
  await note.getByRole('link', { name: '#01.1' }).hover();
  await page.getByText('Finished').last().waitFor();
  await expect(note.locator('img[src^="http"], iframe, script, a[href^="javascript"]')).toHaveCount(
    0,
  );

  await note.press('n');
  await page.getByRole('textbox', { name: 'Edit note' }).press('End');
  // The window goes before the pause after which it saves.
  await page.keyboard.type(' and more');
  await page.reload();
  await page.locator('article', { hasText: 'Seen in' }).waitFor();
  const again = page.getByRole('button', { name: 'Go on writing' });
  if (await again.isVisible()) await again.click();
  else await page.locator('article', { hasText: 'Seen in' }).press('n');
  await expect(page.getByRole('textbox', { name: 'Edit note' })).toContainText('and more');
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByRole('dialog').getByRole('listitem')).not.toHaveCount(0);
  await page.keyboard.press('Escape');

  expect(await page.evaluate(() => Reflect.get(window, 'harmed'))).toBeUndefined();
  const origin = new URL(url).origin;
  const elsewhere = asked.filter((one) => /^(https?|wss?):/.test(one) && !one.startsWith(origin));
  expect(elsewhere).toEqual([]);
});

test('the timeline is exported, and the overview says what there is', async ({
  project,
  serveReal,
  openWindow,
}) => {
  await project.cairn('run', '-e', 'first', '--', 'python3', '-c', 'print(1)');
  const { url } = await serveReal(project.folder);
  const page = await openWindow(url);
  await page.getByRole('heading', { name: 'Last runs' }).waitFor();
  await page.getByText(/stages are out of date/).waitFor();
  await page.getByRole('button', { name: 'Measure' }).click();
  await page.getByText('Run index').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.keyboard.press('Alt+2');
  await page.getByRole('button', { name: 'Export…' }).click();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByText(/Written, /).waitFor();
  const text = readFileSync(join(project.folder, 'timeline.html'), 'utf8');
  expect(text).toContain('01.1');
  expect(text).toContain('Begin with the penguins');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Activity over the year' }).click();
  const today = page.getByRole('toolbar').locator('[tabindex="0"]');
  await today.press('ArrowUp');
  await expect(today).toBeFocused();
  expect(await accessibilityProblems(page)).toEqual([]);
});
