/**
 * Comparing two model files against the same numbers in NumPy.
 *
 *     node bench/tensor-diff.ts [--megabytes 512] [--python python3]
 *
 * Makes two safetensors files per type, the second with small changes, and compares them with warm
 * page cache: with all threads, with NumPy in one thread (in float64, as accurate as Cairn, and
 * in the type itself), and with nothing but reading both files in one thread. Prints GB/s over both
 * files; the aims are three times NumPy's rate and half of that of plain reads. Last, opens a file of
 * 4 GB (sparse, of 4000 tensors), which has to take under a second: only its header is read.
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
import { diffModels } from '../src-main/models/index.ts';

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '512' },
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
    best = 1e9
    for _ in range(${rounds}):
        start = time.perf_counter()
        measure(sys.argv[1], sys.argv[2], wide)
        best = min(best, time.perf_counter() - start)
    print(best)
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

async function compare(left: string, right: string): Promise<number> {
  const file = (path: string) => ({ path, title: path, hash: null });
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const { durationMs } = await diffModels(file(left), file(right), {}, () => {});
    best = Math.min(best, durationMs);
  }
  return best;
}

function numpySeconds(left: string, right: string): number[] {
  try {
    const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
    const output = execFileSync(values.python, ['-c', numpy, left, right], { env });
    return output.toString().trim().split('\n').map(Number);
  } catch {
    return [];
  }
}

/** Milliseconds to read both files, and do nothing with them. */
function plainReads(...paths: string[]): number {
  const piece = new Uint8Array(1 << 20);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    for (const path of paths) {
      const file = openSync(path, 'r');
      while (readSync(file, piece) > 0);
      closeSync(file);
    }
    best = Math.min(best, performance.now() - started);
  }
  return best;
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

const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
try {
  for (const dtype of ['F32', 'BF16', 'F16'] as const) {
    const [left, right] = [join(folder, 'a'), join(folder, 'b')];
    const total = writeModel(left, dtype, 0) + writeModel(right, dtype, 1e-4);
    const rate = (ms: number) => `${(total / ms / 1e6).toFixed(2).padStart(6)} GB/s`;
    console.log(`${dtype.padEnd(5)} cairn               ${rate(await compare(left, right))}`);
    console.log(`${dtype.padEnd(5)} plain reads         ${rate(plainReads(left, right))}`);
    const [wide, own] = numpySeconds(left, right);
    if (wide !== undefined)
      console.log(`${dtype.padEnd(5)} numpy, float64      ${rate(wide * 1e3)}`);
    if (own !== undefined) console.log(`${dtype.padEnd(5)} numpy, its own type ${rate(own * 1e3)}`);
    // The same content under another name, so that both are read.
    const copy = join(folder, 'c');
    writeModel(copy, dtype, 0);
    console.log(`${dtype.padEnd(5)} cairn, equal files  ${rate(await compare(left, copy))}`);
  }
  const opened = await openLarge(join(folder, 'large.safetensors'));
  console.log(`4 GB  opened in ${opened.toFixed(0)} ms`);
} finally {
  rmSync(folder, { recursive: true });
}
