import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aim } from '../../../src-main/importers/aim/index.ts';
import { importers } from '../../../src-main/importers/index.ts';
import { survivesDamage } from '../../support/damage.ts';
import { Gathering } from '../../support/importer.ts';
import { sourcesOf } from '../../support/sources.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/aim');
const metadata = '.aim/run_metadata.sqlite';

function folder(...names: string[]): string {
  const root = tempFolder();
  for (const name of names) {
    if (name.startsWith('.aim')) {
      mkdirSync(join(root, '.aim'));
      cpSync(join(fixtures, 'repository/run_metadata.sqlite'), join(root, name));
    } else cpSync(join(fixtures, name), join(root, name));
  }
  return root;
}

async function read(root: string) {
  const gathering = new Gathering();
  const sources = await gathering.read(aim, root);
  const run = [...gathering.runs.values()].find(
    ({ name, params }) => name === 'run 0.2' || params.lr === '0.2',
  );
  return { gathering, sources, run };
}

describe('Aim', () => {
  it('is read for what its repository has in SQLite, and says how to get the rest', async () => {
    const { sources, run, gathering } = await read(folder(metadata));
    expect(sources).toEqual([metadata]);
    expect(run).toMatchObject({
      experiment: 'penguins',
      name: 'run 0.2',
      note: 'a note',
      tags: { mine: '' },
      series: {},
    });
    expect(gathering.skipped.get('seqs')).toMatch(/to_csv/);
    expect(gathering.runs.size).toBe(2);
  });

  it('is read from the metrics that its SDK saved', async () => {
    const root = folder('aim-metrics.csv');
    const { sources, run, gathering } = await read(root);
    expect(sources).toEqual(['aim-metrics.csv']);
    expect(gathering.runs.size).toBe(2);
    expect(run?.params).toEqual({ lr: '0.2', name: '十, 一', 'net.depth': '3' });
    const points = (key: string) => run?.series[key]?.map(([step, , value]) => [step, value]);
    expect(points('train/loss')).toEqual([0, 1, 2, 3].map((step) => [step, 0.2 / (step + 1)]));
    expect(points('acc')).toEqual([0, 1, 2, 3].map((step) => [step, step / 4]));
    expect(points('bad')?.[0]?.[1]).toBeNaN();
    await gathering.read(aim, root);
    expect(gathering.handedOver).toBe(0);
  });

  it('is read from the runs that its SDK saved', async () => {
    const { run } = await read(folder('aim-runs.csv'));
    expect(run).toMatchObject({
      experiment: 'penguins',
      status: 'FINISHED',
      note: 'a note',
      tags: { mine: '' },
      params: { lr: '0.2', name: '十, 一', 'net.depth': '3' },
    });
    expect(run?.endedAt).toBeGreaterThan(run?.startedAt ?? Infinity);
  });

  it('is one run wherever it was found', async () => {
    const root = folder(metadata, 'aim-metrics.csv', 'aim-runs.csv');
    const sources = sourcesOf(root, importers);
    await sources.read();
    expect(
      sources.all(`SELECT name, (SELECT count(*) FROM metric_series s WHERE s.run = r.seq) AS series,
        (SELECT count(*) FROM params p WHERE p.run = r.seq) AS params FROM runs r ORDER BY name`),
    ).toEqual([
      { name: 'run 0.1', series: 3, params: 3 },
      { name: 'run 0.2', series: 3, params: 3 },
    ]);
  });

  it('leaves other tables alone', async () => {
    const root = tempFolder();
    writeFileSync(join(root, 'metrics.csv'), 'step,loss\n0,1\n');
    writeFileSync(join(root, 'runs.csv'), '');
    expect((await read(root)).sources).toEqual([]);
  });

  it.each([metadata, 'aim-metrics.csv', 'aim-runs.csv'])(
    'survives anything in %s',
    async (name) => {
      const root = folder(name);
      await survivesDamage(aim, root, join(root, name));
    },
  );
});
