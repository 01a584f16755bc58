/** What the runs of a group have in common in a column, and how far they lie apart. */
import { metricDirection } from '../../base/metrics.ts';
import type { Aggregate, Cell } from '../../contract/run-table.ts';
import { readSeqs } from '../../store/run-cells.ts';
import type { Store } from '../../store/store.ts';
import type { Field } from '../query/types.ts';
import { readNumber } from '../query/values.ts';
import { readCells } from './cells.ts';

/** One list for each group, in the order of `fields`. */
export function aggregateGroups(
  store: Store,
  groups: readonly (readonly string[])[],
  fields: readonly Field[],
): Aggregate[][] {
  return groups.map((ids) => {
    const seqs = readSeqs(store, ids).map(({ seq }) => seq);
    const columns = readCells(store, seqs, fields);
    return columns.map((cells, index) =>
      aggregateCells(cells, directionOf(fields[index] as Field)),
    );
  });
}

function directionOf(field: Field): 'higher' | 'lower' | null {
  return field.kind === 'metric' ? metricDirection(field.key) : null;
}

/**
 * Numbers that are written as text count as such. NaN is a value of its own, and no number: one
 * run that diverged would leave nothing of the mean of the others.
 */
export function aggregateCells(
  cells: readonly Cell[],
  direction: 'higher' | 'lower' | null,
): Aggregate {
  const numbers: number[] = [];
  const different = new Set<Cell>();
  for (const cell of cells) {
    if (cell === null) continue;
    different.add(cell);
    const number = typeof cell === 'number' ? cell : readNumber(cell.trim());
    if (number !== null && !Number.isNaN(number)) numbers.push(number);
  }
  const [same = null] = different.size === 1 ? different : [];
  if (numbers.length === 0) {
    const none = { n: 0, mean: null, deviation: null, min: null, max: null, best: null };
    return { ...none, distinct: different.size, same };
  }
  const { mean, deviation } = moments(numbers);
  const min = numbers.reduce((low, one) => Math.min(low, one));
  const max = numbers.reduce((high, one) => Math.max(high, one));
  const best = direction === null ? null : direction === 'higher' ? max : min;
  return { n: numbers.length, mean, deviation, min, max, best, distinct: different.size, same };
}

/** By Welford's recurrence: a sum of squares would lose what large numbers differ in. */
function moments(numbers: readonly number[]): { mean: number; deviation: number | null } {
  let mean = 0;
  let squares = 0;
  numbers.forEach((value, index) => {
    const delta = value - mean;
    mean += delta / (index + 1);
    squares += delta * (value - mean);
  });
  if (numbers.some((value) => !Number.isFinite(value))) {
    mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    return { mean, deviation: null };
  }
  const { length } = numbers;
  return { mean, deviation: length < 2 ? null : Math.sqrt(squares / (length - 1)) };
}
