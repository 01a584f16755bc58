import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWandbHistogram, toHistogram } from '../../../src-main/formats/wandb-histogram.ts';
import { wandb } from '../../../src-main/importers/wandb/index.ts';
import { Gathering } from '../../support/importer.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/wandb');
const log = 'wandb/offline-run-20260101_000000-abcd1234/run-abcd1234.wandb';

async function gather(root: string): Promise<Gathering> {
  const gathering = new Gathering();
  await gathering.read(wandb, root);
  return gathering;
}

function emptyLog(): { root: string; file: string } {
  const root = tempFolder();
  const file = join(root, log);
  mkdirSync(dirname(file), { recursive: true });
  return { root, file };
}

describe.each(['wandb-0.17', 'wandb-0.31'])('an offline run of %s', (version) => {
  it('is read with everything it logged', async () => {
    const root = tempFolder();
    cpSync(join(fixtures, version), root, { recursive: true });
    const gathering = await gather(root);
    expect(gathering.skipped.size).toBe(0);
    expect([...gathering.runs.keys()]).toEqual(['abcd1234']);
    const run = gathering.runs.get('abcd1234');
    expect(run).toMatchObject({
      experiment: 'penguins',
      name: 'first',
      note: 'a *note*',
      status: 'FAILED',
      tags: { baseline: '', group: 'g' },
      params: {
        lr: '0.1',
        'nested.a': '1',
        'nested.b': '[1,2]',
        opt: 'adam',
        amp: 'true',
        late: '十',
      },
    });
    const history = JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8')) as number[][];
    const values = (key: string) => run?.series[key]?.map((row) => row[2]);
    expect(run?.series.loss?.map((row) => row[0])).toEqual(history.map((row) => row[0]));
    expect(values('loss')).toEqual(history.map((row) => row[1]));
    expect(values('nested/acc')).toEqual(history.map((row) => row[2]));
    expect(values('d.x')).toEqual(history.map((row) => row[3]));
    expect(values('flag')?.slice(0, 3)).toEqual([1, 0, 1]);
    expect(values('nan')).toEqual([Number.NaN]);
    expect(run?.series.inf?.[0]).toEqual([200, expect.any(Number), Infinity]);
    expect(values('best')).toEqual([0.9]);
    expect(run?.series).not.toHaveProperty('text');
    expect(run?.startedAt).toBeGreaterThan(1.7e12);
    expect(run?.endedAt).toBeGreaterThan(run?.startedAt ?? Infinity);
  });

  it('is read on while it grows, whatever the pieces', async () => {
    const whole = readFileSync(join(fixtures, version, log));
    const { root, file } = emptyLog();
    const gathering = new Gathering();
    writeFileSync(file, '');
    for (let at = 0; at < whole.length; ) {
      const to = Math.min(
        whole.length,
        at + (at < 300 ? 1 : at > 32_000 && at < 33_000 ? 7 : 1931),
      );
      appendFileSync(file, whole.subarray(at, to));
      at = to;
      await gathering.read(wandb, root);
      if (at < whole.length / 2) expect(gathering.runs.get('abcd1234')?.status).toBe('RUNNING');
    }
    expect(gathering.skipped.size).toBe(0);
    const complete = new Gathering();
    const copy = tempFolder();
    cpSync(join(fixtures, version), copy, { recursive: true });
    await complete.read(wandb, copy);
    expect(gathering.runs.get('abcd1234')?.series).toEqual(complete.runs.get('abcd1234')?.series);
    await gathering.read(wandb, root);
    expect(gathering.handedOver).toBe(0);
  });

  it('survives any damage', async () => {
    const whole = readFileSync(join(fixtures, version, log));
    const { root, file } = emptyLog();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(whole.length),
        async (changes, length) => {
          const bytes = Buffer.from(whole.subarray(0, length));
          for (const [at, byte] of changes) if (at < length) bytes[at] = byte;
          writeFileSync(file, bytes);
          await gather(root);
        },
      ),
      { numRuns: 40 },
    );
  });
});

it.each(['0.17', '0.31'])(
  'finds histograms in the log itself, as W&B %s writes them',
  async (version) => {
    const root = join(fixtures, `histograms-${version}`);
    const expected = JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8')) as Record<
      string,
      [number[], number[]]
    >;
    const run = (await gather(root)).runs.get('hist1234');
    expect(run?.media).toHaveLength(13);
    expect(run?.series).not.toHaveProperty('layer.weights');
    for (const { key, kind, step, path, offset } of run?.media ?? []) {
      expect(kind).toBe('histogram');
      const [edges, counts] = expected[key === 'raw' ? 'raw' : step] ?? [];
      const found = await readWandbHistogram(join(root, path), offset ?? 0, key);
      expect(found?.edges).toEqual(Float64Array.from(edges ?? []));
      expect(found?.counts).toEqual(Float64Array.from(counts ?? []));
      expect(await readWandbHistogram(join(root, path), offset ?? 0, 'loss')).toBeNull();
    }
  },
);

it('takes for a histogram only what is one', () => {
  const plain = { _type: 'histogram', values: [1, 2] };
  expect(toHistogram({ ...plain, bins: [0, 1, 2] })?.counts).toEqual(Float64Array.of(1, 2));
  const packed = toHistogram({ ...plain, packedBins: { min: 1, size: 0.5, count: 2 } });
  expect(packed?.edges).toEqual(Float64Array.of(1, 1.5, 2));
  for (const broken of [
    null,
    7,
    { ...plain, _type: 'image-file', bins: [0, 1, 2] },
    { ...plain, bins: [0, 1] },
    { ...plain, bins: 'abc' },
    { ...plain, values: ['1', 2], bins: [0, 1, 2] },
    { ...plain, packedBins: { min: 0, size: 1, count: 1e12 } },
    { _type: 'histogram', values: [], bins: [0] },
    plain,
  ])
    expect(toHistogram(broken)).toBeNull();
});

it('takes a run without an end, silent for long, for dead', async () => {
  const whole = readFileSync(join(fixtures, 'wandb-0.17', log));
  const { root, file } = emptyLog();
  writeFileSync(file, whole.subarray(0, 20_000));
  const gathering = await gather(root);
  expect(gathering.runs.get('abcd1234')?.status).toBe('RUNNING');
  utimesSync(file, 1_000_000, 1_000_000);
  await gathering.read(wandb, root);
  expect(gathering.runs.get('abcd1234')?.status).toBe('KILLED');
});

it('says what is no log of W&B', async () => {
  const { root, file } = emptyLog();
  writeFileSync(file, 'something else entirely');
  expect((await gather(root)).skipped.get(log)).toMatch(/not a transaction log/);
});
