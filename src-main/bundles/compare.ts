/** One output against what the bundle says it was: the same bytes, or the same within a tolerance. */
import { readFile, stat } from 'node:fs/promises';
import { CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import { isTensorPath } from '../formats/tensors.ts';

/** Files up to this size are compared value by value. */
const maxTextBytes = 64 * 2 ** 20;

export interface FileVerdict {
  readonly verdict: 'within tolerance' | 'different';
  readonly detail: string;
}

/**
 * The largest relative difference of the tensors of two files, or null when they do not match; what
 * else keeps the files from being called the same, in a few words.
 */
export type CompareTensors = (
  expected: string,
  actual: string,
  work: Work,
) => Promise<{ largest: number; tensor: string; rest: string | null } | null>;

/**
 * Compares two files whose bytes differ.
 * @param tolerance relative: |actual − expected| ≤ tolerance × max(|expected|, |actual|)
 */
export async function compareFiles(
  expected: string,
  actual: string,
  tolerance: number,
  compareTensors: CompareTensors,
  work: Work,
): Promise<FileVerdict> {
  if (isTensorPath(actual))
    return await byTensors(expected, actual, tolerance, compareTensors, work);
  const sizes = await Promise.all([stat(expected), stat(actual)]);
  if (sizes.some(({ size }) => size > maxTextBytes)) {
    return {
      verdict: 'different',
      detail: 'the bytes differ; too large to compare value by value',
    };
  }
  const [left, right] = (await Promise.all([readFile(expected), readFile(actual)])).map(decode);
  if (left === null || right === null || left === undefined || right === undefined) {
    return { verdict: 'different', detail: 'the bytes differ' };
  }
  return compareTexts(left, right, tolerance);
}

/**
 * Compares the words of two texts in turn: numbers may differ within the tolerance, everything else
 * must be the same. JSON, CSV, TSV and YAML are all covered by this.
 */
export function compareTexts(expected: string, actual: string, tolerance: number): FileVerdict {
  const [left, right] = [words(expected), words(actual)];
  let largest = 0;
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [a, b] = [left[index], right[index]];
    if (a === b) continue;
    if (a === undefined || b === undefined) {
      return { verdict: 'different', detail: 'one of the two is longer' };
    }
    const [from, to] = [parseNumber(a), parseNumber(b)];
    const difference = from === null || to === null ? null : relativeDifference(from, to);
    if (difference === null || difference > tolerance) {
      return { verdict: 'different', detail: `${shorten(a)} became ${shorten(b)}` };
    }
    largest = Math.max(largest, difference);
  }
  return {
    verdict: 'within tolerance',
    detail: `largest relative difference ${largest.toPrecision(2)}`,
  };
}

/** 0 for equal values (two NaN among them), infinity where only one is finite. */
export function relativeDifference(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Number.POSITIVE_INFINITY;
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}

async function byTensors(
  expected: string,
  actual: string,
  tolerance: number,
  compareTensors: CompareTensors,
  work: Work,
): Promise<FileVerdict> {
  try {
    const found = await compareTensors(expected, actual, work);
    if (found === null) {
      return { verdict: 'different', detail: 'the tensors have other names, shapes or types' };
    }
    if (found.rest !== null) return { verdict: 'different', detail: found.rest };
    const detail =
      found.largest === 0
        ? 'every tensor is identical; only the file around them differs'
        : `largest relative difference ${found.largest.toPrecision(2)} in ${found.tensor}`;
    return { verdict: found.largest <= tolerance ? 'within tolerance' : 'different', detail };
  } catch (error) {
    work.signal?.throwIfAborted();
    if (!(error instanceof CairnError)) throw error;
    return { verdict: 'different', detail: error.message };
  }
}

function decode(bytes: Buffer): string | null {
  try {
    return bytes.includes(0) ? null : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const numeric = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function words(text: string): string[] {
  return text.match(/[^\s,;:[\]{}()"'=|]+|[,;:[\]{}()"'=|]/g) ?? [];
}

function parseNumber(word: string): number | null {
  if (numeric.test(word)) return Number(word);
  const special = /^([+-]?)(?:(nan)|inf|infinity)$/i.exec(word);
  if (special === null) return null;
  if (special[2] !== undefined) return Number.NaN;
  return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function shorten(word: string): string {
  return word.length > 40 ? `${word.slice(0, 39)}…` : word;
}
