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

/** The runs that are looked at, by where they are. */
export function markScope(
  store: Store,
  scope: { experimentIds: readonly string[] | null; view: 'active' | 'deleted' | 'all' },
  highest: number,
): Marks {
  const conditions = {
    active: 'deleted_at IS NULL',
    deleted: 'deleted_at IS NOT NULL',
    all: '1',
  };
  const among =
    scope.experimentIds === null ? '' : ' AND experiment_id IN (SELECT value FROM json_each(?))';
  return markRuns(
    store,
    {
      sql: `SELECT seq FROM runs WHERE ${conditions[scope.view]}${among}`,
      params: scope.experimentIds === null ? [] : [JSON.stringify(scope.experimentIds)],
    },
    highest,
  );
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

/**
 * The first runs of an order that an index has, without looking at the others.
 * @param walk selects `seq` and a value, in order of the value
 * @param wanted how many at least; ties of the last are among them
 * @returns null when the walk has fewer
 */
export function firstMarked(
  store: Store,
  walk: SeqStatement,
  marks: Marks,
  wanted: number,
): number[] | null {
  const found: number[] = [];
  let last: unknown;
  const rows = store.db
    .prepare<unknown[], [number, unknown]>(walk.sql)
    .raw()
    .iterate(...walk.params) as IterableIterator<[number, unknown]>;
  for (const [seq, value] of rows) {
    if (marks[seq] !== 1) continue;
    if (found.length >= wanted && value !== last) return found;
    found.push(seq);
    last = value;
  }
  return found.length >= wanted ? found : null;
}
