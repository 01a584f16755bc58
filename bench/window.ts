/**
 * The window over many runs, in a browser: how long until the runs table can be used, how long until
 * it shows what a filter leaves, and the longest frame while it is scrolled both ways.
 *
 *   node bench/window.ts [RUNS] [KEYS]
 *
 * 10 000 runs with 100 params and 100 metrics by default. With over 200 keys each run has 40 of each
 * kind. Aims: 1 s, 100 ms, 50 ms. The program must have been built (`npm run build`).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Store } from '../src-main/store/index.ts';
import { openWorkspace } from '../src-main/workspace/index.ts';
import { launchChromium } from '../test/support/browser.ts';
import { fillWithRuns } from '../test/support/many-runs.ts';

const runs = Number(process.argv[2] ?? 10_000);
const keys = Number(process.argv[3] ?? 100);
const perRun = keys > 200 ? 40 : keys;
const rounds = 5;
const cli = join(process.env.CAIRN_TEST_OUT ?? join(import.meta.dirname, '../out'), 'main/cli.js');

const base = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
const folder = join(base, 'project');
const folders = {
  data: join(base, 'data'),
  cache: join(base, 'cache'),
  config: join(base, 'config'),
};
mkdirSync(folder);
const servers: ChildProcess[] = [];
try {
  const store = Store.open(openWorkspace(folder, folders).storePath);
  fillWithRuns(store, { runs, params: keys, metrics: keys, perRun });
  store.close();
  process.stdout.write(
    `${runs} runs, ${keys} params and ${keys} metrics, ${perRun} of each a run\n`,
  );
  const url = await serve();
  const browser = await launchChromium();
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  await report('first row of the table', 1000, () => firstRow(url));
  const page = await context.newPage();
  await page.goto(`${url}#/runs`);
  await page.locator('tbody tr').first().getByText(`run-${runs}`).waitFor();
  await page.waitForTimeout(2000);
  await report('a filter by a param', 100, (round) => filter(page, `params.param_3 = v${round}`));
  await report('a filter by a metric', 100, (round) =>
    filter(page, `metrics.metric_2 < 0.${round}1`),
  );
  await filter(page, '');
  await page.waitForTimeout(1000);
  await report('longest frame, scrolling down', 50, () => scroll(page, 0, 1500));
  await report('longest frame, scrolling across', 50, (round) =>
    scroll(page, round % 2 ? -300 : 300, 0),
  );
  await browser.close();

  async function firstRow(address: string): Promise<number> {
    const own = await context.newPage();
    const start = performance.now();
    await own.goto(`${address}#/runs`);
    await own.locator('tbody tr').first().getByText(`run-${runs}`).waitFor();
    const took = performance.now() - start;
    await own.close();
    return took;
  }
} finally {
  for (const server of servers) server.kill();
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
}

function serve(): Promise<string> {
  const env = {
    ...process.env,
    CAIRN_DATA_DIR: folders.data,
    CAIRN_CACHE_DIR: folders.cache,
    CAIRN_CONFIG_DIR: folders.config,
  };
  const child = spawn(process.execPath, [cli, '--json', 'serve', folder], { env });
  servers.push(child);
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk;
      const url = /http:\/\/127[^"\s]+/.exec(text)?.[0];
      if (url !== undefined) resolve(url);
    });
    child.on('exit', (code) => reject(new Error(`cairn serve ended with ${code}: ${text}`)));
  });
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

async function report(
  what: string,
  aim: number,
  measure: (round: number) => Promise<number>,
): Promise<void> {
  const took: number[] = [];
  for (let round = 1; round <= rounds; round++) took.push(await measure(round));
  took.sort((a, b) => a - b);
  const median = took[Math.floor(rounds / 2)] ?? 0;
  const [least = 0, most = 0] = [took[0], took.at(-1)];
  const verdict = median <= aim ? 'met' : 'missed';
  const range = `${least.toFixed(0)} to ${most.toFixed(0)}`;
  process.stdout.write(`${what}: ${median.toFixed(0)} ms (${range}); aim ${aim} ms, ${verdict}\n`);
}
