/**
 * The timeline of many runs and notes, in a browser: how long until it shows the newest, and the
 * longest piece of work of the page while it is scrolled. That is processor time from Chromium's
 * trace, so that other work on the machine counts less; a frame is late when one takes over 50 ms.
 *
 *     node bench/timeline.ts [CELLS]
 *
 * 50 000 cells by default, one in five a note. The program must have been built (`npm run build`).
 */
import type { Browser, Page } from '@playwright/test';
import type { Store } from '../src-main/store/index.ts';
import { launchChromium } from '../test/support/browser.ts';
import { fillWithRuns, manyRunId } from '../test/support/many-runs.ts';
import { reportOpening } from './support/opening.ts';
import { report, serveFilled } from './support/served.ts';

const cells = Number(process.argv[2] ?? 50_000);
const notes = Math.floor(cells / 5);

using served = await serveFilled((store) => {
  fillWithRuns(store, { runs: cells - notes, params: 6, metrics: 6, perRun: 6 });
  fillWithNotes(store);
});
await using browser = await launchChromium();
const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
process.stdout.write(`${cells} cells, ${notes} of them notes\n`);
const address = `${served.url}#/timeline`;
await reportOpening(context, {
  what: 'newest cell of the timeline',
  aim: 1000,
  address,
  shown: newestCell,
});
const page = await context.newPage();
await page.goto(address);
await newestCell(page);
await page.waitForTimeout(2000);
await report('longest piece of work, scrolling', 50, () => scroll(browser, page, 120));
await report('longest piece of work, going through pages', 50, () => scroll(browser, page, 1500));

async function newestCell(window: Page): Promise<void> {
  await window
    .getByRole('article')
    .first()
    .getByText(`run-${cells - notes}`)
    .waitFor();
}

/** Between the runs, which come every minute. */
function fillWithNotes(store: Store): void {
  const insert = store.prepare('INSERT INTO notes (id, at, updated_at, body) VALUES (?, ?, ?, ?)');
  store.transaction(() => {
    for (let index = 0; index < notes; index++) {
      const at = 1_700_000_000_000 + index * 240_000 + 30_000;
      const body = `## Look ${index}\n\nThe loss went **down** to \`${1 / (index + 1)}\`.\n\n- one\n- two`;
      insert.run(manyRunId(5e12 + index), at, at, body);
    }
  });
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time, µs. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Scrolls for 1.5 s, so many pixels a frame. @returns the longest task of the page's thread, ms */
async function scroll(chromium: Browser, window: Page, pixels: number): Promise<number> {
  await chromium.startTracing(window, { categories: ['toplevel'] });
  await window.evaluate(async (step) => {
    const feed = document.querySelector('[role=feed]')?.parentElement;
    if (!(feed instanceof HTMLElement)) throw new Error('There is no timeline.');
    const end = performance.now() + 1500;
    while (performance.now() < end) {
      feed.scrollBy(0, step);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, pixels);
  const { traceEvents } = JSON.parse((await chromium.stopTracing()).toString()) as {
    traceEvents: readonly TraceEvent[];
  };
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => name.endsWith('RunTask') && threads.has(`${pid} ${tid}`),
  );
  if (tasks.length === 0) throw new Error('The trace holds no tasks.');
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}
