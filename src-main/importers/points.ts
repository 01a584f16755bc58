/** Points of many series as they come, until they are handed over in columns. */
import type { Points } from '../store/points.ts';
import type { ImportedSeries } from './types.ts';

/** Three columns that grow. */
class GrowingColumns {
  #steps = new Float64Array(16);
  #times = new Float64Array(16);
  #values = new Float64Array(16);
  #length = 0;

  add(step: number, time: number, value: number): void {
    if (this.#length === this.#values.length) {
      this.#steps = doubled(this.#steps);
      this.#times = doubled(this.#times);
      this.#values = doubled(this.#values);
    }
    this.#steps[this.#length] = step;
    this.#times[this.#length] = time;
    this.#values[this.#length++] = value;
  }

  get points(): Points {
    return {
      steps: this.#steps.slice(0, this.#length),
      times: this.#times.slice(0, this.#length),
      values: this.#values.slice(0, this.#length),
    };
  }
}

export class PointColumns {
  readonly #columns = new Map<string, GrowingColumns>();

  /** @param time epoch ms */
  add(key: string, step: number, time: number, value: number): void {
    let columns = this.#columns.get(key);
    if (columns === undefined) {
      columns = new GrowingColumns();
      this.#columns.set(key, columns);
    }
    columns.add(step, time, value);
  }

  get keys(): string[] {
    return [...this.#columns.keys()];
  }

  series(options: { readonly reset?: boolean } = {}): ImportedSeries[] {
    const { reset = false } = options;
    return [...this.#columns].map(([key, columns]) => ({ key, points: columns.points, reset }));
  }
}

function doubled(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * column.length);
  larger.set(column);
  return larger;
}
