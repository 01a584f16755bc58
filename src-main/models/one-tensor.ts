/** A closer look at one pair of tensors: how its values lie, and the singular values of its change. */
import { asCairnError, CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { Output } from '../contract/index.ts';
import { smallFloatTable } from '../formats/small-floats.ts';
import {
  type DistributionCounts,
  deltaBins,
  histogramBins,
  type Spectrum,
} from '../formats/tensor-task.ts';
import type { TensorInfo } from '../formats/tensors.ts';
import { operandsOf } from './changes.ts';
import type { ModelFile } from './diff.ts';
import { type TensorPool, withPool } from './pool.ts';
import { measurePairs, split } from './schedule.ts';

type Look = Output<'diff.tensor'>;
type Distribution = NonNullable<Look['distribution']>;

export interface TensorNames {
  /** Its names on either side. */
  readonly left: string;
  readonly right: string;
  /** As the comparison found it, see `TensorChange.order`. */
  readonly order: readonly number[] | null;
}

/**
 * Looks at one pair. What cannot be had is null, and the note says why.
 * @throws CairnError `not-found` for a tensor that a file does not have, `cancelled`, and what opening
 *   a file throws
 */
export async function lookAtTensor(
  left: ModelFile,
  right: ModelFile,
  names: TensorNames,
  want: 'distribution' | 'spectrum',
  work: Work,
): Promise<Look> {
  return await withPool(work, async (pool) => {
    const [x, y] = await Promise.all([
      tensorOf(left, names.left, pool),
      tensorOf(right, names.right, pool),
    ]);
    const operands = ordered(x, y, names.order);
    if (operands === null)
      return nothing('These two tensors cannot be compared element by element.');
    if (operands.left.dtype.decode === null || operands.right.dtype.decode === null) {
      return nothing('The elements of these tensors are not numbers.');
    }
    if (want === 'distribution') return await distributionOf(operands, pool);
    return await spectrumOf(operands, pool);
  });
}

function nothing(note: string): Look {
  return { distribution: null, spectrum: null, note };
}

async function tensorOf(file: ModelFile, name: string, pool: TensorPool): Promise<TensorInfo> {
  const { tensors } = await pool.run({ kind: 'open', path: file.path });
  const found = tensors.find((tensor) => tensor.name === name);
  if (found) return found;
  throw new CairnError('not-found', `${file.title} has no tensor called ${name}.`);
}

/** An order that does not fit the shapes comes from nowhere but a caller's mistake. */
function ordered(left: TensorInfo, right: TensorInfo, order: readonly number[] | null) {
  const fits =
    order === null ||
    (order.length === left.shape.length &&
      new Set(order).size === order.length &&
      right.shape.length === order.length &&
      order.every((axis, at) => left.shape[axis] === right.shape[at]));
  return fits ? operandsOf({ left, right, order }) : null;
}

type Operands = { readonly left: TensorInfo; readonly right: TensorInfo };

async function distributionOf(operands: Operands, pool: TensorPool): Promise<Look> {
  let range: { low: number; high: number } | null = null;
  for await (const [measured] of measurePairs([operands], pool)) {
    if (!measured) continue;
    const { result } = measured;
    if ('problem' in result) return nothing(result.problem);
    if (result.numbers === null) continue;
    const { left, right } = result.numbers;
    range = { low: Math.min(left.min, right.min), high: Math.max(left.max, right.max) };
  }
  if (range === null || !Number.isFinite(range.low) || !Number.isFinite(range.high)) {
    return nothing('No element of these tensors is a finite number.');
  }
  const { low, high } = range;
  const counts = await Promise.all(
    split(operands).map((part) => pool.run({ kind: 'distribution', part, low, high })),
  );
  return {
    distribution: described(operands, counts.reduce(add), low, high),
    spectrum: null,
    note: null,
  };
}

function add(a: DistributionCounts, b: DistributionCounts): DistributionCounts {
  const both = (x: Float64Array, y: Float64Array) => x.map((count, at) => count + y[at]!);
  return {
    left: both(a.left, b.left),
    right: both(a.right, b.right),
    delta: both(a.delta, b.delta),
    unchanged: a.unchanged + b.unchanged,
    leftCodes: a.leftCodes && b.leftCodes && both(a.leftCodes, b.leftCodes),
    rightCodes: a.rightCodes && b.rightCodes && both(a.rightCodes, b.rightCodes),
  };
}

function described(
  { left, right }: Operands,
  counts: DistributionCounts,
  low: number,
  high: number,
): Distribution {
  const first = counts.delta.findIndex((count) => count > 0);
  const last = counts.delta.findLastIndex((count) => count > 0);
  const { perDecade, lowestDecade } = deltaBins;
  return {
    low,
    high,
    // A constant has one bar.
    left: [...counts.left.slice(0, low < high ? histogramBins : 1)],
    right: [...counts.right.slice(0, low < high ? histogramBins : 1)],
    delta: {
      from: first < 0 ? 0 : lowestDecade + first / perDecade,
      step: 1 / perDecade,
      counts: first < 0 ? [] : [...counts.delta.slice(first, last + 1)],
    },
    unchanged: counts.unchanged,
    quantiles: {
      left: quantilesOf(left, counts.leftCodes),
      right: quantilesOf(right, counts.rightCodes),
    },
  };
}

const probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/**
 * Exact, from how often each of the 65 536 codes occurs: the smallest value that at least such a
 * share of the finite elements does not exceed (NumPy's `inverted_cdf`).
 */
function quantilesOf({ dtype }: TensorInfo, codes: Float64Array | null) {
  if (codes === null || (dtype.decode !== 'bf16' && dtype.decode !== 'f16')) return null;
  const table = smallFloatTable(dtype.decode);
  const found = Array.from(codes, (count, code) => ({ value: table[code]!, count }))
    .filter(({ value, count }) => count > 0 && Number.isFinite(value))
    .sort((a, b) => a.value - b.value);
  const total = found.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  let passed = 0;
  let at = 0;
  return probabilities.map((p) => {
    while (at < found.length - 1 && passed + found[at]!.count < p * total)
      passed += found[at++]!.count;
    return { p, value: found[at]!.value };
  });
}

async function spectrumOf({ left, right }: Operands, pool: TensorPool): Promise<Look> {
  if (right.elements === 0) return nothing('These tensors have no elements.');
  try {
    const spectrum = await pool.run({ kind: 'spectrum', left, right });
    return {
      distribution: null,
      spectrum: { ...spectrum, values: [...spectrum.values], ...ranks(spectrum) },
      note: null,
    };
  } catch (error) {
    const { code, message } = asCairnError(error);
    if (code === 'unsupported') return nothing(message);
    throw error;
  }
}

/** The stable rank ‖Δ‖² / σ₁², and the effective rank of Roy and Vetterli (2007) where all values are known. */
function ranks({ values, exact, frobenius }: Spectrum) {
  const [first = 0] = values;
  const sum = values.reduce((total, value) => total + value, 0);
  if (first === 0) return { stableRank: null, effectiveRank: null };
  const entropy = values.reduce((total, value) => {
    const share = value / sum;
    return share > 0 ? total - share * Math.log(share) : total;
  }, 0);
  return { stableRank: (frobenius / first) ** 2, effectiveRank: exact ? Math.exp(entropy) : null };
}
