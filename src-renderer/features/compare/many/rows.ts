/** Rows of several sides, of whatever kind, in one shape. */
import type { Output } from '../../../client/index.ts';

export type Many = Output<'diff.many'>;
export const manyTabs = ['params', 'metrics', 'code', 'data', 'environment'] as const;
/** What has one value for each side. */
export type ManyTab = Exclude<(typeof manyTabs)[number], 'code' | 'data'>;

export interface ManyRow {
  readonly id: string;
  readonly key: string;
  /** The file of a param, the section of a fact; empty for metrics. */
  readonly place: string;
  readonly values: readonly (string | number | null)[];
  readonly spread: readonly ({ readonly n: number; readonly std: number | null } | null)[];
  readonly same: boolean;
  /** Index of the best value, where the direction is known and one side has it alone. */
  readonly best: number | null;
}

export function manyRows(many: Many, tab: ManyTab): ManyRow[] {
  const none = { spread: [], best: null };
  switch (tab) {
    case 'params':
      return many.params.map(({ file, key, values, same }) => {
        return { ...none, id: `${file}:${key}`, key, place: file, values, same };
      });
    case 'environment':
      return many.environment.map(({ section, key, values, same }) => {
        return { ...none, id: `${section}:${key}`, key, place: section, values, same };
      });
    case 'metrics':
      return many.metrics.map(({ key, values, spread, direction, same }) => {
        return { id: key, key, place: '', values, spread, same, best: bestOf(values, direction) };
      });
  }
}

export function bestOf(
  values: readonly (number | null)[],
  direction: 'higher' | 'lower' | null,
): number | null {
  const known = values.filter((value) => value !== null);
  if (direction === null || known.length < 2) return null;
  const best = direction === 'higher' ? Math.max(...known) : Math.min(...known);
  const first = values.indexOf(best);
  return first === values.lastIndexOf(best) ? first : null;
}

/** Texts with their places, and names of their own where one occurs more than once. */
export function numbered(
  items: readonly string[],
): { readonly id: string; readonly item: string; readonly at: number }[] {
  const seen = new Map<string, number>();
  return items.map((item, at) => {
    const times = seen.get(item) ?? 0;
    seen.set(item, times + 1);
    return { id: `${item} ${times}`, item, at };
  });
}
