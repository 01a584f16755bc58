/** Every view by keyboard alone, on a real project: all that can be acted on is reached, and seen. */
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { settled, test } from './support.ts';

const addresses = [
  '#/overview',
  '#/timeline',
  '#/runs',
  '#/run/01.2',
  '#/run/01.2?tab=metrics',
  '#/run/01.2?tab=system',
  '#/run/01.2?tab=log',
  '#/run/01.2?tab=lineage',
  '#/run/01.2?tab=lineage&as=list',
  '#/run/01.2?tab=files',
  '#/run/01.2?tab=environment',
  '#/run/01.2?tab=code',
  '#/compare',
  '#/compare/01.1/01.2',
  '#/pipeline',
  '#/models',
  '#/models/base',
  '#/models/series',
  '#/bundles',
  '#/sources',
  '#/notebooks',
  '#/tidy',
  '#/settings',
] as const;

/** Keys sent without waiting for what each does. */
const pressesAtOnce = 12;

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
  await page.evaluate(watchFocus);
  // A canvas of a plot or an editor may take several stops.
  for (let left = wanted.count + 20; left > 0; left -= pressesAtOnce) {
    await Promise.all(Array.from({ length: pressesAtOnce }, () => page.keyboard.press('Tab')));
    if ((await page.locator('[data-walk]:not([data-reached])').count()) === 0) break;
  }
  return [...wanted.lost, ...(await page.evaluate(missed))];
}

interface Walk {
  shows?: (element: HTMLElement) => boolean;
}

/** Notes on each element that takes the focus whether it shows it at once. Runs in the page. */
function watchFocus(): void {
  const walk = globalThis as Walk;
  if (walk.shows !== undefined) return;
  const outlined = (one: Element | null): boolean => {
    if (one === null) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  };
  const shows = (element: HTMLElement): boolean =>
    outlined(element) ||
    outlined(element.parentElement) ||
    outlined(element.nextElementSibling) ||
    element.closest(':focus-within[data-active], [aria-selected="true"]') !== null ||
    element.matches('input, textarea, select, [contenteditable="true"]');
  walk.shows = shows;
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target.dataset.reached === 'seen') return;
    target.dataset.reached = shows(target) ? 'seen' : 'unseen';
  });
}

/** What was not reached, or does not show the focus a frame later either. Runs in the page. */
async function missed(): Promise<string[]> {
  const problems: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('[data-walk]')) {
    const { reached } = element.dataset;
    if (reached === 'seen') continue;
    const what = element.outerHTML.slice(0, 120);
    if (reached === undefined) problems.push(`Tab does not reach ${what}`);
    else {
      element.focus();
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      if (!(globalThis as Walk).shows?.(element))
        problems.push(`the focus cannot be seen on ${what}`);
    }
  }
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
    await settled(page);
    expect.soft(await walk(page), address).toEqual([]);
  }
});
