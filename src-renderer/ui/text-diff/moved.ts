/** Blocks of lines that were taken away in one place and put in another. */

/** Line numbers from 1; `to` is behind the last. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

export interface MovedBlock {
  readonly left: LineRange;
  readonly right: LineRange;
}

/** Fewer lines with something on them are a coincidence. */
const leastLines = 3;
const leastLetters = 30;
/** Places of one line that are tried. */
const mostPlaces = 40;

/**
 * Finds moved blocks; indentation does not count.
 * @param removed ranges of the left text that the right does not have
 * @param added ranges of the right text that the left does not have
 */
export function movedBlocks(
  left: readonly string[],
  right: readonly string[],
  removed: readonly LineRange[],
  added: readonly LineRange[],
): MovedBlock[] {
  const free = new Set<number>();
  const places = new Map<string, number[]>();
  for (const { from, to } of removed) {
    for (let line = from; line < to; line++) {
      const text = left[line - 1]?.trim() ?? '';
      free.add(line);
      if (text === '') continue;
      const known = places.get(text);
      if (known === undefined) places.set(text, [line]);
      else if (known.length < mostPlaces) known.push(line);
    }
  }
  const blocks: MovedBlock[] = [];
  for (const { from, to } of added) {
    for (let line = from; line < to; ) {
      const start = line;
      const lengthAt = (at: number): number => {
        let length = 0;
        while (
          start + length < to &&
          free.has(at + length) &&
          left[at + length - 1]?.trim() === right[start + length - 1]?.trim()
        ) {
          length++;
        }
        return length;
      };
      let [best, length] = [0, 0];
      for (const at of places.get(right[start - 1]?.trim() ?? '') ?? []) {
        const found = lengthAt(at);
        if (found > length) [best, length] = [at, found];
      }
      if (length > 0 && isTelling(right.slice(start - 1, start - 1 + length))) {
        for (let used = best; used < best + length; used++) free.delete(used);
        blocks.push({
          left: { from: best, to: best + length },
          right: { from: start, to: start + length },
        });
        line += length;
      } else line++;
    }
  }
  return blocks;
}

function isTelling(lines: readonly string[]): boolean {
  const texts = lines
    .map((line) => line.replace(/[^\p{L}\p{N}]/gu, ''))
    .filter((text) => text !== '');
  return texts.length >= leastLines && texts.join('').length >= leastLetters;
}
