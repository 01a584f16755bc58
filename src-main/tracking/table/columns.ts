/** Columns of many runs at once, packed: what charts over a whole folder are drawn from. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cell, ValueColumn } from '../../contract/run-table.ts';
import type { Store } from '../../store/store.ts';
import type { Field } from '../query/types.ts';
import { readCells } from './cells.ts';
import type { FoundRun } from './groups.ts';

export interface PackedColumns {
  /** `02.7`, and the names. */
  readonly labels: string[];
  readonly names: string[];
  readonly columns: ValueColumn[];
}

/** So many runs are looked at before others have their turn. */
const batch = 2000;
const own: readonly Field[] = [
  { kind: 'attribute', name: 'label' },
  { kind: 'attribute', name: 'run_name' },
];

/** What runs have in some columns, each with a place for every run, in their order. */
export async function packColumns(
  store: Store,
  runs: readonly FoundRun[],
  fields: readonly Field[],
  signal?: AbortSignal,
): Promise<PackedColumns> {
  const labels: string[] = [];
  const names: string[] = [];
  const packers = fields.map((field) => new Packer(runs.length, mayBeWritten(field)));
  for (let from = 0; from < runs.length; from += batch) {
    const seqs = runs.slice(from, from + batch).map(({ seq }) => seq);
    const [label = [], name = [], ...columns] = readCells(store, seqs, [...own, ...fields]);
    for (const at of seqs.keys()) {
      labels.push(String(label[at] ?? ''));
      names.push(String(name[at] ?? ''));
    }
    columns.forEach((column, index) => {
      packers[index]?.put(column, from);
    });
    await nextTurn();
    signal?.throwIfAborted();
  }
  return { labels, names, columns: packers.map((packer) => packer.column()) };
}

/** Whether a text of the column may stand for a number. */
function mayBeWritten({ kind }: Field): boolean {
  return kind === 'param' || kind === 'tag';
}

/** Takes the cells of one column in. */
export class Packer {
  readonly #numbers: Float64Array<ArrayBuffer>;
  readonly #written: boolean;
  readonly #texts = new Map<string, number>();
  #places = new Float64Array(0);

  constructor(length: number, written: boolean) {
    this.#numbers = new Float64Array(length).fill(Number.NaN);
    this.#written = written;
  }

  /** @param from the place of the first of the cells */
  put(cells: readonly Cell[], from: number): void {
    cells.forEach((cell, index) => {
      const value = this.#written && typeof cell === 'string' ? readNumber(cell) : cell;
      if (typeof value === 'number') this.#numbers[from + index] = value;
      else if (value !== null) this.#put(value, from + index);
    });
  }

  #put(text: string, at: number): void {
    if (this.#places.length === 0) {
      this.#places = new Float64Array(this.#numbers.length).fill(-1);
    }
    let place = this.#texts.get(text);
    if (place === undefined) {
      place = this.#texts.size;
      this.#texts.set(text, place);
    }
    this.#places[at] = place;
  }

  column(): ValueColumn {
    return { numbers: this.#numbers, texts: [...this.#texts.keys()], places: this.#places };
  }
}

/** The number that a text is; the text itself where it is none. `nan` is a word like any other. */
function readNumber(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

/** More runs than are ever weighed, and few enough to read every param of. */
const mostSampled = 1000;

/**
 * The runs that have a finite value of a metric, thinned evenly where there are very many, and how
 * many have one.
 */
export async function sampleWithMetric(
  store: Store,
  runs: readonly FoundRun[],
  metric: Field & { kind: 'metric' },
  signal?: AbortSignal,
): Promise<{ readonly ids: string[]; readonly total: number }> {
  const { columns } = await packColumns(store, runs, [metric], signal);
  const having = runs.filter((_, index) => Number.isFinite(columns[0]?.numbers[index]));
  const step = Math.max(1, having.length / mostSampled);
  const taken = having.filter((_, index) => Math.floor(index % step) === 0);
  return { ids: taken.map(({ id }) => id), total: having.length };
}
