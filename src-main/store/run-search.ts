/**
 * Queries that a search of runs is made of. A condition is a statement that selects runs; what they
 * select is marked in an array with a place for every `seq`, which is quicker to combine than rows.
 */
import type { Store } from './store.ts';

export interface SeqStatement {
  /** Selects one column: `seq`. */
  readonly sql: string;
  readonly params: readonly (string | number | null)[];
}

/** 1 at the `seq` of each run that is meant. */
export type Marks = Uint8Array<ArrayBuffer>;

export function highestSeq(store: Store): number {
  return (
    store.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM runs').get()?.seq ?? 0
  );
}

/** @param highest of {@link highestSeq}; runs that came since are left out */
export function markRuns(store: Store, statement: SeqStatement, highest: number): Marks {
  const marks = new Uint8Array(highest + 1);
  // Not kept: there are as many as there are filters.
  const seqs = store.db
    .prepare(statement.sql)
    .pluck()
    .all(...statement.params) as number[];
  for (const seq of seqs) if (seq <= highest) marks[seq] = 1;
  return marks;
}

/** Which runs are looked at, by where they are. */
export interface Scope {
  /** null is all of them. */
  readonly experimentIds: readonly string[] | null;
  readonly view: 'active' | 'deleted' | 'all';
}

/** A condition over `runs r`. */
function inScope(scope: Scope): SeqStatement {
  const views = {
    active: 'r.deleted_at IS NULL',
    deleted: 'r.deleted_at IS NOT NULL',
    all: '1',
  };
  const view = views[scope.view];
  if (scope.experimentIds === null) return { sql: view, params: [] };
  return {
    sql: `${view} AND r.experiment_id IN (SELECT value FROM json_each(?))`,
    params: [JSON.stringify(scope.experimentIds)],
  };
}

export function countScope(store: Store, scope: Scope): number {
  const { sql, params } = inScope(scope);
  return store.db
    .prepare<unknown[], number>(`SELECT count(*) FROM runs r WHERE ${sql}`)
    .pluck()
    .get(...params) as number;
}

export function markScope(store: Store, scope: Scope, highest: number): Marks {
  const { sql, params } = inScope(scope);
  return markRuns(store, { sql: `SELECT r.seq FROM runs r WHERE ${sql}`, params }, highest);
}

/** Those of some runs that are looked at: quicker than marking all, when they are few. */
export function keepInScope(store: Store, seqs: readonly number[], scope: Scope): number[] {
  const { sql, params } = inScope(scope);
  return store.db
    .prepare<unknown[], number>(
      `SELECT r.seq FROM json_each(?) j CROSS JOIN runs r ON r.seq = j.value WHERE ${sql}`,
    )
    .pluck()
    .all(JSON.stringify(seqs), ...params);
}

/** One thing that runs are ordered by. */
export interface OrderTerm {
  /** Expressions over `r`, each with a name that `by` may use. */
  readonly columns: readonly string[];
  readonly columnParams: readonly (string | number)[];
  /** `LEFT JOIN … ON …`, at most one row for a run, or ''. */
  readonly join: string;
  readonly joinParams: readonly (string | number)[];
  /** Expressions with their directions, most important first. */
  readonly by: readonly string[];
}

/** One page of some runs in order. Ties: the newest first, then by id. */
export function orderRuns(
  store: Store,
  seqs: readonly number[],
  terms: readonly OrderTerm[],
  page: { offset: number; limit: number },
): { seq: number; id: string }[] {
  const columns = ['r.seq', 'r.id', ...terms.flatMap((term) => term.columns)];
  const by = [
    ...terms.flatMap((term) => term.by),
    'coalesce(r.started_at, r.created_at) DESC',
    'r.id',
  ];
  const rows = store.db
    .prepare<unknown[], [number, string]>(
      `SELECT ${columns.join(', ')} FROM json_each(?) j CROSS JOIN runs r ON r.seq = j.value
       ${terms.map((term) => term.join).join('\n')}
       ORDER BY ${by.join(', ')} LIMIT ? OFFSET ?`,
    )
    .raw()
    .all(
      ...terms.flatMap((term) => term.columnParams),
      JSON.stringify(seqs),
      ...terms.flatMap((term) => term.joinParams),
      page.limit,
      page.offset,
    );
  return rows.map(([seq, id]) => ({ seq, id }));
}

/** An index that has runs in the order of a value; runs without one are not in it. */
export interface Walk {
  /** A table `w`, the index named, with its condition. */
  readonly from: string;
  readonly where: string;
  readonly params: readonly (string | number)[];
  readonly seq: string;
  readonly value: string;
  readonly descending: boolean;
}

/**
 * The first runs of an order that an index has, without looking at the others.
 * @param among marks of the runs that are meant, or where they are
 * @param wanted how many at least; ties of the last are among them
 * @returns null when the walk has fewer
 */
export function firstOfWalk(
  store: Store,
  walk: Walk,
  among: Marks | Scope,
  wanted: number,
): number[] | null {
  const marks = among instanceof Uint8Array ? among : null;
  const scope = among instanceof Uint8Array ? { sql: '1', params: [] } : inScope(among);
  const runs = marks === null ? `CROSS JOIN runs r ON r.seq = ${walk.seq}` : '';
  const rows = store.db
    .prepare<unknown[], [number, unknown]>(
      `SELECT ${walk.seq}, ${walk.value} FROM ${walk.from} ${runs} WHERE ${walk.where} AND ${scope.sql}
       ORDER BY ${walk.value} ${walk.descending ? 'DESC' : 'ASC'}`,
    )
    .raw()
    .iterate(...walk.params, ...scope.params) as IterableIterator<[number, unknown]>;
  const found: number[] = [];
  let last: unknown;
  for (const [seq, value] of rows) {
    if (marks !== null && marks[seq] !== 1) continue;
    if (found.length >= wanted && value !== last) return found;
    found.push(seq);
    last = value;
  }
  return found.length >= wanted ? found : null;
}
