/** Rows of the metrics table, sorted into series. */
import type { Points } from '../../store/points.ts';
import type { MetricRow } from './tables.ts';

interface Columns {
  readonly steps: number[];
  readonly times: number[];
  readonly values: number[];
}

/** What MLflow writes for an infinite value: SQLite's drivers once refused those. */
const infinite = 1.7976931348623157e308;

export class MetricWindow {
  readonly #runs = new Map<string, Map<string, Columns>>();

  add([, run, key, value, time, step, isNan]: MetricRow): void {
    let series = this.#runs.get(run);
    if (series === undefined) {
      series = new Map();
      this.#runs.set(run, series);
    }
    let columns = series.get(key);
    if (columns === undefined) {
      columns = { steps: [], times: [], values: [] };
      series.set(key, columns);
    }
    columns.steps.push(finite(step));
    columns.times.push(finite(time));
    columns.values.push(isNan === 1 || value === null ? Number.NaN : unclamp(Number(value)));
  }

  *byRun(): Iterable<[string, { key: string; points: Points }[]]> {
    for (const [run, series] of this.#runs) {
      yield [
        run,
        [...series].map(([key, columns]) => ({
          key,
          points: {
            steps: Float64Array.from(columns.steps),
            times: Float64Array.from(columns.times),
            values: Float64Array.from(columns.values),
          },
        })),
      ];
    }
  }
}

function unclamp(value: number): number {
  if (value === infinite) return Number.POSITIVE_INFINITY;
  return value === -infinite ? Number.NEGATIVE_INFINITY : value;
}

/** A column may hold anything in SQLite, whatever its type says. */
function finite(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
