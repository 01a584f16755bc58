/** What is wrong in a pipeline file, and where. */
import { CairnError } from '../base/errors.ts';
import type { Place } from './types.ts';

/** An error the user can jump to: `dvc.yaml:12:5: …`, with the place beside the sentence. */
export function placed(place: Place, sentence: string, cause?: unknown): CairnError {
  const where = Object.values(told(place)).filter((part) => part !== null);
  return new CairnError('invalid', `${where.join(':')}: ${sentence}`, {
    place: told(place),
    cause,
  });
}

/** A place as plain data: places are looked up lazily, errors travel. */
export function told({ file, line, column }: Place): Place {
  return { file, line, column };
}

/** The nearest of the allowed words, when a typing slip may be the reason. */
export function didYouMean(word: string, allowed: readonly string[]): string {
  const near = allowed
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, candidate.length / 3))
    .sort((a, b) => a.distance - b.distance)[0];
  return near === undefined ? '' : ` Did you mean “${near.candidate}”?`;
}

/** Changes of one letter, or swaps of two neighbours, from one word to the other. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? (before[j - 2] as number) + 1
          : replaced;
      next.push(Math.min(replaced, swapped, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length] as number;
}
