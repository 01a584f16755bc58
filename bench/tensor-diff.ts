/**
 * Comparing two model files against the same numbers in NumPy.
 *
 *     node bench/tensor-diff.ts [--megabytes 512] [--types F32,BF16,F16] [--python python3]
 *
 * Makes two safetensors files per type, the second with small changes, and compares them with warm
 * page cache: with all threads, with NumPy in one thread (in float64, as accurate as Cairn, and
 * in the type itself), and with nothing but reading both files in one thread. Then three files, the
 * first as the base of the others. Prints GB/s over all files, by the clock and by the time of the
 * processor (which other work on the machine disturbs less; of all threads together); the aims are
 * three times NumPy's rate and half of that of plain reads, and a line says whether they are met.
 * Last, opens a file of 4 GB (sparse, of 4000 tensors), which has to take under a second: only its
 * header is read.
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openTensorFile } from '../src-main/formats/tensors.ts';
import { diffModels, diffTaskVectors } from '../src-main/models/index.ts';
import { TensorPool } from '../src-main/models/pool.ts';

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '512' },
    types: { type: 'string', default: 'F32,BF16,F16' },
    python: { type: 'string', default: 'python3' },
  },
});
const bytes = Number(values.megabytes) * 1e6;
const tensors = 16;
const rounds = 3;

const numpy = `
import json, sys, time
import numpy as np
def load(path, bf16):
    with open(path, 'rb') as file:
        size = int.from_bytes(file.read(8), 'little')
        header = json.loads(file.read(size))
        base = 8 + size
    for entry in header.values():
        begin, end = entry['data_offsets']
        kind = {'F32': 'f4', 'F16': 'f2', 'BF16': 'u2'}[entry['dtype']]
        raw = np.fromfile(path, kind, (end - begin) // np.dtype(kind).itemsize, offset=base + begin)
        yield raw, ((raw.astype('u4') << 16).view('f4') if entry['dtype'] == 'BF16' else raw)
def measure(left, right, wide):
    for (raw, x), (other, y) in zip(load(left, 0), load(right, 0)):
        if wide: x, y = x.astype('f8'), y.astype('f8')
        d = y - x
        a = np.abs(d)
        p = x * y
        np.sqrt(d @ d), np.sqrt(x @ x), np.sqrt(y @ y), p.sum(), a.max(), a.mean(), (p < 0).sum()
        (raw != other).mean()
        for z in (x, y): z.mean(), z.std(), z.min(), z.max(), np.isfinite(z).sum()
for wide in (True, False):
    best = used = 1e9
    for _ in range(${rounds}):
        start, cpu = time.perf_counter(), time.process_time()
        measure(sys.argv[1], sys.argv[2], wide)
        best = min(best, time.perf_counter() - start)
        used = min(used, time.process_time() - cpu)
    print(best * 1e3, used * 1e3)
`;

/** Writes a model of normal-like weights; `change` is added to each as noise of that size. */
function writeModel(path: string, dtype: 'F32' | 'F16' | 'BF16', change: number): number {
  const width = dtype === 'F32' ? 4 : 2;
  const size = Math.floor(bytes / tensors / width / 64) * 64 * width;
  const header: Record<string, unknown> = {};
  for (let index = 0; index < tensors; index++) {
    const data_offsets = [index * size, (index + 1) * size];
    header[`layers.${index}.weight`] = { dtype, shape: [size / width], data_offsets };
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  writeFileSync(path, Buffer.concat([length, text]));
  const values = new Float32Array(size / width);
  for (let index = 0; index < tensors; index++) {
    let state = index + 1;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return state / 2 ** 31;
    };
    for (let at = 0; at < values.length; at++) {
      const weight = 0.02 * (random() + random() + random());
      values[at] = weight + change * random();
    }
    writeFileSync(path, new Uint8Array(encode(values, dtype).buffer), { flag: 'a' });
  }
  return size * tensors;
}

function encode(values: Float32Array, dtype: 'F32' | 'F16' | 'BF16'): Float32Array | Uint16Array {
  if (dtype === 'F32') return values;
  const bits = new Uint32Array(values.buffer);
  if (dtype === 'BF16') return Uint16Array.from(bits, (word) => word >>> 16);
  // Truncated; weights too small for a half become zero.
  return Uint16Array.from(bits, (word) => {
    const exponent = ((word >>> 23) & 0xff) - 112;
    const sign = (word >>> 16) & 0x8000;
    return exponent <= 0 ? sign : sign | (exponent << 10) | ((word >>> 13) & 0x3ff);
  });
}

/** Milliseconds by the clock, and of the processor. */
interface Taken {
  readonly wall: number;
  readonly cpu: number;
}

/** The best of some rounds. */
async function best(work: () => Promise<unknown>): Promise<Taken> {
  let found: Taken = { wall: Number.POSITIVE_INFINITY, cpu: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds; round++) {
    const [started, before] = [performance.now(), process.cpuUsage()];
    await work();
    const wall = performance.now() - started;
    const { user, system } = process.cpuUsage(before);
    found = { wall: Math.min(found.wall, wall), cpu: Math.min(found.cpu, (user + system) / 1e3) };
  }
  return found;
}

const file = (path: string) => ({ path, title: path, hash: null });

function compare(left: string, right: string): Promise<Taken> {
  return best(() => diffModels(file(left), file(right), {}, () => {}, undefined, pool));
}

function numpyTimes(left: string, right: string): Taken[] {
  try {
    const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
    const output = execFileSync(values.python, ['-c', numpy, left, right], { env });
    return output
      .toString()
      .trim()
      .split('\n')
      .map((line) => {
        const [wall = 0, cpu = 0] = line.split(' ').map(Number);
        return { wall, cpu };
      });
  } catch {
    return [];
  }
}

function sayRatio(dtype: string, what: string, ratio: number, aim: number): void {
  const verdict = ratio >= aim ? 'met' : 'missed';
  console.log(
    `${dtype.padEnd(5)} ${ratio.toFixed(2)} × ${what} by the clock; aim ${aim}: ${verdict}`,
  );
}

/** Reads all files, and does nothing with them. */
function plainReads(...paths: string[]): Promise<Taken> {
  const piece = new Uint8Array(1 << 20);
  return best(async () => {
    for (const path of paths) {
      const handle = openSync(path, 'r');
      while (readSync(handle, piece) > 0);
      closeSync(handle);
    }
  });
}

/** Milliseconds to open a file of 4 GB. */
async function openLarge(path: string): Promise<number> {
  const [count, size] = [4000, 1_000_000];
  const entries = Array.from({ length: count }, (_, index) => {
    const data_offsets = [index * size, (index + 1) * size];
    return [`layers.${index}.weight`, { dtype: 'F32', shape: [size / 4], data_offsets }];
  });
  const text = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  writeFileSync(path, Buffer.concat([length, text]));
  truncateSync(path, 8 + text.length + count * size);
  const started = performance.now();
  await openTensorFile(path);
  return performance.now() - started;
}

/** Started once, as in a window that stays open; from the sources they take long to start. */
const pool = new TensorPool();
const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
try {
  const all = ['F32', 'BF16', 'F16'] as const;
  for (const dtype of all.filter((type) => values.types.split(',').includes(type))) {
    const [left, right, copy] = ['a', 'b', 'c'].map((name) => join(folder, name)) as [
      ...[string, string, string],
    ];
    const total = writeModel(left, dtype, 0) + writeModel(right, dtype, 1e-4);
    const say = (what: string, { wall, cpu }: Taken, bytesRead = total): void => {
      const rate = (ms: number) => (bytesRead / ms / 1e6).toFixed(2).padStart(6);
      console.log(
        `${dtype.padEnd(5)} ${what.padEnd(19)} ${rate(wall)} GB/s, ${rate(cpu)} GB a second of the processor`,
      );
    };
    const [ours, reads] = [await compare(left, right), await plainReads(left, right)];
    say('cairn', ours);
    say('plain reads', reads);
    const [wide, own] = numpyTimes(left, right);
    if (wide !== undefined) say('numpy, float64', wide);
    if (own !== undefined) {
      say('numpy, its own type', own);
      sayRatio(dtype, "NumPy's rate", own.wall / ours.wall, 3);
    }
    sayRatio(dtype, 'the rate of plain reads', reads.wall / ours.wall, 0.5);
    // The same content under another name, so that both are read.
    writeModel(copy, dtype, 0);
    say('cairn, equal files', await compare(left, copy));
    const models = [file(right), file(copy)];
    const based = () => diffTaskVectors(file(left), models, {}, () => {}, undefined, pool);
    say('cairn, with a base', await best(based), (total / 2) * 3);
  }
  const opened = await openLarge(join(folder, 'large.safetensors'));
  console.log(`4 GB  opened in ${opened.toFixed(0)} ms`);
} finally {
  rmSync(folder, { recursive: true });
  await pool[Symbol.asyncDispose]();
}
