/** Which items of two sequences correspond, by identity alone. */
import { diffArrays } from 'diff';

/** Edits and time after which the shortest script is not looked for any more. */
const maxEdits = 3000;
const maxMs = 400;

/**
 * Pairs of indices, rising on both sides, of items that are equal: a longest common subsequence, or
 * where that would take too long, the longest one of items that occur once on each side.
 */
export function commonSubsequence(
  left: readonly number[],
  right: readonly number[],
): [number, number][] {
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start++;
  let end = 0;
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) {
    end++;
  }
  const pairs: [number, number][] = [];
  for (let i = 0; i < start; i++) pairs.push([i, i]);
  const middle = [
    left.slice(start, left.length - end),
    right.slice(start, right.length - end),
  ] as const;
  for (const [i, j] of between(...middle)) pairs.push([start + i, start + j]);
  for (let i = end; i > 0; i--) pairs.push([left.length - i, right.length - i]);
  return pairs;
}

function between(left: number[], right: number[]): [number, number][] {
  if (left.length === 0 || right.length === 0) return [];
  const changes = diffArrays(left, right, { maxEditLength: maxEdits, timeout: maxMs });
  if (!changes) return unique(left, right);
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  for (const { added, removed, value } of changes) {
    if (added) j += value.length;
    else if (removed) i += value.length;
    else for (let k = 0; k < value.length; k++) pairs.push([i++, j++]);
  }
  return pairs;
}

/** As patience diff begins: items that occur once on each side, in the order of both. */
function unique(left: readonly number[], right: readonly number[]): [number, number][] {
  const places = (items: readonly number[]) => {
    const found = new Map<number, number>();
    for (const [index, item] of items.entries()) found.set(item, found.has(item) ? -1 : index);
    return found;
  };
  const inRight = places(right);
  const pairs: [number, number][] = [];
  for (const [item, i] of places(left)) {
    const j = inRight.get(item) ?? -1;
    if (i >= 0 && j >= 0) pairs.push([i, j]);
  }
  const kept = longestRising(pairs.map(([, j]) => j));
  return pairs.filter((_, index) => kept.has(index));
}

/** Indices of a longest strictly rising subsequence (patience sorting). */
export function longestRising(values: readonly number[]): Set<number> {
  const tails: number[] = [];
  const before = new Int32Array(values.length);
  for (const [index, value] of values.entries()) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = index;
  }
  const kept = new Set<number>();
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] as number) kept.add(at);
  return kept;
}
