/** What was logged over steps, read out of the files of real tools. */
import { cpSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { DiffSession } from '../../../src-main/api/diff/context.ts';
import { mediaHandlers } from '../../../src-main/api/media.ts';
import { operations } from '../../../src-main/contract/index.ts';
import { importers } from '../../../src-main/importers/index.ts';
import { sourcesOf } from '../../support/sources.ts';
import { tempFolder } from '../../support/temp.ts';

const call = { signal: new AbortController().signal, emit: async () => {} };

it('pictures, histograms and texts of TensorBoard, and nothing outside of the folder', async () => {
  const root = tempFolder();
  cpSync(join(import.meta.dirname, '../../fixtures/tensorboard/runs'), join(root, 'runs'), {
    recursive: true,
  });
  const source = sourcesOf(root, importers);
  await source.read();
  const { store } = source;
  const workspace = { root, storeDir: tempFolder() };
  const session = { store, workspace } as unknown as DiffSession;
  const handlers = mediaHandlers({ session: () => session, current: () => session });
  const ids = store
    .prepare<[], { id: string }>('SELECT id FROM runs')
    .all()
    .map(({ id }) => id);
  const { series } = await handlers['media.list']({ ids }, call);
  expect(series.map(({ kind, key, steps }) => `${kind} ${key} ${steps}`).sort()).toEqual([
    'histogram weights 3',
    'image digit 2',
    'text config/text_summary 0',
    'text train/notes 0',
    'text validation/notes 0',
  ]);
  const read = async (key: string) => {
    const one = series.find((found) => found.key === key);
    const input = { id: one?.runId ?? '', key, step: one?.steps[0] ?? 0 };
    const answer = await handlers['media.read'](input, call);
    return operations['media.read'].output.parse(answer).items;
  };
  expect(await read('digit')).toMatchObject([{ kind: 'image', mime: 'image/png' }]);
  expect(await read('train/notes')).toMatchObject([{ text: 'first' }, { text: '第二' }]);
  const [weights] = await read('weights');
  if (weights?.kind !== 'histogram') throw new Error('no histogram');
  expect(weights.edges).toHaveLength(weights.counts.length + 1);
  expect(weights.counts.reduce((sum, count) => sum + count, 0)).toBe(100);

  const over = await handlers['media.histograms']({ ids, key: 'weights', maxSteps: 40 }, call);
  const { series: runs } = operations['media.histograms'].output.parse(over);
  expect(runs.map(({ total, histograms }) => [total, histograms.map(({ step }) => step)])).toEqual([
    [1, [3]],
  ]);
  expect(runs[0]?.histograms[0]?.edges).toEqual(weights.edges);
  const none = await handlers['media.histograms']({ ids, key: 'digit', maxSteps: 40 }, call);
  expect(none).toEqual({ series: [] });

  const file = join(root, 'runs', 'torch', 'events.out.tfevents.1700000000.host.6');
  writeFileSync(file, '');
  await expect(read('digit')).rejects.toMatchObject({ code: 'not-found' });
  rmSync(file);
  symlinkSync('/etc/hostname', file);
  await expect(read('digit')).rejects.toMatchObject({ code: 'invalid' });
});
