/** Dealing out the measuring: small tensors together, large ones in parts. */
import type { DeltaMeasure, MeasurePart, PairMeasure } from '../formats/tensor-task.ts';
import type { TensorInfo } from '../formats/tensors.ts';
import { mergeMeasures } from './changes.ts';
import { mergeDeltas } from './deltas.ts';
import type { TensorPool } from './pool.ts';

/** A thread is given about this many bytes of all sides at once. */
const batchBytes = 64 * 1024 * 1024;
const batchParts = 256;

/** What measuring gives, or the sentence when something could not be read. */
type Result<R> = R | { readonly problem: string };

export interface Measured<R> {
  /** Index into the jobs that were given. */
  readonly index: number;
  readonly result: Result<R>;
}

interface Range {
  /** The first element, and how many. */
  readonly from: number;
  readonly count: number;
}

interface IndexedPart extends Range {
  readonly index: number;
  readonly part: number;
}

/** How one kind of measuring is done, and how that of two parts is put together. */
interface Measuring<R extends object> {
  run(parts: readonly IndexedPart[]): Promise<ReadonlyArray<Result<R>>>;
  merge(a: R, b: R): R;
}

/**
 * The parts of jobs that are under way. They are joined in their order, so that sums do not depend
 * on which thread was faster.
 */
type OpenJobs<R> = Map<number, { missing: number; readonly results: Result<R>[] }>;

type Pair = { readonly left: TensorInfo; readonly right: TensorInfo };

/**
 * Measures pairs with all threads of the pool and yields each when its last part is done, in no
 * particular order.
 * @throws CairnError `cancelled` when the pool ends, `failed` when a thread does
 */
export function measurePairs(
  pairs: readonly Pair[],
  pool: TensorPool,
): AsyncGenerator<Measured<PairMeasure>[], void> {
  return measureAll(
    pairs.map(({ left, right }) => [left, right]),
    pool,
    {
      run: (parts) =>
        pool.run({
          kind: 'measure',
          parts: parts.map(({ index, from, count }) => ({ ...pairs[index]!, from, count })),
        }),
      merge: mergeMeasures,
    },
  );
}

/** As {@link measurePairs}, what made models of a base: every job a tensor of the base and theirs. */
export function measureDeltas(
  jobs: ReadonlyArray<{ readonly base: TensorInfo; readonly models: readonly TensorInfo[] }>,
  pool: TensorPool,
): AsyncGenerator<Measured<DeltaMeasure>[], void> {
  return measureAll(
    jobs.map(({ base, models }) => [base, ...models]),
    pool,
    {
      run: (parts) =>
        pool.run({
          kind: 'deltas',
          parts: parts.map(({ index, from, count }) => ({ ...jobs[index]!, from, count })),
        }),
      merge: mergeDeltas,
    },
  );
}

async function* measureAll<R extends object>(
  jobs: ReadonlyArray<readonly TensorInfo[]>,
  pool: TensorPool,
  { run: measure, merge }: Measuring<R>,
): AsyncGenerator<Measured<R>[], void> {
  const open: OpenJobs<R> = new Map();
  const batches = deal(jobs, open);
  const running = new Map<number, Promise<{ id: number; measured: Measured<R>[] }>>();
  let started = 0;
  const run = async (batch: IndexedPart[], id: number) => {
    const results = await measure(batch);
    const measured = batch.flatMap((part, at) => settle(open, part, results[at]!, merge));
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

/** Batches of parts, in order; notes in `open` how many parts each job has. */
function* deal<R>(
  jobs: ReadonlyArray<readonly TensorInfo[]>,
  open: OpenJobs<R>,
): Generator<IndexedPart[], void> {
  let batch: IndexedPart[] = [];
  let bytes = 0;
  for (const [index, tensors] of jobs.entries()) {
    const ranges = rangesOf(tensors);
    const itemBytes = bitsOf(tensors) / 8;
    open.set(index, { missing: ranges.length, results: [] });
    for (const [part, range] of ranges.entries()) {
      const size = itemBytes * range.count;
      if (batch.length === batchParts || (batch.length > 0 && bytes + size > batchBytes)) {
        yield batch;
        batch = [];
        bytes = 0;
      }
      batch.push({ ...range, index, part });
      bytes += size;
    }
  }
  if (batch.length > 0) yield batch;
}

/** The parts in which a pair is measured, in their order; never none. */
export function split(pair: Pair): MeasurePart[] {
  return rangesOf([pair.left, pair.right]).map((range) => ({ ...pair, ...range }));
}

/** Of tensors with equally many elements. */
function rangesOf(tensors: readonly TensorInfo[]): Range[] {
  const elements = tensors[0]?.elements ?? 0;
  // What has to be inflated or reordered as a whole is measured as a whole.
  const orders = new Set(tensors.map(({ fortranOrder }) => fortranOrder));
  const whole = orders.size > 1 || !tensors.every(({ bytes }) => readInParts(bytes));
  // Types of few bits come in blocks of up to 256 elements, which are not cut.
  const step = whole
    ? elements
    : Math.max(256, Math.floor((batchBytes * 8) / bitsOf(tensors) / 256) * 256);
  const ranges: Range[] = [];
  for (let from = 0; from < elements; from += step) {
    ranges.push({ from, count: Math.min(step, elements - from) });
  }
  return ranges.length > 0 ? ranges : [{ from: 0, count: 0 }];
}

function bitsOf(tensors: readonly TensorInfo[]): number {
  return tensors.reduce((sum, { dtype }) => sum + dtype.bits, 0);
}

function readInParts(content: TensorInfo['bytes']): boolean {
  const range = content.kind === 'quantised' ? content.base : content;
  return range.kind === 'range' && range.compression === 'none';
}

function settle<R extends object>(
  open: OpenJobs<R>,
  { index, part }: IndexedPart,
  result: Result<R>,
  merge: (a: R, b: R) => R,
): Measured<R>[] {
  const entry = open.get(index);
  if (!entry) return [];
  entry.results[part] = result;
  entry.missing--;
  if (entry.missing > 0) return [];
  open.delete(index);
  const join = (a: Result<R>, b: Result<R>): Result<R> => {
    if ('problem' in a) return a;
    return 'problem' in b ? b : merge(a, b);
  };
  return [{ index, result: entry.results.reduce(join) }];
}
