import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importers } from '../../../src-main/importers/index.ts';
import { everything, sourcesOf } from '../../support/sources.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
/** Where what a tool wrote is put in one folder, and how many runs it is. */
const tools = [
  ['sacred/sacred-0.8.7', 'sacred', 'sacred', 3],
  ['guild/guildai-0.9.0', 'guild', 'guild', 6],
  ['trackio/trackio-0.43.0/penguins.db', 'trackio/penguins.db', 'trackio', 3],
  ['mlmd/metadata.db', 'pipeline/metadata.db', 'mlmd', 3],
  ['aim/aim-metrics.csv', 'aim/aim-metrics.csv', 'aim', 2],
  ['wandb/wandb-0.31', 'wb', 'wandb', 1],
  ['frameworks/dvclive', 'live', 'dvclive', 1],
  ['frameworks/lightning', 'lightning', 'lightning', 2],
  ['frameworks/keras', 'keras', 'keras', 1],
  ['frameworks/trainer', 'trainer', 'hf-trainer', 1],
  ['frameworks/hydra', 'hydra', 'hydra', 3],
] as const;

it('opens the runs of every tool in one folder, and finds nothing new the second time', async () => {
  const root = tempFolder();
  for (const [from, to] of tools) {
    cpSync(join(fixtures, from), join(root, to), { recursive: true });
  }
  const sources = sourcesOf(root, importers);
  await sources.read();
  const counts = sources.all(`SELECT s.kind, count(*) AS runs FROM sources s
    JOIN run_sources r ON r.source_id = s.id GROUP BY s.kind`);
  const found = Object.fromEntries(counts.map(({ kind, runs }) => [kind, runs]));
  expect(found).toEqual(Object.fromEntries(tools.map(([, , kind, runs]) => [kind, runs])));
  expect(sources.all('SELECT path, problem FROM sources WHERE problem IS NOT NULL')).toEqual([]);
  const before = sources.all(everything);
  expect(before).toHaveLength(tools.reduce((sum, [, , , runs]) => sum + runs, 0));
  expect(await sources.read()).toEqual([]);
  expect(await sources.read({ thorough: true })).toEqual([]);
  expect(sources.all(everything)).toEqual(before);
  await sources.read({ force: true });
  expect(sources.all(everything)).toEqual(before);
});
