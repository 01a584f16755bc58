import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { importers, Sources } from '../../../src-main/importers/index.ts';
import { layOutMlruns } from '../../support/mlflow-files.ts';
import { tempFolder } from '../../support/temp.ts';
import { openWithStore } from '../../support/workspace.ts';

/** A folder that is followed, and what it holds by now. */
async function followed(root: string) {
  const { store } = openWithStore(root);
  const sources = new Sources({ store, root, importers });
  await sources.read({}, {});
  const problems: unknown[] = [];
  const stop = sources.follow(
    () => undefined,
    (error) => problems.push(error),
  );
  onTestFinished(stop);
  const one = (sql: string) => store.prepare<[], { n: number }>(sql).get()?.n;
  return {
    problems,
    store,
    runs: () => one('SELECT count(*) AS n FROM runs'),
    points: () => one('SELECT sum(count) AS n FROM metric_series'),
    gone: () => one('SELECT count(*) AS n FROM sources WHERE gone_at IS NOT NULL'),
  };
}

function growing(root: string): string {
  for (const experiment of readdirSync(join(root, 'mlruns'))) {
    for (const run of readdirSync(join(root, 'mlruns', experiment))) {
      const metrics = join(root, 'mlruns', experiment, run, 'metrics');
      try {
        if (readdirSync(metrics).includes('going')) return metrics;
      } catch {
        // Not a run.
      }
    }
  }
  throw new Error('no run that goes on');
}

it('reads what is added to a run that goes on, and nothing twice', async () => {
  const root = tempFolder();
  layOutMlruns(root, '3.12.0');
  const folder = await followed(root);
  const before = folder.points() ?? 0;
  const metrics = growing(root);
  for (let step = 1; step <= 20; step++) {
    appendFileSync(join(metrics, 'going'), `${1_600_000_211_000 + step} ${step} ${step}\n`);
    if (step === 10) writeFileSync(join(metrics, 'another'), '1600000211000 1 0\n');
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  await vi.waitFor(() => expect(folder.points()).toBe(before + 21), { timeout: 10_000 });
  // Past the close look that follows the opening.
  await new Promise((resolve) => setTimeout(resolve, 4000));
  expect(folder.points()).toBe(before + 21);
  expect(folder.problems).toEqual([]);
});

it('notices a source that appears deep below, and one that goes', async () => {
  const root = tempFolder();
  const folder = await followed(root);
  expect(folder.runs()).toBe(0);
  mkdirSync(join(root, 'years/2019'), { recursive: true });
  layOutMlruns(join(root, 'years/2019'), '1.0.0');
  await vi.waitFor(() => expect(folder.runs()).toBe(8), { timeout: 10_000 });
  rmSync(join(root, 'years'), { recursive: true });
  await vi.waitFor(() => expect(folder.gone()).toBe(1), { timeout: 10_000 });
  expect(folder.runs()).toBe(8);
});

it('lets two processes read the same folder at once without doubling a point', async () => {
  const root = tempFolder();
  layOutMlruns(root, '2.22.1');
  const { store, workspace } = openWithStore(root);
  const { Store } = await import('../../../src-main/store/index.ts');
  const second = Store.open(workspace.storePath);
  onTestFinished(() => second.close());
  const [a, b] = [store, second].map((one) => new Sources({ store: one, root, importers }));
  await Promise.all([a?.read({}, {}), b?.read({}, {})]);
  const counts = store
    .prepare<[], { runs: number; points: number }>(
      'SELECT (SELECT count(*) FROM runs) AS runs, (SELECT sum(count) FROM metric_series) AS points',
    )
    .get();
  const metrics = growing(root);
  await Promise.all(
    Array.from({ length: 6 }, async (_, step) => {
      appendFileSync(join(metrics, 'going'), `${1_600_000_300_000 + step} 1 ${step + 1}\n`);
      await Promise.all([a?.read({}, {}), b?.read({}, {})]);
    }),
  );
  expect(counts?.runs).toBe(8);
  expect(
    store.prepare<[], { n: number }>('SELECT sum(count) AS n FROM metric_series').get()?.n,
  ).toBe((counts?.points ?? 0) + 6);
  expect(readFileSync(join(metrics, 'going'), 'utf8').trim().split('\n')).toHaveLength(7);
});
