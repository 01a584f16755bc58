/** Every view by keyboard alone, on a real project: all that can be acted on is reached, and seen. */
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './support.ts';

const addresses = [
  '#/overview',
  '#/timeline',
  '#/runs',
  '#/run/01.2',
  '#/run/01.2?tab=metrics',
  '#/run/01.2?tab=log',
  '#/run/01.2?tab=files',
  '#/run/01.2?tab=environment',
  '#/run/01.2?tab=code',
  '#/compare',
  '#/compare/01.1/01.2',
  '#/pipeline',
  '#/models',
  '#/bundles',
  '#/sources',
  '#/notebooks',
  '#/tidy',
  '#/settings',
] as const;

/** What is wrong with one view: what Tab does not reach, and what has the focus without showing it. */
async function walk(page: Page): Promise<string[]> {
  const wanted = await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    const what = (element: Element) =>
      `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`;
    const visible = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      element.closest('[inert], [aria-hidden="true"]') === null;
    const all = [
      ...document.querySelectorAll<HTMLElement>(
        'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable="true"]',
      ),
    ].filter((element) => visible(element) && !element.matches(':disabled, [type="hidden"]'));
    // In a composite widget one member takes the focus and the arrow keys move it.
    const composites =
      '[role="tablist"], [role="grid"], [role="treegrid"], [role="listbox"], [role="tree"], [role="toolbar"], [role="radiogroup"], [role="menu"], [role="feed"], [role="application"]';
    const lost: string[] = [];
    let index = 0;
    for (const element of all) {
      const radio = element instanceof HTMLInputElement && element.type === 'radio';
      if (element.tabIndex >= 0 && !(radio && !element.checked)) {
        element.dataset.walk = String(index);
        index += 1;
      } else if (!radio && element.matches('a, button, input, select, textarea')) {
        if (element.closest(composites) === null && !element.closest('[data-pointer-only]')) {
          lost.push(`no key reaches ${what(element)}`);
        }
      }
    }
    return { count: index, lost };
  });
  const problems = [...wanted.lost];
  const reached = new Set<string>();
  // A canvas of a plot or an editor may take several stops.
  for (let press = 0; press < wanted.count + 20 && reached.size < wanted.count; press += 1) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return null;
      const shows = (one: Element | null): boolean => {
        if (one === null) return false;
        const style = getComputedStyle(one);
        return (
          (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) ||
          style.boxShadow !== 'none'
        );
      };
      const { walk } = element.dataset;
      const seen =
        shows(element) ||
        shows(element.parentElement) ||
        shows(element.nextElementSibling) ||
        element.closest(':focus-within[data-active], [aria-selected="true"]') !== null ||
        element.matches('input, textarea, select, [contenteditable="true"]');
      const name =
        element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? '';
      return { walk, seen, name: `${element.tagName.toLowerCase()} “${name}”` };
    });
    if (now?.walk !== undefined && !reached.has(now.walk)) {
      reached.add(now.walk);
      if (!now.seen) problems.push(`the focus cannot be seen on ${now.name}`);
    }
  }
  problems.push(
    ...(await page.evaluate(
      (reached) =>
        [...document.querySelectorAll<HTMLElement>('[data-walk]')]
          .filter((element) => !reached.includes(element.dataset.walk ?? ''))
          .map((element) => `Tab does not reach ${element.outerHTML.slice(0, 120)}`),
      [...reached],
    )),
  );
  return problems;
}

test('every view is used by keyboard alone', async ({ project, serveReal, openWindow }) => {
  test.setTimeout(180_000);
  await project.cairn('repro');
  await project.cairn('repro', '-P', 'params.yaml:train.learning_rate=0.2');
  const { url } = await serveReal(project.folder);
  const page = await openWindow(url);
  const base = url.replace(/#.*$/, '');
  for (const address of addresses) {
    await page.goto(`${base}${address}`);
    await page.locator('main').waitFor();
    await expect(page.locator('main [aria-busy="true"], .mantine-Skeleton-root')).toHaveCount(0);
    expect.soft(await walk(page), address).toEqual([]);
  }
});
