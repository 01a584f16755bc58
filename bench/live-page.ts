/**
 * The memory of a page over a long live run: the heap after collecting garbage, while a run logs
 * sixteen times a second, in the views that follow it.
 *
 *     node bench/live-page.ts [SECONDS]
 *
 * Two minutes a view by default, which is more updates than an hour of a training that logs every two
 * seconds. The first quarter warms up: code that is compiled counts as heap. The program must have
 * been built (`npm run build`).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession } from '@playwright/test';
import { launchChromium } from '../test/support/browser.ts';
import { fillWithRuns, manyRunId } from '../test/support/many-runs.ts';
import { serveFilled } from './support/served.ts';

const seconds = Number(process.argv[2] ?? 120);
const runs = 300;
const quarters = 4;

using served = await serveFilled((store) =>
  fillWithRuns(store, { runs, params: 10, metrics: 10, perRun: 10 }),
);
const store = served.openStore();
store.prepare("UPDATE runs SET status = 'RUNNING', ended_at = NULL WHERE seq = ?").run(runs);
const log = store.prepare(
  'UPDATE metric_series SET last = ?, count = count + 1, last_step = last_step + 1 WHERE run = ?',
);
await using browser = await launchChromium();
for (const view of ['/runs', `/run/${manyRunId(runs)}`, '/timeline', '/overview']) {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.goto(`${served.url}#${view}`);
  await page.getByRole('heading').first().waitFor();
  const heap: number[] = [];
  for (let quarter = 0; quarter < quarters; quarter++) {
    const end = performance.now() + (seconds * 1000) / quarters;
    while (performance.now() < end) {
      log.run(Math.random(), runs);
      await sleep(60);
    }
    heap.push(await heapOf(session));
  }
  const grown = (heap.at(-1) ?? 0) - (heap[0] ?? 0);
  const after = heap.map((bytes) => (bytes / 1e6).toFixed(1)).join(', ');
  process.stdout.write(
    `${view}: ${after} MB after each quarter; ${(grown / 1e6).toFixed(1)} MB since the first\n`,
  );
  await page.close();
}
store.close();

/** Bytes in use once nothing is left to collect. */
async function heapOf(session: CDPSession): Promise<number> {
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
}
