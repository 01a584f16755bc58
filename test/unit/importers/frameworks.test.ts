import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dvclive } from '../../../src-main/importers/dvclive/index.ts';
import { hydra } from '../../../src-main/importers/hydra/index.ts';
import { keras } from '../../../src-main/importers/keras/index.ts';
import { lightning } from '../../../src-main/importers/lightning/index.ts';
import { trainer } from '../../../src-main/importers/trainer/index.ts';
import type { Importer } from '../../../src-main/importers/types.ts';
import { Gathering } from '../../support/importer.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/frameworks');

/** A copy of what a framework wrote, and its runs. */
async function read(importer: Importer, name: string) {
  const root = tempFolder();
  cpSync(join(fixtures, name), root, { recursive: true });
  const gathering = new Gathering();
  const sources = await gathering.read(importer, root);
  return { root, gathering, sources, runs: gathering.runs };
}

/** The rows of a table as text, without its header. */
function rowsOf(path: string, separator: string): string[][] {
  const lines = readFileSync(join(fixtures, path), 'utf8').trim().split(/\r?\n/);
  return lines.slice(1).map((line) => line.split(separator));
}

describe('DVCLive', () => {
  it('is one run with params, tables and what has none', async () => {
    const { sources, runs, gathering, root } = await read(dvclive, 'dvclive');
    expect(sources).toEqual(['dvclive']);
    const run = runs.get('workspace');
    expect(run?.params).toEqual({ lr: '0.1', 'net.depth': '3' });
    const table = rowsOf('dvclive/dvclive/plots/metrics/train/loss.tsv', '\t').map((row) =>
      row.map(Number),
    );
    expect(run?.series['train/loss']).toEqual(
      table.map(([time, step, value]) => [step, time, value]),
    );
    expect(run?.series.acc).toHaveLength(6);
    expect(run?.series.best?.[0]?.[2]).toBeNaN();
    expect(Object.keys(run?.series ?? {}).sort()).toEqual(['acc', 'best', 'train/loss']);
    expect(run?.media).toMatchObject([
      { kind: 'image', key: 'digit', path: 'dvclive/plots/images/digit.png' },
    ]);
    expect(run?.startedAt).toBe(table[0]?.[0]);
    await gathering.read(dvclive, root);
    expect(gathering.handedOver).toBe(0);
    appendFileSync(join(root, 'dvclive/plots/metrics/acc.tsv'), '6\t0.99\n');
    await gathering.read(dvclive, root);
    expect(gathering.runs.get('workspace')?.series.acc?.at(-1)?.[2]).toBe(0.99);
    expect(gathering.runs.get('workspace')?.series['train/loss']).toHaveLength(table.length);
  });
});

describe('Lightning', () => {
  it('is one run a version, with hyperparameters', async () => {
    const { sources, runs } = await read(lightning, 'lightning');
    expect(sources).toEqual(['lightning_logs']);
    expect([...runs.keys()]).toEqual(['version_0', 'version_1']);
    const run = runs.get('version_0');
    expect(run).toMatchObject({
      experiment: 'lightning_logs',
      params: { lr: '0.05', width: '8' },
      artifactRoot: 'lightning_logs/version_0',
    });
    const table = rowsOf('lightning/lightning_logs/version_0/metrics.csv', ',');
    const column = (index: number) =>
      table.filter((row) => row[index] !== '').map((row) => [Number(row[1]), Number(row[index])]);
    const series = (key: string) => run?.series[key]?.map(([step, , value]) => [step, value]);
    expect(series('train_loss')).toEqual(column(2));
    expect(series('val_loss')).toEqual(column(3));
  });
});

describe('Keras', () => {
  it('is read by its epochs', async () => {
    const { sources, runs } = await read(keras, 'keras');
    expect(sources).toEqual(['training.log']);
    const run = runs.get('run');
    const table = rowsOf('keras/training.log', ',').map((row) => row.map(Number));
    expect(run?.series.val_mae?.map(([step, , value]) => [step, value])).toEqual(
      table.map((row) => [row[0], row[4]]),
    );
  });

  it('says nothing of a log that is not Keras’', async () => {
    const { root, gathering } = await read(keras, 'keras');
    writeFileSync(join(root, 'training.log'), 'INFO starting\nepoch 1\n');
    await gathering.read(keras, root);
    expect(gathering.handedOver).toBe(0);
    expect(gathering.skipped.size).toBe(0);
  });

  it('is told from data of such a name by its first line', () => {
    const path = join(tempFolder(), 'train.csv');
    const recognises = (text: string): boolean | undefined => {
      writeFileSync(path, text);
      return keras.recognises?.(path);
    };
    expect(recognises('id,x0,x1,y\n1,2,3,0\n')).toBe(false);
    expect(recognises('epoch,accuracy,loss\n0,0.5,1.2\n')).toBe(true);
    // A training that has only begun.
    expect(recognises('')).toBe(true);
  });
});

describe('the Trainer of Hugging Face', () => {
  it('is one run, whatever its checkpoints', async () => {
    const { sources, runs, gathering, root } = await read(trainer, 'trainer');
    expect(sources).toEqual(['out']);
    expect([...runs.keys()]).toEqual(['run']);
    const state = JSON.parse(readFileSync(join(root, 'out/trainer_state.json'), 'utf8')) as {
      log_history: Record<string, number>[];
    };
    const logged = state.log_history.filter((row) => 'loss' in row);
    const run = runs.get('run');
    expect(run?.series.loss?.map(([step, , value]) => [step, value])).toEqual(
      logged.map((row) => [row.step, row.loss]),
    );
    expect(run?.series.eval_loss?.map(([step]) => step)).toEqual([8, 16]);
    expect(run?.params).toMatchObject({ num_train_epochs: '4', max_steps: '16' });
    expect(run?.tags).not.toHaveProperty('trainer.stopped_at_step');
    writeFileSync(join(root, 'out/trainer_state.json'), '{"log_history": [{"loss": NaN, "st');
    await gathering.read(trainer, root);
    expect(gathering.skipped.get('out/trainer_state.json')).toMatch(/not whole/);
    writeFileSync(
      join(root, 'out/trainer_state.json'),
      '{"global_step": 40, "log_history": [{"loss": NaN, "step": 40}]}',
    );
    await gathering.read(trainer, root);
    expect(gathering.runs.get('run')?.series.loss).toEqual([[40, expect.any(Number), Number.NaN]]);
  });
});

describe('Hydra', () => {
  it('is one run a folder, with its configuration', async () => {
    const { sources, runs } = await read(hydra, 'hydra');
    expect(sources.sort()).toEqual(['multirun', 'outputs']);
    expect([...runs.keys()].sort()).toEqual([
      '2026-01-31/12-30-05',
      '2026-01-31/13-00-00/0',
      '2026-01-31/13-00-00/1',
    ]);
    expect(runs.get('2026-01-31/13-00-00/1')).toMatchObject({
      name: 'lr=0.3 model.depth=4',
      params: { lr: '0.3', 'model.depth': '4', 'model.name': 'mlp', seeds: '[1, 2]' },
      aliases: ['folder:multirun/2026-01-31/13-00-00/1'],
      startedAt: new Date(2026, 0, 31, 13, 0, 0).getTime(),
    });
  });
});

describe.each([
  ['dvclive', dvclive, 'dvclive/metrics.json'],
  ['dvclive', dvclive, 'dvclive/params.yaml'],
  ['dvclive', dvclive, 'dvclive/plots/metrics/acc.tsv'],
  ['lightning', lightning, 'lightning_logs/version_0/metrics.csv'],
  ['keras', keras, 'training.log'],
  ['trainer', trainer, 'out/trainer_state.json'],
  ['hydra', hydra, 'outputs/2026-01-31/12-30-05/.hydra/config.yaml'],
] as const)('%s', (name, importer, file) => {
  it(`survives anything in ${file}`, async () => {
    const { root } = await read(importer, name);
    const whole = readFileSync(join(root, file));
    const cut = fc.nat(whole.length).map((length) => whole.subarray(0, length));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(cut, fc.uint8Array().map(Buffer.from), fc.json()),
        async (bytes) => {
          writeFileSync(join(root, file), bytes);
          await new Gathering().read(importer, root);
        },
      ),
      { numRuns: 40 },
    );
  });
});
