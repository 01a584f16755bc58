/** Pairing tensors of equal shape that have no name in common, by some of their elements. */
import type { TensorInfo } from '../formats/tensors.ts';

export interface Candidate {
  readonly tensor: TensorInfo;
  /** Some of its elements; empty when they are not numbers. */
  readonly values: Float64Array;
}

export interface AlikePair {
  readonly left: TensorInfo;
  readonly right: TensorInfo;
}

/** Weights that were trained on from the same start point nearly the same way. */
const minCosine = 0.9;
/** Comparing every tensor with every other stops being quick beyond this many pairs. */
export const maxComparisons = 40_000;

interface Scored extends AlikePair {
  readonly cosine: number;
  readonly names: number;
}

/** The best pairs first; no tensor occurs twice. */
export function alike(left: readonly Candidate[], right: readonly Candidate[]): AlikePair[] {
  const scored: Scored[] = [];
  if (left.length * right.length <= maxComparisons) {
    for (const ours of left) {
      for (const theirs of right) {
        const pair = score(ours, theirs);
        if (pair) scored.push(pair);
      }
    }
  }
  scored.sort((a, b) => b.cosine - a.cosine || b.names - a.names);
  const taken = new Set<TensorInfo>();
  return scored.filter((pair) => {
    if (taken.has(pair.left) || taken.has(pair.right)) return false;
    taken.add(pair.left).add(pair.right);
    return true;
  });
}

function score(left: Candidate, right: Candidate): Scored | null {
  if (left.values.length === 0 || left.values.length !== right.values.length) return null;
  const names = nameLikeness(left.tensor.name, right.tensor.name);
  const cosine = cosineOf(left.values, right.values);
  if (cosine < minCosine) return null;
  // Biases of zeros and scales of ones are all alike: only the name can tell them apart.
  if (names === 0 && (isConstant(left.values) || isConstant(right.values))) return null;
  return { left: left.tensor, right: right.tensor, cosine, names };
}

/** 1 for equal samples, also where the angle has no meaning; 0 where it cannot be computed. */
export function cosineOf(left: Float64Array, right: Float64Array): number {
  let dot = 0;
  let squaredLeft = 0;
  let squaredRight = 0;
  let equal = true;
  for (let index = 0; index < left.length; index++) {
    const [x, y] = [left[index]!, right[index]!];
    equal &&= Object.is(x, y);
    dot += x * y;
    squaredLeft += x * x;
    squaredRight += y * y;
  }
  if (equal) return 1;
  const cosine = dot / Math.sqrt(squaredLeft * squaredRight);
  return Number.isFinite(cosine) ? cosine : 0;
}

export function isConstant(values: Float64Array): boolean {
  return values.every((value) => Object.is(value, values[0]));
}

/** Share of the parts of two dotted names that agree, counted from both ends, 0…1. */
export function nameLikeness(left: string, right: string): number {
  const [a, b] = [left.split(/[./]/), right.split(/[./]/)];
  const shorter = Math.min(a.length, b.length);
  let ends = 0;
  while (ends < shorter && a.at(-1 - ends) === b.at(-1 - ends)) ends++;
  let starts = 0;
  while (starts < shorter - ends && a[starts] === b[starts]) starts++;
  return (starts + ends) / Math.max(a.length, b.length);
}
