/** Where values stand on the axes of parallel coordinates, from 0 (bottom) to 1 (top). */
import { formatNumber } from '../ui/index.ts';
import { isSpread, logTicks, niceTicks } from './ticks.ts';
import { byValue } from './value-order.ts';

const fewValues = 8;

/** One axis: a value per run, null where a run has none. */
export interface ParallelColumn {
  readonly id: string;
  readonly label: string;
  readonly values: readonly (number | string | null)[];
}

export interface ParallelAxis extends ParallelColumn {
  /** Where each run crosses the axis; null where it has no value. */
  readonly places: readonly (number | null)[];
  readonly ticks: readonly { readonly place: number; readonly text: string }[];
  /** What stands at a place, for those who hear a brush move. */
  readonly textAt: (place: number) => string;
}

export function parallelAxis(column: ParallelColumn): ParallelAxis {
  const known = column.values.filter((value) => value !== null);
  const numbers = known.filter((value) => typeof value === 'number' && Number.isFinite(value));
  const isNumeric = known.every((value) => typeof value === 'number');
  return isNumeric ? numeric(column, numbers as number[]) : categorical(column);
}

function numeric(column: ParallelColumn, numbers: readonly number[]): ParallelAxis {
  const log = isSpread(numbers);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of numbers) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const scale = (value: number): number => (log ? Math.log10(value) : value);
  const [bottom, top] = [scale(low), scale(high)];
  // All at one value: in the middle.
  const place = (value: number): number =>
    top === bottom ? 0.5 : (scale(value) - bottom) / (top - bottom);
  const distinct = [...new Set(numbers)].sort((a, b) => a - b);
  // Few values, as those of a grid search, are named themselves.
  const marks =
    distinct.length <= fewValues ? distinct : log ? logTicks(low, high) : niceTicks(low, high, 6);
  return {
    ...column,
    places: column.values.map((value) =>
      typeof value === 'number' && Number.isFinite(value) ? place(value) : null,
    ),
    ticks: marks.map((value) => ({ place: place(value), text: formatNumber(value, 3) })),
    textAt: (at) => {
      const value = bottom + at * (top - bottom);
      return formatNumber(log ? 10 ** value : value, 3);
    },
  };
}

function categorical(column: ParallelColumn): ParallelAxis {
  const names = [...new Set(column.values.filter((value) => value !== null).map(String))].sort(
    byValue,
  );
  const place = (index: number): number => (names.length < 2 ? 0.5 : index / (names.length - 1));
  const indexOf = new Map(names.map((name, index) => [name, index]));
  return {
    ...column,
    places: column.values.map((value) =>
      value === null ? null : place(indexOf.get(String(value)) as number),
    ),
    ticks: names.map((name, index) => ({ place: place(index), text: name })),
    textAt: (at) => names[Math.round(at * (names.length - 1))] ?? '',
  };
}

/** A brushed stretch of an axis, from 0 to 1. */
export interface Brush {
  readonly from: number;
  readonly to: number;
}

/** Indices of the runs within every brush; those without a value on a brushed axis are outside. */
export function brushed(
  axes: readonly ParallelAxis[],
  brushes: Readonly<Record<string, Brush>>,
  count: number,
): number[] {
  const active = axes.flatMap((axis) => {
    const brush = brushes[axis.id];
    return brush === undefined ? [] : [{ axis, brush }];
  });
  return Array.from({ length: count }, (_, index) => index).filter((index) =>
    active.every(({ axis, brush }) => {
      const place = axis.places[index] ?? null;
      return place !== null && place >= brush.from - 1e-9 && place <= brush.to + 1e-9;
    }),
  );
}
