/** Texts of code files, and how many lines two of them differ by. */
import { diffArrays } from 'diff';

/** Larger files are not shown. */
export const maxTextBytes = 5_000_000;

/** Edits beyond which the shortest script is not looked for. */
const maxEdits = 2000;

/** Git's rule: a NUL among the first 8000 bytes. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0);
}

export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

export interface LineCounts {
  readonly added: number;
  readonly removed: number;
}

/**
 * Lines added and removed from one text to another: those of the shortest edit script, or where
 * that would take too long, those that the other text does not have at all.
 * @param budgetMs time for the script
 */
export function countLines(left: string, right: string, budgetMs: number): LineCounts {
  const [a, b] = trimCommon(splitLines(left), splitLines(right));
  if (a.length === 0 || b.length === 0) return { added: b.length, removed: a.length };
  const timeout = Math.max(1, Math.floor(budgetMs));
  const changes = diffArrays(a, b, { maxEditLength: maxEdits, timeout });
  if (!changes) return countByContent(a, b);
  let added = 0;
  let removed = 0;
  for (const change of changes) {
    if (change.added) added += change.value.length;
    else if (change.removed) removed += change.value.length;
  }
  return { added, removed };
}

/** As Git counts: a last line without a line end is a line of its own. */
function splitLines(text: string): string[] {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const ended = lines.map((line) => `${line}\n`);
  return last === '' ? ended : [...ended, last];
}

function trimCommon(a: string[], b: string[]): [string[], string[]] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

function countByContent(a: readonly string[], b: readonly string[]): LineCounts {
  const counts = new Map<string, number>();
  for (const line of a) counts.set(line, (counts.get(line) ?? 0) + 1);
  let added = 0;
  for (const line of b) {
    const left = counts.get(line) ?? 0;
    if (left === 0) added++;
    else counts.set(line, left - 1);
  }
  return { added, removed: a.length - (b.length - added) };
}
