/** Dealing out the measuring: small tensors together, large ones in parts. */
import type { MeasurePart, PairMeasure } from '../formats/tensor-task.ts';
import type { TensorInfo } from '../formats/tensors.ts';
import { mergeMeasures } from './changes.ts';
import type { TensorPool } from './pool.ts';

/** A thread is given about this many bytes of both sides at once. */
const batchBytes = 64 * 1024 * 1024;
const batchParts = 256;

export interface MeasuredPair {
  /** Index into the pairs that were given. */
  readonly index: number;
  /** The sentence when it could not be read. */
  readonly result: PairMeasure | { readonly problem: string };
}

interface IndexedPart extends MeasurePart {
  readonly index: number;
  readonly part: number;
}

/**
 * The parts of pairs that are under way. They are joined in their order, so that sums do not depend
 * on which thread was faster.
 */
type OpenPairs = Map<number, { missing: number; readonly results: MeasuredPair['result'][] }>;

/**
 * Measures pairs with all threads of the pool and yields each when its last part is done, in no
 * particular order.
 * @throws CairnError `cancelled` when the pool ends, `failed` when a thread does
 */
export async function* measureAll(
  pairs: ReadonlyArray<{ left: TensorInfo; right: TensorInfo }>,
  pool: TensorPool,
): AsyncGenerator<MeasuredPair[], void> {
  const open: OpenPairs = new Map();
  const batches = deal(pairs, open);
  const running = new Map<number, Promise<{ id: number; measured: MeasuredPair[] }>>();
  let started = 0;
  const run = async (batch: IndexedPart[], id: number) => {
    const parts = batch.map(({ left, right, from, count }) => ({ left, right, from, count }));
    const results = await pool.run({ kind: 'measure', parts });
    const measured = batch.flatMap((part, at) => settle(open, part, results[at]!));
    return { id, measured };
  };
  // One batch waits behind each that is being measured, so that no thread idles.
  const fill = () => {
    while (running.size < 2 * pool.size) {
      const next = batches.next();
      if (next.done) return;
      running.set(started, run(next.value, started));
      started++;
    }
  };
  try {
    for (fill(); running.size > 0; fill()) {
      const { id, measured } = await Promise.race(running.values());
      running.delete(id);
      if (measured.length > 0) yield measured;
    }
  } finally {
    // What is still running fails when the pool ends, and nobody listens any more.
    for (const promise of running.values()) promise.catch(() => {});
  }
}

/** Batches of parts, in order; notes in `open` how many parts each pair has. */
function* deal(
  pairs: ReadonlyArray<{ left: TensorInfo; right: TensorInfo }>,
  open: OpenPairs,
): Generator<IndexedPart[], void> {
  let batch: IndexedPart[] = [];
  let bytes = 0;
  for (const [index, pair] of pairs.entries()) {
    const parts = split(pair);
    open.set(index, { missing: parts.length, results: [] });
    for (const [number, part] of parts.entries()) {
      const size = ((part.left.dtype.bits + part.right.dtype.bits) / 8) * part.count;
      if (batch.length === batchParts || (batch.length > 0 && bytes + size > batchBytes)) {
        yield batch;
        batch = [];
        bytes = 0;
      }
      batch.push({ ...part, index, part: number });
      bytes += size;
    }
  }
  if (batch.length > 0) yield batch;
}

/** The parts in which a pair is measured, in their order; never none. */
export function split(pair: { left: TensorInfo; right: TensorInfo }): MeasurePart[] {
  const { left, right } = pair;
  const { elements } = right;
  const bits = left.dtype.bits + right.dtype.bits;
  // What has to be inflated or reordered as a whole is measured as a whole.
  const whole =
    !readInParts(left.bytes) ||
    !readInParts(right.bytes) ||
    left.fortranOrder !== right.fortranOrder;
  // Types of few bits come in blocks of up to 256 elements, which are not cut.
  const step = whole ? elements : Math.max(256, Math.floor((batchBytes * 8) / bits / 256) * 256);
  const parts: MeasurePart[] = [];
  for (let from = 0; from < elements; from += step) {
    parts.push({ left, right, from, count: Math.min(step, elements - from) });
  }
  return parts.length > 0 ? parts : [{ left, right, from: 0, count: 0 }];
}

function readInParts(content: TensorInfo['bytes']): boolean {
  const range = content.kind === 'quantised' ? content.base : content;
  return range.kind === 'range' && range.compression === 'none';
}

function settle(
  open: OpenPairs,
  { index, part }: IndexedPart,
  result: MeasuredPair['result'],
): MeasuredPair[] {
  const entry = open.get(index);
  if (!entry) return [];
  entry.results[part] = result;
  entry.missing--;
  if (entry.missing > 0) return [];
  open.delete(index);
  return [{ index, result: entry.results.reduce(join) }];
}

function join(a: MeasuredPair['result'], b: MeasuredPair['result']): MeasuredPair['result'] {
  if ('problem' in a) return a;
  return 'problem' in b ? b : mergeMeasures(a, b);
}
