import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { mlmd } from '../../../src-main/importers/mlmd/index.ts';
import { survivesDamage } from '../../support/damage.ts';
import { Gathering } from '../../support/importer.ts';
import { tempFolder } from '../../support/temp.ts';

const fixture = join(import.meta.dirname, '../../fixtures/mlmd/metadata.db');

async function read() {
  const root = tempFolder();
  const file = join(root, 'metadata.db');
  cpSync(fixture, file);
  const gathering = new Gathering();
  const sources = await gathering.read(mlmd, root);
  return { root, file, gathering, sources };
}

it('reads executions with what they read and made', async () => {
  const { sources, gathering, file } = await read();
  expect(sources).toEqual(['metadata.db']);
  expect(gathering.skipped.size).toBe(0);
  const db = new Database(file, { readonly: true });
  const times = db
    .prepare<[], { create_time_since_epoch: number; last_update_time_since_epoch: number }>(
      'SELECT * FROM Execution ORDER BY id',
    )
    .all();
  const made = db
    .prepare<[], { at: number }>(
      'SELECT milliseconds_since_epoch AS at FROM Event WHERE artifact_id = 3',
    )
    .get()?.at;
  db.close();
  expect([...gathering.runs.values()]).toMatchObject([
    {
      nativeId: '1',
      experiment: 'penguins',
      name: 'Trainer 1',
      status: 'FINISHED',
      startedAt: times[0]?.create_time_since_epoch,
      endedAt: times[0]?.last_update_time_since_epoch,
      params: { epochs: '10', lr: '0.1', amp: 'true', optimizer: 'adam 十' },
      tags: {
        'mlmd.type': 'Trainer',
        'mlmd.context.node': 'Trainer node',
        'mlmd.output.SavedModel 2': 'models/1',
        'mlmd.output.Evaluation 3': 'metrics/1',
      },
      datasets: [
        { name: 'train', source: 'data/train.csv', profile: '{"rows":"150","split":"train"}' },
      ],
      series: { accuracy: [[0, made, 0.9]], loss: [[0, made, 0.25]] },
    },
    { nativeId: '2', name: 'train-1', status: 'FAILED', series: {} },
    { nativeId: '3', name: 'train-2', status: 'RUNNING', endedAt: null },
  ]);
  expect(gathering.runs.get('1')?.series).not.toHaveProperty('version');
});

it('reads only what changed, and changes nothing itself', async () => {
  const { gathering, root, file } = await read();
  const before = readFileSync(file);
  await gathering.read(mlmd, root);
  expect(gathering.handedOver).toBe(0);
  expect(readFileSync(file).equals(before)).toBe(true);
  const db = new Database(file);
  db.exec(
    'UPDATE Execution SET last_known_state = 3, last_update_time_since_epoch = 1795300000000 WHERE id = 3; DELETE FROM Execution WHERE id = 2',
  );
  db.close();
  await gathering.read(mlmd, root);
  expect(gathering.handedOver).toBe(1);
  expect(gathering.runs.get('3')).toMatchObject({ status: 'FINISHED', endedAt: 1795300000000 });
  expect(gathering.runs.has('2')).toBe(false);
});

it('takes what is of another type than its column says', async () => {
  const { gathering, root, file } = await read();
  const db = new Database(file);
  db.exec(
    "UPDATE Execution SET name = 7, last_known_state = 'x', create_time_since_epoch = 'then' WHERE id = 2; UPDATE Artifact SET uri = x'00ff'",
  );
  db.close();
  await gathering.read(mlmd, root);
  expect(gathering.runs.get('2')).toMatchObject({ name: '7', status: 'FINISHED' });
});

it('survives any damage', async () => {
  const { root, file } = await read();
  await survivesDamage(mlmd, root, file, 40);
});
