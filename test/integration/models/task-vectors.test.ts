import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { operations } from '../../../src-main/contract/index.ts';
import type { TaskTensor } from '../../../src-main/contract/task-vectors.ts';
import { diffTaskVectors, type TaskItem, TaskVectorCache } from '../../../src-main/models/index.ts';
import { tempFolder } from '../../support/temp.ts';

type Values = Float32Array | Float64Array | Uint16Array;
interface Tensor {
  readonly shape?: readonly number[];
  readonly values: Values;
}

/** A safetensors file; what is 16 bits wide is brain floats. */
function writeModel(path: string, tensors: Readonly<Record<string, Tensor>>): void {
  let at = 0;
  const entries = Object.entries(tensors).map(([name, { values, shape = [values.length] }]) => {
    const dtype =
      values instanceof Float32Array ? 'F32' : values instanceof Float64Array ? 'F64' : 'BF16';
    const entry = { dtype, shape, data_offsets: [at, at + values.byteLength] };
    at += values.byteLength;
    return [name, entry];
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const data = Object.values(tensors).map(
    ({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
  writeFileSync(path, Buffer.concat([length, header, ...data]));
}

function brain(values: Float32Array): Uint16Array {
  return Uint16Array.from(new Uint32Array(values.buffer), (word) => word >>> 16);
}

function widened(codes: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(codes, (code) => code << 16).buffer);
}

/** The measures as they are defined, without blocks, lanes or threads. */
function plainly(base: ArrayLike<number>, models: ReadonlyArray<ArrayLike<number>>) {
  const indices = Array.from({ length: base.length }, (_, index) => index).filter(
    (index) =>
      Number.isFinite(base[index]) && models.every((model) => Number.isFinite(model[index])),
  );
  const deltas = models.map((model) => indices.map((index) => model[index]! - base[index]!));
  const norm = (values: readonly number[]) =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const whole = norm(indices.map((index) => base[index]!));
  const moved = (values: readonly number[]) => values.filter((value) => value !== 0).length;
  const pairs = deltas.flatMap((left, at) =>
    deltas.slice(at + 1).map((right) => {
      const both = indices.map((_, index) => index).filter((i) => left[i] !== 0 && right[i] !== 0);
      const conflicts = both.filter((index) => left[index]! < 0 !== right[index]! < 0).length;
      const dot = left.reduce((sum, value, index) => sum + value * right[index]!, 0);
      return {
        cosine: dot / (norm(left) * norm(right)),
        bothShare: both.length / indices.length,
        conflictShare: conflicts / both.length,
      };
    }),
  );
  return {
    base: whole,
    models: deltas.map((delta) => ({
      norm: norm(delta),
      relative: norm(delta) / whole,
      movedShare: moved(delta) / indices.length,
    })),
    pairs,
    sum: norm(indices.map((_, index) => deltas.reduce((total, delta) => total + delta[index]!, 0))),
    nonFinite: base.length - indices.length,
  };
}

async function compare(files: readonly string[], cache?: TaskVectorCache, signal?: AbortSignal) {
  const items: TaskItem[] = [];
  const tensors = new Map<string, TaskTensor>();
  const { item: schema, output } = operations['diff.taskVectors'];
  const [base, ...models] = files.map((path) => ({ path, title: path, hash: null }));
  const totals = await diffTaskVectors(
    base!,
    models,
    { signal },
    (item) => {
      items.push(schema!.parse(item));
      for (const tensor of item.tensors) tensors.set(tensor.name, tensor);
    },
    cache,
  );
  return { items, tensors, totals: output.parse(totals) };
}

/** Numbers of nested records agree to this many digits. */
function expectClose(found: unknown, wanted: unknown, path = ''): void {
  if (typeof wanted === 'number') {
    expect(typeof found, path).toBe('number');
    const apart = Math.abs((found as number) - wanted);
    expect(apart, `${path}: ${found} against ${wanted}`).toBeLessThanOrEqual(
      1e-9 * Math.abs(wanted) + 1e-12,
    );
    return;
  }
  for (const [key, value] of Object.entries(wanted as object)) {
    expectClose((found as Record<string, unknown>)[key], value, `${path}.${key}`);
  }
}

const wave = (length: number, seed: number) =>
  Float32Array.from({ length }, (_, index) => Math.sin(index * 0.7 + seed) * 0.1);

/** Moves every third value by noise. */
function tuned(values: Float32Array, seed: number): Float32Array {
  return values.map((value, index) =>
    (index + seed) % 3 === 0 ? value : value + 0.01 * Math.cos(index * (1 + seed)),
  );
}

describe('task vectors', () => {
  it('are what the definitions say, in single, brain and double precision, and mixed', async () => {
    const folder = tempFolder();
    const paths = ['base', 'a', 'b', 'c'].map((name) => join(folder, `${name}.safetensors`));
    const base = wave(5003, 0);
    const models = [1, 2, 4].map((seed) => tuned(base, seed));
    models[1]![17] = Number.NaN;
    models[2]![4999] = Number.POSITIVE_INFINITY;
    const all = [base, ...models];
    const double = all.map((values) => Float64Array.from(values, (value) => value * 1e-200));
    for (const [at, values] of all.entries()) {
      writeModel(paths[at]!, {
        f64: { values: double[at]! },
        single: { values },
        brain: { values: brain(values) },
        // The base in full precision, the models in half of it.
        mixed: { values: at === 0 ? values : brain(values) },
        tiny: { values: values.slice(0, 1) },
        empty: { values: new Float32Array(0) },
      });
    }
    const { tensors, items, totals } = await compare(paths);
    expect(items[0]).toMatchObject({ kind: 'opened', models: [{}, {}, {}] });
    const brains = all.map((values) => widened(brain(values)));
    const [first, ...rest] = brains;
    expectClose(tensors.get('single'), plainly(base, models));
    expectClose(tensors.get('brain'), plainly(first!, rest));
    expectClose(tensors.get('mixed'), plainly(base, rest));
    expect(tensors.get('single')?.nonFinite).toBe(2);
    // Squares of these underflow; shares do not.
    const [x, ...y] = double;
    const small = plainly(x!, y);
    for (const [at, { bothShare, conflictShare }] of small.pairs.entries()) {
      expect(tensors.get('f64')?.pairs[at]).toMatchObject({ bothShare, conflictShare });
    }
    expect(tensors.get('tiny')?.models).toHaveLength(3);
    expect(tensors.get('empty')).toMatchObject({ sum: 0, nonFinite: 0 });
    expect(totals).toMatchObject({ measured: 6, partial: 0, added: [0, 0, 0] });
  });

  it('adds up over tensors and over the parts of large ones', async () => {
    const folder = tempFolder();
    const paths = ['base', 'a', 'b'].map((name) => join(folder, `${name}.safetensors`));
    const base = wave(9_000_001, 3);
    const models = [1, 2].map((seed) => tuned(base, seed));
    for (const [at, values] of [base, ...models].entries()) {
      writeModel(paths[at]!, { large: { values }, same: { values: wave(10, 1) } });
    }
    const { tensors, totals } = await compare(paths);
    const wanted = plainly(base, models);
    expectClose(tensors.get('large'), wanted);
    expect(tensors.get('same')).toMatchObject({
      models: [{ norm: 0, relative: 0, movedShare: 0 }, { norm: 0 }],
      pairs: [{ cosine: null, bothShare: 0, conflictShare: null }],
      sum: 0,
    });
    expectClose(totals.total, { pairs: [{ cosine: wanted.pairs[0]?.cosine }], sum: wanted.sum });
  });

  it('finds renamed and turned tensors, and says what only some have', async () => {
    const folder = tempFolder();
    const paths = ['base', 'a', 'b'].map((name) => join(folder, `${name}.safetensors`));
    const weight = wave(12 * 20, 5);
    const turned = Float32Array.from(
      weight,
      (_, index) => weight[(index % 12) * 20 + Math.floor(index / 12)]!,
    );
    const bias = wave(8, 1);
    writeModel(paths[0]!, {
      'fc.weight': { values: weight, shape: [12, 20] },
      'fc.bias': { values: bias },
      head: { values: bias },
      gone: { values: wave(3, 9) },
    });
    writeModel(paths[1]!, {
      'module.fc.weight': { values: weight.map((value) => value * 1.5), shape: [12, 20] },
      'module.fc.bias': { values: bias },
      head: { values: wave(9, 1) },
    });
    writeModel(paths[2]!, {
      'fc.weight': { values: turned.map((value) => value * 0.5), shape: [20, 12] },
      head: { values: bias.map((value) => -value) },
      extra: { values: wave(31, 2) },
    });
    const { tensors, totals } = await compare(paths);
    const found = tensors.get('fc.weight');
    expect(found?.names).toEqual(['module.fc.weight', null]);
    expect(found?.models.map((model) => model?.relative?.toFixed(5))).toEqual([
      '0.50000',
      '0.50000',
    ]);
    expect(found?.pairs[0]?.cosine).toBeCloseTo(-1, 9);
    expect(found?.sum).toBeCloseTo(0, 6);
    expect(tensors.get('fc.bias')).toMatchObject({
      models: [{ norm: 0 }, null],
      pairs: [null],
      note: 'Not every model has this tensor.',
    });
    expect(tensors.get('head')?.models[0]).toBeNull();
    expect(tensors.get('head')?.models[1]?.relative).toBeCloseTo(2, 9);
    expect(tensors.get('head')?.note).toMatch(/another shape/);
    expect(tensors.get('gone')?.note).toBe('No model has this tensor.');
    expect(totals).toMatchObject({ measured: 1, partial: 3, added: [0, 1] });
  });

  it('is remembered on the disk by what was compared, and ends when it is cancelled', async () => {
    const folder = tempFolder();
    const paths = ['base', 'a', 'b'].map((name) => join(folder, `${name}.safetensors`));
    for (const [at, path] of paths.entries()) writeModel(path, { w: { values: wave(100, at) } });
    const kept = { folder: join(folder, 'kept') };
    const first = await compare(paths, new TaskVectorCache(kept));
    expect(first.totals.bytesRead).toBe(1200);
    const again = await compare(paths, new TaskVectorCache(kept));
    expect(again.totals).toMatchObject({ total: first.totals.total, bytesRead: 0 });
    expect(again.tensors).toEqual(first.tensors);
    // The other way round is another comparison.
    const [base, a, b] = paths;
    expect((await compare([base!, b!, a!], new TaskVectorCache(kept))).totals.bytesRead).toBe(1200);
    await expect(compare(paths, undefined, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
