/** Runs in groups: by what they have in some columns, or by everything but their seed. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CairnError } from '../../base/errors.ts';
import type { Cell } from '../../contract/run-table.ts';
import { readParamTexts } from '../../store/run-cells.ts';
import { readAllKeys } from '../../store/run-keys.ts';
import type { Store } from '../../store/store.ts';
import { attributeOf } from '../query/attributes.ts';
import type { Field, OrderBy } from '../query/types.ts';
import { aggregateCells } from './aggregate.ts';
import { readCells } from './cells.ts';

export interface FoundRun {
  readonly seq: number;
  readonly id: string;
}

export interface Group {
  /** What the runs have in the columns that they are grouped by. */
  readonly values: Cell[];
  readonly runs: FoundRun[];
}

/** Runs with the same values, in the order in which `runs` has the first of each. */
export function groupByFields(
  store: Store,
  runs: readonly FoundRun[],
  fields: readonly Field[],
): Group[] {
  const seqs = runs.map(({ seq }) => seq);
  const columns = readCells(store, seqs, fields).map((cells, index) =>
    isTime(fields[index]) ? cells.map(dayOf) : cells,
  );
  const groups = new Map<string, Group>();
  runs.forEach((run, index) => {
    const values = columns.map((column) => column[index] ?? null);
    const key = JSON.stringify(values.map((value) => (Number.isNaN(value) ? 'NaN' : value)));
    put(groups, key, values, run);
  });
  return [...groups.values()];
}

/** So many runs are looked at before others have their turn. */
const batch = 500;

/**
 * Runs whose params differ in nothing but keys that match, in the order of the first of each. Runs
 * without params are like no other, and runs of different experiments are different.
 * @param seeds a regular expression, in any case
 * @throws CairnError `invalid` when it is none
 */
export async function groupBySeed(
  store: Store,
  runs: readonly FoundRun[],
  seeds: string,
  signal?: AbortSignal,
): Promise<Group[]> {
  const pattern = readPattern(seeds);
  const without = readAllKeys(store)
    .filter(({ kind, key }) => kind === 'param' && pattern.test(key))
    .map(({ name }) => name);
  const groups = new Map<string, Group>();
  for (let from = 0; from < runs.length; from += batch) {
    const part = runs.slice(from, from + batch);
    const seqs = part.map(({ seq }) => seq);
    const texts = readParamTexts(store, seqs, without);
    const [experiments = []] = readCells(store, seqs, [
      { kind: 'attribute', name: 'experiment_id' },
    ]);
    part.forEach((run, index) => {
      const text = texts.get(run.seq);
      const key = text === undefined ? run.id : `${experiments[index]}\0${text}`;
      put(groups, key, [], run);
    });
    await nextTurn();
    signal?.throwIfAborted();
  }
  return [...groups.values()];
}

function readPattern(source: string): RegExp {
  try {
    return new RegExp(source, 'i');
  } catch (cause) {
    throw new CairnError(
      'invalid',
      `“${source.slice(0, 60)}” is no regular expression. Write the names of params that hold a seed, such as seed|random_state.`,
      { cause },
    );
  }
}

/** Groups ordered by a metric come by their mean; those without a number last. */
export function orderGroups(
  store: Store,
  groups: readonly Group[],
  first: OrderBy | undefined,
): readonly Group[] {
  if (first === undefined || first.field.kind !== 'metric') return groups;
  const runs = groups.flatMap((group) => group.runs);
  const [cells = []] = readCells(
    store,
    runs.map(({ seq }) => seq),
    [first.field],
  );
  let at = 0;
  const means = groups.map((group) => {
    const { mean } = aggregateCells(cells.slice(at, at + group.runs.length), null);
    at += group.runs.length;
    return { group, mean };
  });
  const sign = first.descending ? -1 : 1;
  return means
    .sort((a, b) => {
      if (a.mean === null || b.mean === null)
        return Number(a.mean === null) - Number(b.mean === null);
      return sign * (a.mean - b.mean);
    })
    .map(({ group }) => group);
}

function put(groups: Map<string, Group>, key: string, values: Cell[], run: FoundRun): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, { values, runs: [run] });
  else group.runs.push(run);
}

function isTime(field: Field | undefined): boolean {
  return field?.kind === 'attribute' && attributeOf(field.name).type === 'time';
}

/** The local day of a time: nobody looks for runs of the same millisecond. */
function dayOf(cell: Cell): Cell {
  if (typeof cell !== 'number') return cell;
  const day = new Date(cell);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
