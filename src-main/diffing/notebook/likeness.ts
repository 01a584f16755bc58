/** How alike two cells are, by the words of their sources. */

/** A source as sorted hashes of its words and lines, at most so many. */
export type Fingerprint = Int32Array;

const maxWords = 600;

export function fingerprint(source: string): Fingerprint {
  const found = new Set<number>();
  const words = source.slice(0, 40_000).match(/[\p{L}\p{N}_.]+|[^\s\p{L}\p{N}_]/gu) ?? [];
  let before = 0;
  for (const word of words) {
    const hash = hashOf(word);
    // Pairs of neighbours: two cells that only share common words are not alike.
    found.add(hash);
    found.add((Math.imul(before, 31) + hash) | 0);
    before = hash;
    if (found.size >= maxWords) break;
  }
  return Int32Array.from(found).sort();
}

function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** Sørensen and Dice's share of what both have, 0…1; of two empty sources 1. */
export function likeness(a: Fingerprint, b: Fingerprint): number {
  if (a.length + b.length === 0) return 1;
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const difference = (a[i] as number) - (b[j] as number);
    if (difference === 0) {
      shared++;
      i++;
      j++;
    } else if (difference < 0) i++;
    else j++;
  }
  return (2 * shared) / (a.length + b.length);
}
