/** Which columns tell the rows of two tables apart. */

/** The first rows of a table, by column name. */
export type Sample = ReadonlyMap<string, readonly (string | null)[]>;

const telling =
  /(^|[_\s.-])(id|ids|key|uuid|guid|index|idx|name|file|filename|path|image|hash|code|number|no)$|^(id|key|uuid|unnamed: 0|column 1)([_\s.-]|$)/i;

/** More columns are not tried together. */
const maxPairs = 8;

/**
 * A column, or two, whose values occur once in either sample, and some of which both have. Empty
 * when there is none: then only the position tells a row.
 */
export function guessKey(left: Sample, right: Sample): string[] {
  const common = [...left.keys()].filter((name) => right.has(name));
  const single = common
    .filter((name) => isKey([name], left, right))
    .sort((a, b) => score(b, common) - score(a, common));
  const [best] = single;
  // Numbers of a measurement may all be different without telling anything apart.
  if (best !== undefined && (telling.test(best) || !isMeasure(left.get(best) ?? []))) return [best];
  const named = common.filter((name) => !isMeasure(left.get(name) ?? [])).slice(0, maxPairs);
  for (const [index, a] of named.entries()) {
    for (const b of named.slice(index + 1)) if (isKey([a, b], left, right)) return [a, b];
  }
  return [];
}

function isKey(names: readonly string[], left: Sample, right: Sample): boolean {
  const [a, b] = [valuesOf(names, left), valuesOf(names, right)];
  if (a === null || b === null) return false;
  if (a.size === 0 || b.size === 0) return a.size === b.size;
  let shared = 0;
  for (const value of a) if (b.has(value)) shared++;
  return shared * 5 >= Math.min(a.size, b.size);
}

/** Null where two rows have the same values, or one has none. */
function valuesOf(names: readonly string[], sample: Sample): Set<string> | null {
  const columns = names.map((name) => sample.get(name) ?? []);
  const seen = new Set<string>();
  for (let row = 0; row < (columns[0]?.length ?? 0); row++) {
    const parts = columns.map((column) => column[row] ?? null);
    if (parts.includes(null)) return null;
    const value = parts.join('\u0000');
    if (seen.has(value)) return null;
    seen.add(value);
  }
  return seen;
}

function isMeasure(values: readonly (string | null)[]): boolean {
  return values.some(
    (value) =>
      value !== null &&
      /\d\.\d|e-?\d/i.test(value) &&
      value.trim() !== '' &&
      !Number.isNaN(Number(value)),
  );
}

function score(name: string, common: readonly string[]): number {
  return (telling.test(name) ? 1000 : 0) - common.indexOf(name);
}
