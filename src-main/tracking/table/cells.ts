/** What runs have in some columns, read column by column: never more than was asked for. */
import type { Cell } from '../../contract/run-table.ts';
import {
  readAttributes,
  readParamValues,
  readSummaries,
  readTagValues,
} from '../../store/run-cells.ts';
import type { Store } from '../../store/store.ts';
import { attributeOf } from '../query/attributes.ts';
import { summaryColumns, tagColumn } from '../query/columns.ts';
import { registerFunctions } from '../query/functions.ts';
import type { Field } from '../query/types.ts';

/** The values of one column, a place for each run. */
export type Column = Cell[];

/**
 * The columns of some runs, in the order of `fields`, each with the runs in the order of `seqs`.
 * @param now what a run that has not ended is as old as, epoch ms
 */
export function readCells(
  store: Store,
  seqs: readonly number[],
  fields: readonly Field[],
  now = Date.now(),
): Column[] {
  registerFunctions(store);
  const places = new Map(seqs.map((seq, index) => [seq, index]));
  const columns = fields.map(() => new Array<Cell>(seqs.length).fill(null));
  const of = <K extends Field['kind']>(kind: K) =>
    fields.flatMap((field, at) =>
      field.kind === kind
        ? [{ field: field as Field & { kind: K }, column: columns[at] as Column }]
        : [],
    );
  fillMetrics(store, seqs, places, of('metric'));
  fillParams(store, seqs, places, of('param'));
  fillTags(store, seqs, places, of('tag'));
  fillAttributes(store, seqs, places, of('attribute'), now);
  return columns;
}

interface Wanted<K extends Field['kind']> {
  readonly field: Field & { kind: K };
  readonly column: Column;
}
type Places = ReadonlyMap<number, number>;

function fillMetrics(
  store: Store,
  seqs: readonly number[],
  places: Places,
  wanted: readonly Wanted<'metric'>[],
): void {
  if (wanted.length === 0) return;
  const byKey = Map.groupBy(wanted, ({ field }) => field.key);
  for (const series of readSummaries(store, seqs, [...byKey.keys()])) {
    const place = places.get(series.run) as number;
    for (const { field, column } of byKey.get(series.key) ?? []) {
      const value = series[summaryColumns[field.summary]];
      // A NaN is stored as nothing.
      column[place] = value ?? (series.count > 0 ? Number.NaN : null);
    }
  }
}

/** What was logged wins over what stands in the main file; other files are named, `file:key`. */
function fillParams(
  store: Store,
  seqs: readonly number[],
  places: Places,
  wanted: readonly Wanted<'param'>[],
): void {
  if (wanted.length === 0) return;
  const targets = new Map<string, Column[]>();
  const keys = new Set<string>();
  const add = (file: string, key: string, column: Column) => {
    const name = `${file}\0${key}`;
    targets.set(name, [...(targets.get(name) ?? []), column]);
    keys.add(key);
  };
  for (const { field, column } of wanted) {
    add('', field.key, column);
    const colon = field.key.indexOf(':');
    if (colon !== -1) add(field.key.slice(0, colon), field.key.slice(colon + 1), column);
  }
  for (const { run, file, key, value } of readParamValues(store, seqs, [...keys])) {
    const place = places.get(run) as number;
    const isMain = file === '' || file === 'params.yaml';
    for (const column of targets.get(`${isMain ? '' : file}\0${key}`) ?? []) {
      // Rows come by file: what was logged first.
      column[place] ??= value;
    }
    if (file !== 'params.yaml') continue;
    for (const column of targets.get(`params.yaml\0${key}`) ?? []) column[place] ??= value;
  }
}

function fillTags(
  store: Store,
  seqs: readonly number[],
  places: Places,
  wanted: readonly Wanted<'tag'>[],
): void {
  if (wanted.length === 0) return;
  const byKey = Map.groupBy(wanted, ({ field }) => field.key);
  for (const { run, key, value } of readTagValues(store, seqs, [...byKey.keys()])) {
    for (const { column } of byKey.get(key) ?? []) column[places.get(run) as number] = value;
  }
  // MLflow's own tags are what the run itself says.
  const own = wanted.flatMap(({ field, column }) => {
    const name = tagColumn(field.key);
    return name === null ? [] : [{ sql: `nullif(r.${name}, '')`, column }];
  });
  fillFrom(store, seqs, places, own);
}

function fillAttributes(
  store: Store,
  seqs: readonly number[],
  places: Places,
  wanted: readonly Wanted<'attribute'>[],
  now: number,
): void {
  const own = wanted.map(({ field, column }) => ({
    sql: attributeOf(field.name).sql.replaceAll('@now', String(Math.trunc(now))),
    column,
  }));
  fillFrom(store, seqs, places, own);
}

function fillFrom(
  store: Store,
  seqs: readonly number[],
  places: Places,
  wanted: readonly { readonly sql: string; readonly column: Column }[],
): void {
  if (wanted.length === 0) return;
  for (const [seq, ...values] of readAttributes(
    store,
    seqs,
    wanted.map(({ sql }) => sql),
  )) {
    const place = places.get(seq as number) as number;
    wanted.forEach(({ column }, index) => {
      const value = values[index];
      if (value !== null && value !== undefined) column[place] = value;
    });
  }
}
