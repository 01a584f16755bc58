/** What one column holds, gathered while its values go by, in bounded memory. */
import type { ColumnStats } from '../../contract/diff-table.ts';

/** Numbers kept for quantiles; of more, an even sample of them. */
const maxSample = 20_000;
/** Different values that are counted. */
const maxCategories = 1000;
/** The same for all columns of a table together: wide ones are not known as closely. */
const allSamples = 4_000_000;
const allCategories = 400_000;
const maxValueLength = 500;
const shownValues = 5;

export class ColumnGatherer {
  count = 0;
  missing = 0;
  /** How many of the values are numbers. */
  numbers = 0;
  /** Null once there are too many. */
  categories: Map<string, number> | null = new Map();
  /** Finite numbers, a sample of them when there are many. */
  readonly sample: number[] = [];
  #mean = 0;
  #squares = 0;
  #finite = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #random = 0x9e3779b9;
  readonly #maxSample: number;
  readonly #maxCategories: number;

  /** @param columns how many there are in its table */
  constructor(columns = 1) {
    this.#maxSample = Math.max(100, Math.min(maxSample, Math.floor(allSamples / columns)));
    this.#maxCategories = Math.max(
      10,
      Math.min(maxCategories, Math.floor(allCategories / columns)),
    );
  }

  add(value: string | null): void {
    if (value === null) {
      this.missing++;
      return;
    }
    this.count++;
    this.#countCategory(value);
    const number = value.length < 32 && value !== '' ? Number(value) : Number.NaN;
    if (Number.isNaN(number)) return;
    this.numbers++;
    if (!Number.isFinite(number)) return;
    this.#finite++;
    // Welford's method: sums of squares would lose the digits of a small deviation.
    const delta = number - this.#mean;
    this.#mean += delta / this.#finite;
    this.#squares += delta * (number - this.#mean);
    if (number < this.#min) this.#min = number;
    if (number > this.#max) this.#max = number;
    this.#keep(number);
  }

  /** Whether the values (if any) are numbers and nothing else. */
  get isNumeric(): boolean {
    return this.numbers === this.count;
  }

  summary(numeric: boolean): ColumnStats {
    const some = numeric && this.#finite > 0;
    const top = numeric ? [] : [...(this.categories ?? [])];
    return {
      count: this.count,
      missing: this.missing,
      distinct: this.categories?.size ?? null,
      mean: some ? this.#mean : null,
      std: some && this.#finite > 1 ? Math.sqrt(this.#squares / (this.#finite - 1)) : null,
      min: some ? this.#min : null,
      median: some
        ? quantile(
            this.sample.toSorted((a, b) => a - b),
            0.5,
          )
        : null,
      max: some ? this.#max : null,
      top: top
        .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
        .slice(0, shownValues)
        .map(([value, count]) => ({ value: value.slice(0, 200).toWellFormed(), count })),
    };
  }

  #countCategory(value: string): void {
    const { categories } = this;
    if (categories === null) return;
    const known = categories.get(value);
    if (known !== undefined) categories.set(value, known + 1);
    else if (categories.size < this.#maxCategories && value.length <= maxValueLength) {
      categories.set(value, 1);
    } else this.categories = null;
  }

  /** Vitter's reservoir, with a generator of its own so that the same file gives the same sample. */
  #keep(number: number): void {
    if (this.sample.length < this.#maxSample) {
      this.sample.push(number);
      return;
    }
    this.#random = (Math.imul(this.#random, 1664525) + 1013904223) >>> 0;
    const at = Math.floor((this.#random / 2 ** 32) * this.#finite);
    if (at < this.#maxSample) this.sample[at] = number;
  }
}

/** Of sorted values, linear between neighbours. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const low = Math.floor(place);
  const [a, b] = [sorted[low] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return a + (b - a) * (place - low);
}
