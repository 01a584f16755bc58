/** From sums over parts of a pair of tensors to the numbers that are shown. */
import type { TensorChange } from '../contract/diff.ts';
import type { PairMeasure, PairNumbers, SideMeasure } from '../formats/tensor-task.ts';
import type { TensorInfo } from '../formats/tensors.ts';
import type { TensorPair } from './match.ts';
import { aligned, sameShape } from './transpose.ts';

/**
 * Why the elements of two tensors cannot be compared one by one; null when they can. Tensors of
 * different shape need no reason: the shapes are shown.
 */
function obstacle({ left, right, order }: TensorPair): string | null {
  if (!left || !right || (order === null && !sameShape(left, right))) return null;
  if (left.dtype.decode !== null && right.dtype.decode !== null) return null;
  if (left.dtype.name === right.dtype.name && left.dtype.bits === right.dtype.bits) return null;
  return `Elements of type ${left.dtype.name} and ${right.dtype.name} cannot be compared one by one.`;
}

/** The two tensors as they are measured, with their axes in the same order; null when they cannot be. */
export function operandsOf(pair: TensorPair): { left: TensorInfo; right: TensorInfo } | null {
  const { left, right, order } = pair;
  if (left === null || right === null || obstacle(pair) !== null) return null;
  if (order !== null) return aligned(left, right, order);
  return sameShape(left, right) ? { left, right } : null;
}

/** What is known before a pair was measured; `change` is `same` as long as nothing speaks against it. */
export function describePair(pair: TensorPair, note: string | null = null): TensorChange {
  const { left, right } = pair;
  const shown = (tensor: TensorInfo | null) =>
    tensor && { dtype: tensor.dtype.name, shape: [...tensor.shape] };
  const name = right?.name ?? left?.name ?? '';
  const renamed = left !== null && right !== null && left.name !== right.name;
  return {
    name,
    from: renamed ? left.name : null,
    change: changeOf(pair, renamed, note),
    left: shown(left),
    right: shown(right),
    elements: (right ?? left)?.elements ?? 0,
    relativeL2: null,
    cosine: null,
    maxAbs: null,
    meanAbs: null,
    changedShare: null,
    signFlips: null,
    nonFinite: null,
    stats: null,
    note: note ?? obstacle(pair) ?? turnNote(pair),
    order: pair.order === null ? null : [...pair.order],
  };
}

function turnNote({ order }: TensorPair): string | null {
  if (order === null) return null;
  return `The axes of the left lie in another order (${order.join(', ')}): it was compared in the order of the right.`;
}

function changeOf(pair: TensorPair, renamed: boolean, note: string | null): TensorChange['change'] {
  const { left, right } = pair;
  if (!left) return 'added';
  if (!right) return 'removed';
  if (renamed) return 'renamed';
  const differs =
    left.dtype.name !== right.dtype.name || !sameShape(left, right) || pair.order !== null;
  return differs || note !== null || obstacle(pair) !== null ? 'modified' : 'same';
}

/** A pair whose content is known to be the same without reading it. */
export function describeEqual(pair: TensorPair): TensorChange {
  const numbers = pair.left?.dtype.decode !== null && (pair.left?.elements ?? 0) > 0;
  const zero = numbers ? 0 : null;
  return {
    ...describePair(pair),
    ...{ relativeL2: zero, maxAbs: zero, meanAbs: zero, changedShare: 0, signFlips: zero },
  };
}

/** A measured pair. */
export function describeMeasured(pair: TensorPair, measure: PairMeasure): TensorChange {
  const known = describePair(pair);
  const change = known.change === 'same' && measure.changed > 0 ? 'modified' : known.change;
  const changedShare = measure.count === 0 ? 0 : measure.changed / measure.count;
  const { numbers } = measure;
  if (numbers === null) return { ...known, change, changedShare };
  const some = numbers.pairs > 0;
  const [left, right] = [describeSide(numbers.left), describeSide(numbers.right)];
  return {
    ...known,
    change,
    changedShare,
    relativeL2: some ? relativeNorm(numbers, numbers.maxAbsDelta > 0) : null,
    cosine: some ? cosineOf(numbers) : null,
    maxAbs: some ? finite(numbers.maxAbsDelta) : null,
    meanAbs: some ? finite(numbers.absDelta / numbers.pairs) : null,
    signFlips: numbers.signFlips,
    nonFinite: { left: numbers.left.nonFinite, right: numbers.right.nonFinite },
    stats: left && right && { left, right },
  };
}

/**
 * ‖Δ‖ / ‖left‖ from the squared norms; null when it is not a number, as where the left is all zeros
 * or squares underflow.
 */
export function relativeNorm(
  { squaredDelta, squaredLeft }: Pick<PairNumbers, 'squaredDelta' | 'squaredLeft'>,
  changed: boolean,
): number | null {
  return changed ? finite(Math.sqrt(squaredDelta) / Math.sqrt(squaredLeft)) : 0;
}

function cosineOf({ dot, squaredLeft, squaredRight }: PairNumbers): number | null {
  const cosine = finite(dot / (Math.sqrt(squaredLeft) * Math.sqrt(squaredRight)));
  return cosine === null ? null : Math.max(-1, Math.min(1, cosine));
}

function describeSide({ finite: count, mean, m2, min, max }: SideMeasure) {
  const std = Math.sqrt(m2 / count);
  return count > 0 && Number.isFinite(mean) && Number.isFinite(std)
    ? { mean, std, min, max }
    : null;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Joins the sums over two parts of the same pair. */
export function mergeMeasures(a: PairMeasure, b: PairMeasure): PairMeasure {
  return {
    count: a.count + b.count,
    changed: a.changed + b.changed,
    bytesRead: a.bytesRead + b.bytesRead,
    numbers: a.numbers && b.numbers && mergeNumbers(a.numbers, b.numbers),
  };
}

function mergeNumbers(a: PairNumbers, b: PairNumbers): PairNumbers {
  return {
    pairs: a.pairs + b.pairs,
    squaredDelta: a.squaredDelta + b.squaredDelta,
    absDelta: a.absDelta + b.absDelta,
    maxAbsDelta: Math.max(a.maxAbsDelta, b.maxAbsDelta),
    dot: a.dot + b.dot,
    squaredLeft: a.squaredLeft + b.squaredLeft,
    squaredRight: a.squaredRight + b.squaredRight,
    signFlips: a.signFlips + b.signFlips,
    left: mergeSides(a.left, b.left),
    right: mergeSides(a.right, b.right),
  };
}

/** After Chan, Golub and LeVeque, as within the measuring thread. */
function mergeSides(a: SideMeasure, b: SideMeasure): SideMeasure {
  const count = a.finite + b.finite;
  const delta = b.mean - a.mean;
  return {
    finite: count,
    nonFinite: a.nonFinite + b.nonFinite,
    mean: count === 0 ? 0 : a.mean + delta * (b.finite / count),
    m2: count === 0 ? 0 : a.m2 + b.m2 + delta * delta * ((a.finite * b.finite) / count),
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  };
}
