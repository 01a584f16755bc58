/**
 * The memory of the page over a long live run: what is in use after collecting garbage, while a run
 * logs ten metrics, in every view that follows it. All views stand open at once.
 *
 *     node bench/live-page.ts [SECONDS] [A_SECOND]
 *
 * Two minutes at sixteen points a second by default, which is more updates than an hour of a training
 * that logs every two seconds; `3600 1` is that hour itself. The first quarter warms up: code that is
 * compiled counts as heap. Beside the heap stand the elements of the page and what listens to them,
 * where a leak shows first. The program must have been built (`npm run build`).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession } from '@playwright/test';
import { appendPoints } from '../src-main/store/metric-writing.ts';
import { launchChromium } from '../test/support/browser.ts';
import { fillWithRuns, manyRunId } from '../test/support/many-runs.ts';
import { serveFilled } from './support/served.ts';

const seconds = Number(process.argv[2] ?? 120);
const perSecond = Number(process.argv[3] ?? 16);
const runs = 300;
const quarters = 4;
const metrics = Array.from({ length: 10 }, (_, key) => `metric_${key}`);

/** What a page holds after collecting garbage. */
interface Held {
  readonly megabytes: number;
  readonly elements: number;
  readonly listeners: number;
}

using served = await serveFilled((store) =>
  fillWithRuns(store, { runs, params: 10, metrics: 10, perRun: 10 }),
);
const store = served.openStore();
// Made-up series have no points to add to.
store.prepare('DELETE FROM metric_series WHERE run = ?').run(runs);
store.prepare("UPDATE runs SET status = 'RUNNING', ended_at = NULL WHERE seq = ?").run(runs);
let step = 0;
logPoint();
await using browser = await launchChromium();
const id = manyRunId(runs);
const views = await Promise.all(
  ['/runs', `/run/${id}`, `/charts/${id}`, '/timeline', '/overview'].map(async (view) => {
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await page.goto(`${served.url}#${view}`);
    await page.getByRole('heading').first().waitFor();
    return { view, session, held: [] as Held[] };
  }),
);
for (let quarter = 0; quarter < quarters; quarter++) {
  const end = performance.now() + (seconds * 1000) / quarters;
  while (performance.now() < end) {
    logPoint();
    await sleep(1000 / perSecond);
  }
  for (const { session, held } of views) held.push(await heldBy(session));
}
process.stdout.write(`${step} points of ${metrics.length} metrics in ${seconds} s\n`);
for (const { view, held } of views) {
  const [first, last] = [held[0], held.at(-1)];
  if (first === undefined || last === undefined) continue;
  const each = (key: keyof Held): string => held.map((one) => one[key]).join(', ');
  const grown = (last.megabytes - first.megabytes).toFixed(1);
  process.stdout.write(
    `${view}: ${each('megabytes')} MB after each quarter, ${grown} MB since the first;\n` +
      `  elements ${each('elements')}; listeners ${each('listeners')}\n`,
  );
}
store.close();

/** The next point of every metric, in one transaction as a client's batch is. */
function logPoint(): void {
  const [steps, times] = [Float64Array.of(step), Float64Array.of(Date.now())];
  store.transaction(() => {
    for (const [key, name] of metrics.entries()) {
      const values = Float64Array.of(Math.exp(-step / 1000) + 0.1 * Math.sin(step + key));
      appendPoints(store, runs, name, { steps, times, values });
    }
  });
  step++;
}

/** Asks the page once nothing is left to collect. */
async function heldBy(session: CDPSession): Promise<Held> {
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  const { metrics: told } = await session.send('Performance.getMetrics');
  const of = (wanted: string): number => told.find(({ name }) => name === wanted)?.value ?? 0;
  const megabytes = Math.round(of('JSHeapUsedSize') / 1e5) / 10;
  return { megabytes, elements: of('Nodes'), listeners: of('JSEventListeners') };
}
