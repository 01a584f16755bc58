import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importers } from '../../../src-main/importers/index.ts';
import { sourcesOf } from '../../support/sources.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
const hydras = 'outputs/2026-01-31/12-30-05';
const everyRun = `
  SELECT r.id, r.name, r.parent_id,
    (SELECT group_concat(n.name, ' ') FROM (SELECT n.name FROM metric_series s
      JOIN names n ON n.id = s.name WHERE s.run = r.seq ORDER BY n.name) n) AS metrics,
    (SELECT p.value FROM params p JOIN names n ON n.id = p.name
      WHERE p.run = r.seq AND n.name = 'model.depth') AS depth,
    (SELECT group_concat(kind, ' ') FROM (SELECT s.kind FROM run_sources x
      JOIN sources s ON s.id = x.source_id WHERE x.run_id = r.id ORDER BY s.kind)) AS kinds
  FROM runs r ORDER BY r.name`;

function hydraFolder(): string {
  const root = tempFolder();
  cpSync(join(fixtures, 'frameworks/hydra/outputs'), join(root, 'outputs'), { recursive: true });
  return root;
}

it('shows what was logged into a folder of Hydra’s as Hydra’s run', async () => {
  const root = hydraFolder();
  const logs = join(root, hydras, 'lightning_logs/version_0');
  mkdirSync(logs, { recursive: true });
  cpSync(join(fixtures, 'frameworks/lightning/lightning_logs/version_0'), logs, {
    recursive: true,
  });
  cpSync(
    join(fixtures, 'tensorboard/runs/torch/events.out.tfevents.1700000000.host.6'),
    join(logs, 'events.out.tfevents.1.host.1.0'),
  );
  const sources = sourcesOf(root, importers);
  await sources.read();
  const runs = sources.all(everyRun);
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ depth: '3', kinds: 'hydra lightning tensorboard' });
  expect(String(runs[0]?.metrics)).toContain('val_loss');
  await sources.read({ force: true });
  expect(sources.all(everyRun)).toEqual(runs);
});

it('makes several runs in one folder of Hydra’s its children', async () => {
  const root = hydraFolder();
  cpSync(
    join(fixtures, 'frameworks/lightning/lightning_logs'),
    join(root, hydras, 'lightning_logs'),
    {
      recursive: true,
    },
  );
  const sources = sourcesOf(root, importers);
  await sources.read();
  const runs = sources.all(everyRun);
  expect(runs).toHaveLength(3);
  const parent = runs.find(({ depth }) => depth !== null);
  const children = runs.filter((run) => run !== parent);
  expect(children.map((run) => [run.name, run.parent_id])).toEqual([
    ['version_0', parent?.id],
    ['version_1', parent?.id],
  ]);
});
