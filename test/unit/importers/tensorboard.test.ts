import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensorboard } from '../../../src-main/importers/tensorboard/index.ts';
import { placeFolders } from '../../../src-main/importers/tensorboard/layout.ts';
import { Gathering } from '../../support/importer.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/tensorboard');

type Expected = Record<string, { scalars: Record<string, [number, number, string][]> }>;
const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as Expected;
const big = 'runs/torch/events.out.tfevents.1700000000.host.6';

async function gather(root: string): Promise<Gathering> {
  const gathering = new Gathering();
  await gathering.read(tensorboard, root);
  return gathering;
}

/** A folder with one event file, to be cut and grown. */
function oneFile(): { root: string; file: string; whole: Buffer } {
  const root = tempFolder();
  mkdirSync(join(root, 'logs'));
  const file = join(root, 'logs', 'events.out.tfevents.1.h');
  copyFileSync(join(fixtures, big), file);
  return { root, file, whole: readFileSync(file) };
}

describe('what the real writers wrote', () => {
  it('is read as TensorBoard reads it', async () => {
    const { runs, skipped } = await gather(fixtures);
    expect(skipped.size).toBe(0);
    const torch = expected['torch/events.out.tfevents.1700000000.host.6']?.scalars ?? {};
    const read = runs.get('torch')?.series ?? {};
    for (const [tag, rows] of Object.entries(torch)) {
      const numbers = rows.map(([step, time, value]) => [
        step,
        time * 1000,
        value === 'nan' ? Number.NaN : value === 'inf' ? Infinity : Number(value),
      ]);
      expect(read[tag], tag).toEqual(numbers);
    }
    expect(Object.keys(torch)).toContain('名前/_');
  });

  it('puts the folders of one run together', async () => {
    const { runs } = await gather(fixtures);
    expect([...runs.keys()].sort()).toEqual(['keras', 'plain', 'torch']);
    const torch = runs.get('torch');
    expect(torch?.params).toEqual({ lr: '0.1', opt: 'adam', amp: 'True', layers: '3' });
    expect(torch?.status).toBe('FINISHED');
    expect(torch?.createdAt).toBe(1.7e12);
    expect(torch?.series['hparam/best']?.[0]?.[2]).toBe(0.5);
    expect(torch?.series['acc/a']).toHaveLength(30);
    expect(torch?.series['acc/b']?.[15]?.[2]).toBeCloseTo(0.25);
    expect(torch?.tags?.['config/text_summary'] ?? torch?.tags?.config).toBe('lr: *0.1*');
    const keras = runs.get('keras');
    expect(keras?.series['train/epoch_loss']?.map((row) => row[2])).toEqual([
      1, 0.5, 0.25, 0.125, 0.0625,
    ]);
    expect(keras?.series['validation/types/float16']).toEqual([[-3, 1.7e12, 1]]);
    expect(keras?.series['train/types/int64']).toEqual([[-3, 1.7e12, 1]]);
    expect(keras?.tags?.['train/notes']).toBe('first\n第二');
    expect(runs.get('plain')?.series.m?.[1]).toEqual([2 ** 40, 1_700_000_001_000, 3.5]);
    expect(keras).toMatchObject({ experiment: 'runs', startedAt: 1.7e12, endedAt: 1.7e12 + 4000 });
  });

  it('says where images, histograms and texts lie', async () => {
    const { runs } = await gather(fixtures);
    const media = runs.get('torch')?.media ?? [];
    expect(media.map(({ kind, key, step }) => `${kind} ${key} ${step}`).sort()).toEqual([
      'histogram weights 3',
      'image digit 2',
      expect.stringMatching(/^text config/),
    ]);
    const image = media.find((one) => one.kind === 'image');
    const bytes = readFileSync(join(fixtures, image?.path ?? ''));
    const at = image?.offset ?? 0;
    const png = bytes.subarray(at, at + (image?.length ?? 0));
    expect(png.includes(Buffer.from('\x89PNG\r\n', 'latin1'))).toBe(true);
    expect(png.includes(Buffer.from('digit'))).toBe(true);
  });
});

describe('a file that grows', () => {
  it('is read on from where it was, cut at every byte', async () => {
    const { root, file, whole } = oneFile();
    const complete = (await gather(root)).runs.get('.');
    const gathering = new Gathering();
    // Every byte of the first records, then in larger steps.
    let written = 0;
    writeFileSync(file, '');
    while (written < whole.length) {
      const next = Math.min(whole.length, written + (written < 400 ? 1 : 97));
      appendFileSync(file, whole.subarray(written, next));
      written = next;
      await gathering.read(tensorboard, root);
    }
    expect(gathering.skipped.size).toBe(0);
    expect(gathering.runs.get('.')).toEqual(complete);
    await gathering.read(tensorboard, root);
    expect(gathering.handedOver).toBe(0);
  });

  it('is read anew when it was written anew', async () => {
    const { root, file } = oneFile();
    const gathering = await gather(root);
    const points = gathering.runs.get('.')?.series['loss/train']?.length ?? 0;
    truncateSync(file, 1000);
    utimesSync(file, 1, 2);
    await gathering.read(tensorboard, root);
    const fewer = gathering.runs.get('.')?.series['loss/train']?.length ?? 0;
    expect(fewer).toBeGreaterThan(0);
    expect(fewer).toBeLessThan(points);
  });
});

describe('a damaged file', () => {
  it('gives what came before the damage, and says where it is', async () => {
    const { root, file, whole } = oneFile();
    const half = Math.floor(whole.length / 2);
    const damaged = Buffer.from(whole);
    damaged[half] = (damaged[half] as number) ^ 0x55;
    writeFileSync(file, damaged);
    const { runs, skipped } = await gather(root);
    expect(runs.get('.')?.series['loss/train']?.length).toBeGreaterThan(0);
    expect(skipped.get('logs/events.out.tfevents.1.h')).toMatch(/damaged at byte \d+/);
  });

  it('never breaks the reader, whatever it holds', async () => {
    const { root, file, whole } = oneFile();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 5 }),
        fc.nat(whole.length),
        async (changes, length) => {
          const bytes = Buffer.from(whole.subarray(0, length));
          for (const [at, byte] of changes) if (at < length) bytes[at] = byte;
          writeFileSync(file, bytes);
          await gather(root);
        },
      ),
      { numRuns: 60 },
    );
    expect(statSync(file).isFile()).toBe(true);
  });
});

describe('which run a folder belongs to', () => {
  it.each([
    [['a', 'b/c'], { a: 'a', 'b/c': 'b/c' }],
    [['a/train', 'a/validation'], { 'a/train': 'a', 'a/validation': 'a' }],
    [['a', 'a/eval'], { a: 'a', 'a/eval': 'a' }],
    [['a/train', 'a/other'], { 'a/train': 'a/train', 'a/other': 'a/other' }],
    [['a', 'a/1700000000.25'], { a: 'a', 'a/1700000000.25': 'a' }],
  ])('%j', (folders, places) => {
    const found = [...placeFolders(folders)].map(([folder, place]) => [folder, place.run]);
    expect(Object.fromEntries(found)).toEqual(places);
  });

  it('leaves alone what lies in the runs of other tools', () => {
    const files = [
      'mlruns/0/a/artifacts/events.out.tfevents.1.h',
      'x/wandb/run-1/events.out.tfevents.1',
    ];
    expect(tensorboard.find({ files, has: () => false, under: () => [] })).toEqual([]);
  });
});
