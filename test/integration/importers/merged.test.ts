/** Runs that were merged by hand, and tags, when their sources are read again. */
import { appendFileSync, cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dvclive } from '../../../src-main/importers/dvclive/index.ts';
import { mlruns } from '../../../src-main/importers/mlruns/index.ts';
import { readRun, readTags, upsertTag } from '../../../src-main/store/runs.ts';
import { mergeDuplicates, mergeEdits } from '../../../src-main/tidy/index.ts';
import { UndoLog } from '../../../src-main/tracking/index.ts';
import { layOutMlruns } from '../../support/mlflow-files.ts';
import { everything, sourcesOf } from '../../support/sources.ts';
import { tempFolder } from '../../support/temp.ts';

const live = join(import.meta.dirname, '../../fixtures/frameworks/dvclive/dvclive');

type Row = Record<string, string | null>;

/** One training that logged with both tools. */
async function openBoth() {
  const root = tempFolder();
  layOutMlruns(root, '3.12.0');
  cpSync(live, join(root, 'dvclive'), { recursive: true });
  const sources = sourcesOf(root, [mlruns, dvclive]);
  await sources.read();
  const rows = () => sources.all(everything) as Row[];
  const all = rows();
  const find = (is: (row: Row) => boolean) => all.find(is) as { id: string } & Row;
  const fromLive = find((row) => row.experiment === 'dvclive');
  const fromMlflow = find((row) => row.status === 'FINISHED' && row.experiment !== 'dvclive');
  const row = (id: string) => rows().find((one) => one.id === id) as Row;
  return { root, sources, rows, row, fromLive, fromMlflow };
}

it('reads DVCLive beside MLflow as two runs, which stay one once they are merged', async () => {
  const { root, sources, rows, row, fromLive, fromMlflow } = await openBoth();
  const before = rows();
  const context = { store: sources.store, storeDir: tempFolder() };
  mergeDuplicates(context, { ids: [fromLive.id], into: fromMlflow.id });
  const merged = row(fromMlflow.id);
  const keys = (metrics: string | null | undefined) =>
    (JSON.parse(metrics ?? '[]') as string[]).map((text) => text.split(' ')[0]);
  expect(keys(merged.metrics)).toEqual(expect.arrayContaining(keys(fromMlflow.metrics)));
  expect(keys(merged.metrics)).toEqual(expect.arrayContaining(keys(fromLive.metrics)));
  expect(row(fromLive.id).deleted).toBe(1);

  const after = rows();
  await sources.read();
  expect(rows()).toEqual(after);
  await sources.read({ thorough: true, force: true });
  expect(rows()).toEqual(after);

  // What DVCLive logs on goes to the run that was kept.
  appendFileSync(join(root, 'dvclive/plots/metrics/acc.tsv'), '6\t0.99\n');
  await sources.read();
  expect(rows()).toHaveLength(before.length);
  const acc = (of: Row) =>
    (JSON.parse(of.metrics ?? '[]') as string[]).find((text) => text.startsWith('acc '));
  expect(Number(acc(row(fromMlflow.id))?.split(' ')[1])).toBe(
    Number(acc(merged)?.split(' ')[1]) + 1,
  );
  expect(row(fromLive.id).deleted).toBe(1);

  await new UndoLog(sources.store, () => ({ merge: mergeEdits(context) })).undo();
  // When it ended, its source says again.
  const undone = rows().map(({ ended_at: _, ...rest }) => rest);
  expect(row(fromLive.id)).toMatchObject({ deleted: 0, params: fromLive.params });
  expect(row(fromMlflow.id)).toEqual(before.find((one) => one.id === fromMlflow.id));
  await sources.read({ thorough: true, force: true });
  expect(rows()).toMatchObject(undone);
});

it('removes a tag with its source, and leaves what the user has said since', async () => {
  const { root, sources, fromMlflow } = await openBoth();
  const { store } = sources;
  const run = readRun(store, fromMlflow.id);
  if (run === undefined) throw new Error('no run');
  const folder = readdirSync(join(root, 'mlruns'), { recursive: true, encoding: 'utf8' }).find(
    (path) => path.endsWith(join(fromMlflow.id, 'tags')),
  ) as string;
  const tag = (key: string) => join(root, 'mlruns', folder, key);
  const again = () => sources.read({ thorough: true });
  for (const key of ['team', 'stage', 'gone']) writeFileSync(tag(key), 'theirs');
  await again();
  expect(readTags(store, run.id)).toMatchObject({
    team: 'theirs',
    stage: 'theirs',
    gone: 'theirs',
  });

  upsertTag(store, run.seq, 'mine', 'kept');
  upsertTag(store, run.seq, 'stage', 'changed here');
  for (const key of ['stage', 'gone']) rmSync(tag(key));
  await again();
  const tags = readTags(store, run.id);
  expect(tags).toMatchObject({ team: 'theirs', mine: 'kept', stage: 'changed here' });
  expect(tags).not.toHaveProperty('gone');

  // Read anew from the beginning, the source says nothing that it has not said before.
  upsertTag(store, run.seq, 'team', 'ours');
  await sources.read({ force: true });
  expect(readTags(store, run.id)).toEqual({ ...tags, team: 'ours' });
  writeFileSync(tag('team'), 'theirs again');
  await again();
  expect(readTags(store, run.id)).toMatchObject({ team: 'theirs again' });
});
