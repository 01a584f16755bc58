/**
 * Curves of many long runs, in a browser: how long from the arrival of the points, and from opening
 * the page, until they are painted, what a zoom and a change of the smoothing take, and the longest
 * frame while the pointer moves over the curves; and a run with very many metrics. Beside the clock
 * stands what the page's own thread did on the processor, which a busy machine blurs less.
 *
 *   node bench/charts.ts [RUNS] [POINTS] [METRICS]
 *
 * 50 runs of 100 000 points, and one run of 5 000 metrics by default. Aims: 500 ms from the data to
 * the paint, no frame over 50 ms. The program must have been built (`npm run build`).
 */
import type { Page } from '@playwright/test';
import type { Store } from '../src-main/store/index.ts';
import { appendPoints } from '../src-main/store/metric-writing.ts';
import { launchChromium } from '../test/support/browser.ts';
import { fillWithRuns, manyRunId } from '../test/support/many-runs.ts';
import { report, say, serveFilled } from './support/served.ts';

const runs = Number(process.argv[2] ?? 50);
const points = Number(process.argv[3] ?? 100_000);
const metrics = Number(process.argv[4] ?? 5000);

/** Kept on the page: when the last answer came over the socket, and when each chart was drawn. */
interface Marks {
  arrived: number;
  drawn: number;
}

using served = await serveFilled(fill);
const { url } = served;
process.stdout.write(`${runs} runs of ${points} points; a run with ${metrics} metrics\n`);
await using browser = await launchChromium();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
await context.addInitScript(watchSocket);
const ids = Array.from({ length: runs }, (_, index) => manyRunId(index + 1));
const curves = `${url}#/charts/${ids.join('/')}`;
const [waits, wholes, busy]: [number[], number[], number[]] = [[], [], []];
await report('from the points to the paint', 500, async () => {
  const { paint, wait, cpu } = await open(curves);
  waits.push(wait);
  wholes.push(wait + paint);
  busy.push(cpu);
  return paint;
});
say('from opening the page to the points', waits);
say('from opening the page to the paint', wholes);
say('  the page on the processor until then', busy);

const page = await context.newPage();
const clock = await threadClock(page);
await page.goto(curves);
await drawn(page);
// Plotly comes when somebody comes to the chart.
await page.locator('main figure [data-drawn]').first().hover();
await page.locator('main .js-plotly-plot').first().waitFor();
await page.waitForTimeout(1000);
await steady('longest frame, pointer over the curves', 17, () => hover(page));
await steady('zoom, to full detail', 500, (round) => zoom(page, round));
await steady('smoothing, a step of the slider', 500, () => smooth(page));
const many = await context.newPage();
const manyClock = await threadClock(many);
const manyBusy: number[] = [];
await report('one run of many metrics, first charts', 1000, async () => {
  await many.goto('about:blank');
  const start = performance.now();
  await many.goto(`${url}#/charts/${manyRunId(runs + 1)}`);
  await drawn(many);
  const took = performance.now() - start;
  manyBusy.push(await manyClock());
  return took;
});
say('  the page on the processor until then', manyBusy);
await report('the same, longest frame while scrolling', 50, () => scroll(many));

/** Reports what a step takes by the clock, and on the processor. */
async function steady(
  what: string,
  aim: number,
  measure: (round: number) => Promise<number>,
): Promise<void> {
  const spent: number[] = [];
  await report(what, aim, async (round) => {
    const before = await clock();
    const took = await measure(round);
    spent.push((await clock()) - before);
    return took;
  });
  say('  the page on the processor', spent);
}

/** What a page's main thread has done on the processor so far, ms; since it was opened, for a new page. */
async function threadClock(page: Page): Promise<() => Promise<number>> {
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
}

/** A page of its own until its first chart is painted, ms. */
async function open(address: string): Promise<{ paint: number; wait: number; cpu: number }> {
  const own = await context.newPage();
  const busy = await threadClock(own);
  await own.goto(address);
  await drawn(own);
  const marks = await own.evaluate(() => (window as unknown as { marks: Marks }).marks);
  const cpu = await busy();
  await own.close();
  return { paint: marks.drawn - marks.arrived, wait: marks.arrived, cpu };
}

/** Notes the arrival of large answers, and the first frame after a chart was drawn. */
function watchSocket(): void {
  const marks: Marks = { arrived: 0, drawn: 0 };
  Object.assign(window, { marks });
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', (event: MessageEvent) => {
        const size =
          event.data instanceof ArrayBuffer
            ? event.data.byteLength
            : event.data instanceof Blob
              ? event.data.size
              : String(event.data).length;
        if (size > 200_000) marks.arrived = performance.now();
      });
    }
  };
  const look = (): void => {
    if (marks.drawn === 0 && document.querySelector('main figure [data-drawn]') !== null) {
      // This frame is painted when the next one begins.
      requestAnimationFrame(() => {
        marks.drawn = performance.now();
      });
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function drawn(page: Page): Promise<void> {
  await page.locator('main figure [data-drawn]').first().waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => (window as unknown as { marks: Marks }).marks.drawn > 0);
}

/** The longest time between two frames while the pointer crosses the first chart, ms. */
async function hover(page: Page): Promise<number> {
  const box = await page.locator('main figure [data-drawn]').first().boundingBox();
  if (box === null) throw new Error('There is no chart.');
  const longest = page.evaluate(async () => {
    let most = 0;
    let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    for (const end = last + 1500; last < end; ) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      most = Math.max(most, now - last);
      last = now;
    }
    return most;
  });
  for (let step = 0; step < 40; step++) {
    await page.mouse.move(box.x + 60 + step * 8, box.y + 40 + step * 3);
  }
  return longest;
}

/** From a key that zooms until the curves of the stretch are painted in full detail, ms. */
async function zoom(page: Page, round: number): Promise<number> {
  const chart = page.locator('main figure [role=slider]').first();
  await chart.focus();
  if (round === 1) for (let i = 0; i < 4; i++) await page.keyboard.press('+');
  const before = await page.evaluate(() => (window as unknown as { marks: Marks }).marks.arrived);
  const start = await page.evaluate(() => performance.now());
  await page.keyboard.press('+');
  await page.waitForFunction(
    (old) => (window as unknown as { marks: Marks }).marks.arrived > old,
    before,
  );
  const end = await afterPaint(page);
  return end - start;
}

/** From a press of a key on the slider until the smoothed curves are painted, ms. */
async function smooth(page: Page): Promise<number> {
  await page.getByRole('slider', { name: 'Smoothing' }).focus();
  const painted = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const canvas = document.querySelector('main figure canvas[data-curves]');
        if (canvas === null) throw new Error('There is no chart.');
        // Each painting says again how many curves it has.
        new MutationObserver(() => resolve()).observe(canvas, {
          attributeFilter: ['data-curves'],
        });
      }),
  );
  const start = await page.evaluate(() => performance.now());
  await page.keyboard.press('ArrowRight');
  await painted;
  return (await afterPaint(page)) - start;
}

/** When the second frame from now begins: what was drawn is then on the screen. */
function afterPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now()))),
        ),
      ),
  );
}

/** The longest time between two frames of scrolling the page of charts, ms. */
function scroll(page: Page): Promise<number> {
  return page.evaluate(async () => {
    // Sections stay where they are; charts that are far away are taken out of the page.
    let box: HTMLElement | null = document.querySelector('main section section');
    while (box !== null && box.scrollHeight <= box.clientHeight + 10) box = box.parentElement;
    if (box === null) throw new Error('Nothing scrolls.');
    let most = 0;
    let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    for (const end = last + 2000; last < end; ) {
      box.scrollBy(0, 60);
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      most = Math.max(most, now - last);
      last = now;
    }
    return most;
  });
}

/** Noisy curves that fall, each of its own; and a run with short curves of many metrics. */
function fill(store: Store): void {
  fillWithRuns(store, { runs: runs + 1, params: 6, metrics: 1, perRun: 6 });
  const steps = Float64Array.from({ length: points }, (_, step) => step);
  let state = 1;
  const noise = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  for (let run = 1; run <= runs; run++) {
    const values = steps.map((step) =>
      Math.fround(run / 50 + 4 * Math.exp((-3 * step) / points) + 0.3 * noise()),
    );
    const times = steps.map((step) => 1_700_000_000_000 + step * 90);
    store.transaction(() =>
      appendPoints(store, run, 'loss', { steps, times, values }, { whole: true }),
    );
  }
  store.transaction(() => {
    const short = Float64Array.from({ length: 100 }, (_, step) => step);
    for (let metric = 0; metric < metrics; metric++) {
      const key = `layer_${Math.floor(metric / 50)}/value_${metric % 50}`;
      const values = short.map((step) => Math.fround(Math.sin(step / 9 + metric) + noise()));
      appendPoints(store, runs + 1, key, { steps: short, times: short, values }, { whole: true });
    }
  });
}
