/** The numbers that notebooks begin with: `01_load.ipynb`, `1-load.ipynb`, `02.1 train.ipynb`. */

export interface NumberedName {
  readonly name: string;
  /** `[2, 1]` for `02.1 train.ipynb`; null without a number. */
  readonly number: readonly number[] | null;
  /** `02.1` as it is written; empty without a number. */
  readonly label: string;
  /** Between the number and the rest: `_`, `-`, ` `… */
  readonly separator: string;
  /** What is left, with its ending: `train.ipynb`. */
  readonly rest: string;
}

/** What stands in a folder at one place of the order. */
export interface Placed extends NumberedName {
  /** Numbers missing right before it, as they would be written. */
  readonly missing: readonly string[];
  /** Whether another notebook of the folder has the same number. */
  readonly duplicate: boolean;
}

/** More missing numbers than this are no gap but another way of counting. */
const maxGap = 20;

/** Dates (`2024-03-01 notes.ipynb`, `20240301.ipynb`) and other long numbers are not an order. */
export function parseNumberedName(name: string): NumberedName {
  const none = { name, number: null, label: '', separator: '', rest: name };
  if (/^\d{4}[-_.]\d{1,2}[-_.]\d{1,2}(?!\d)/.test(name)) return none;
  const match = /^(\d{1,4}(?:\.\d{1,4}){0,3})(?!\d)([ _.\-–—)]*)(.*)$/su.exec(name);
  if (match === null) return none;
  let [, label = '', separator = '', rest = ''] = match;
  if (!/\.ipynb$/i.test(rest)) {
    // `01.ipynb`: the dot belongs to the ending.
    if (!/^ipynb$/i.test(rest) || !separator.endsWith('.')) return none;
    separator = separator.slice(0, -1);
    rest = `.${rest}`;
  }
  return { name, number: label.split('.').map(Number), label, separator, rest };
}

/** Numbered notebooks by number, then the others by name. */
export function compareNames(a: NumberedName, b: NumberedName): number {
  if (a.number === null || b.number === null) {
    if (a.number !== null) return -1;
    if (b.number !== null) return 1;
    return byText(a.name, b.name);
  }
  return compareNumbers(a.number, b.number) || byText(a.name, b.name);
}

/** The notebooks of one folder in their order, with gaps and duplicates marked. */
export function placeNames(names: readonly string[]): Placed[] {
  const sorted = names.map(parseNumberedName).sort(compareNames);
  const uses = Map.groupBy(sorted, (one) => one.number?.join('.') ?? '');
  const width = widthOf(sorted);
  return sorted.map((one, index) => ({
    ...one,
    missing:
      one.number === null
        ? []
        : missingBefore(sorted[index - 1]?.number ?? undefined, one.number, width),
    duplicate: one.number !== null && (uses.get(one.number.join('.'))?.length ?? 0) > 1,
  }));
}

/**
 * New names in a new order: 1, 2, 3… (or from 0 where that is how the folder counts), each with the
 * width, the separator and the depth that it has. `02.1` stays below whatever becomes of `02`.
 * @param order names that are to be numbered; those without a number get one
 * @returns old name → new name, of those whose name changes
 */
export function renumberNames(order: readonly string[]): Map<string, string> {
  const names = order.map(parseNumberedName);
  const numbered = names.filter((one) => one.number !== null);
  const width = Math.max(widthOf(names), String(names.length).length);
  const separator = mostCommon(numbered.map((one) => one.separator)) ?? '_';
  const heads = new Set(numbered.flatMap(({ number }) => (number?.length === 1 ? number : [])));
  const counter = [numbered.some((one) => one.number?.[0] === 0) ? -1 : 0];
  const renamed = new Map<string, string>();
  let group: number | null = null;
  for (const one of names) {
    const own = one.number ?? [];
    const top = own[0] ?? null;
    const depth = Math.max(1, own.length);
    // A part without the whole (`02.1` where there is no `02`) opens the number by itself.
    const opens = depth > 1 && top !== group && (top === null || !heads.has(top));
    if (depth === 1 || opens || counter[0] === -1 || (counter[0] === 0 && group === null)) {
      counter[0] = (counter[0] ?? 0) + 1;
      counter.length = 1;
    }
    if (depth > 1) {
      const startsAt = (level: number) => (names.some((n) => isFirst(n, own, level)) ? 0 : 1);
      while (counter.length < depth) counter.push(startsAt(counter.length) - 1);
      counter.length = depth;
      for (let level = 1; level < depth; level += 1) {
        if (level === depth - 1) counter[level] = (counter[level] ?? 0) + 1;
        else if ((counter[level] ?? 0) < startsAt(level)) counter[level] = startsAt(level);
      }
    }
    if (depth === 1 || opens) group = top;
    const label = counter.map((part, level) => writePart(part, level, one, width)).join('.');
    const between = one.number === null ? separator : one.separator;
    const next = `${label}${between}${one.rest}`;
    if (next !== one.name) renamed.set(one.name, next);
  }
  return renamed;
}

/** Whether a folder counts the parts of a number from 0: `02.0`. */
function isFirst(one: NumberedName, like: readonly number[], level: number): boolean {
  return one.number?.[0] === like[0] && one.number?.[level] === 0;
}

function writePart(part: number, level: number, one: NumberedName, width: number): string {
  const digits = level === 0 ? width : (one.label.split('.')[level]?.length ?? 1);
  return String(part).padStart(digits, '0');
}

/** How many digits the first number has at least: 2 when one is written `01`. */
function widthOf(names: readonly NumberedName[]): number {
  const tops = names.flatMap((one) => (one.number === null ? [] : (one.label.split('.')[0] ?? '')));
  if (tops.length === 0) return 2;
  const padded = tops.filter((top) => top.startsWith('0') && top.length > 1);
  return Math.max(1, ...padded.map((top) => top.length));
}

function missingBefore(
  before: readonly number[] | undefined,
  number: readonly number[],
  width: number,
): string[] {
  const write = (parts: readonly number[]) =>
    parts.map((part, level) => (level === 0 ? String(part).padStart(width, '0') : part)).join('.');
  const top = number[0] ?? 0;
  const from = before === undefined ? 1 : (before[0] ?? 0) + 1;
  if (top > from) return range(from, top).map((part) => write([part]));
  const sub = number[1];
  if (sub === undefined || before?.[0] !== top) return [];
  return range((before[1] ?? 0) + 1, sub).map((part) => write([top, part]));
}

function range(from: number, to: number): number[] {
  const count = to - from;
  return count <= 0 || count > maxGap ? [] : Array.from({ length: count }, (_, i) => from + i);
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? -1) - (b[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

function mostCommon(values: readonly string[]): string | null {
  const counts = [...Map.groupBy(values, (value) => value)];
  return counts.sort((a, b) => b[1].length - a[1].length)[0]?.[0] ?? null;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
