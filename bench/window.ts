/**
 * The window over many runs, in a browser: how long until the runs table can be used, how long until
 * it shows what a filter leaves, and the longest frame while it is scrolled both ways.
 *
 *   node bench/window.ts [RUNS] [KEYS]
 *
 * 10 000 runs with 100 params and 100 metrics by default. With over 200 keys each run has 40 of each
 * kind. Aims: 1 s, 100 ms, 50 ms. The program must have been built (`npm run build`).
 */
import type { Page } from '@playwright/test';
import { launchChromium } from '../test/support/browser.ts';
import { fillWithRuns } from '../test/support/many-runs.ts';
import { reportOpening } from './support/opening.ts';
import { report, serveFilled } from './support/served.ts';

const runs = Number(process.argv[2] ?? 10_000);
const keys = Number(process.argv[3] ?? 100);
const perRun = keys > 200 ? 40 : keys;

using served = await serveFilled((store) =>
  fillWithRuns(store, { runs, params: keys, metrics: keys, perRun }),
);
const { url } = served;
process.stdout.write(`${runs} runs, ${keys} params and ${keys} metrics, ${perRun} of each a run\n`);
await using browser = await launchChromium();
const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
await reportOpening(context, {
  what: 'first row of the table',
  aim: 1000,
  address: `${url}#/runs`,
  shown: firstRow,
});
const page = await context.newPage();
await page.goto(`${url}#/runs`);
await firstRow(page);
await page.waitForTimeout(2000);
await report('a filter by a param', 100, (round) => filter(page, `params.param_3 = v${round}`));
await report('a filter by a metric', 100, (round) =>
  filter(page, `metrics.metric_2 < 0.${round}1`),
);
await filter(page, '');
await page.waitForTimeout(1000);
await report('longest frame, scrolling down', 50, () => scroll(page, 0, 120));
await report('longest frame, going through pages', 50, () => scroll(page, 0, 1500));
await report('longest frame, scrolling across', 50, (round) =>
  scroll(page, round % 2 ? -120 : 120, 0),
);
await report('longest frame, going across by pages', 50, (round) =>
  scroll(page, round % 2 ? -900 : 900, 0),
);

/** The newest run stands in the table. */
function firstRow(page: Page): Promise<void> {
  return page.locator('tbody tr').first().getByText(`run-${runs}`).waitFor();
}

/** From the last change of the filter until the table shows what it leaves, ms. */
async function filter(page: Page, text: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const field = document.querySelector<HTMLInputElement>('[data-filter]');
    const hint = document.querySelector('header [class*=hint]');
    if (field === null || hint === null) throw new Error('There is no filter.');
    const shown = (): string =>
      `${hint.textContent} ${document.querySelector('tbody')?.textContent}`;
    const before = shown();
    const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const start = performance.now();
    setter?.call(field, wanted);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    while (shown() === before && performance.now() - start < 10_000) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - start;
  }, text);
}

/** The longest time between two frames of a second of scrolling, ms. */
async function scroll(page: Page, x: number, y: number): Promise<number> {
  return page.evaluate(
    async ([dx, dy]) => {
      const box = document.querySelector('table[role=grid]')?.parentElement;
      if (!(box instanceof HTMLElement)) throw new Error('There is no table.');
      let longest = 0;
      let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const end = last + 1500;
      while (last < end) {
        box.scrollBy(dx ?? 0, dy ?? 0);
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        longest = Math.max(longest, now - last);
        last = now;
      }
      return longest;
    },
    [x, y],
  );
}
