/** The order of everything that happened: keys of cells, page by page or all at once. */
import type { Store } from './store.ts';

/** Kinds in the order in which they stand when they happened at the same moment. */
export type StoredCellKind = 'bundle' | 'commit' | 'data' | 'note' | 'promotion' | 'run';

/** One cell to be: what it is, when, and the id of the row behind it. */
export interface CellKey {
  kind: StoredCellKind;
  at: number;
  id: string;
}

export interface CellFilter {
  readonly newestFirst: boolean;
  readonly kinds: readonly string[] | null;
  readonly experimentId: string | null;
  /** Matched against names, commands, notes, subjects and paths, in any case. */
  readonly text: string;
}

/** A cell of the outline, which holds all of them. */
export interface OutlineRecord extends CellKey {
  experiment: string | null;
  /** 1 for a commit that changed no param and no metric, and that nothing points at. */
  quiet: number;
}

interface Branch {
  readonly from: string;
  readonly where?: string;
  readonly at: string;
  readonly id: string;
  /** Id of the experiment; without, the cell belongs to none. */
  readonly experiment?: string;
  readonly text: string;
  readonly quiet?: string;
}

const lines = (...parts: string[]): string => parts.join(' || char(10) || ');

/** Where the cells of each kind come from. */
const branches: Readonly<Record<StoredCellKind, Branch>> = {
  run: {
    from: 'runs r JOIN experiments e ON e.id = r.experiment_id',
    where: 'r.deleted_at IS NULL',
    at: 'r.created_at',
    id: 'r.id',
    experiment: 'r.experiment_id',
    text: lines('r.name', 'r.command', 'r.note', "printf('%02d.%d', e.number, r.number)"),
  },
  commit: {
    from: 'commits c',
    at: 'c.committed_at',
    id: 'c.oid',
    text: lines('c.subject', 'c.body', 'c.author', 'c.oid'),
    quiet: `c.oid NOT IN (SELECT oid FROM commit_refs)
      AND NOT EXISTS (SELECT 1 FROM commit_changes x WHERE x.oid = c.oid AND x.kind IN ('param', 'metric'))`,
  },
  // A data cell stands right after its commit: ties are broken by kind.
  data: {
    from: 'commits c',
    where: "EXISTS (SELECT 1 FROM commit_changes x WHERE x.oid = c.oid AND x.kind = 'data')",
    at: 'c.committed_at',
    id: 'c.oid',
    text: lines(
      "(SELECT group_concat(x.path, char(10)) FROM commit_changes x WHERE x.oid = c.oid AND x.kind = 'data')",
      'c.oid',
    ),
  },
  note: {
    from: 'notes n',
    where: 'n.deleted_at IS NULL',
    at: 'n.at',
    id: 'n.id',
    text: 'n.body',
  },
  bundle: {
    from: 'bundles b LEFT JOIN runs r ON r.id = b.run_id',
    at: 'b.at',
    id: 'b.id',
    experiment: 'r.experiment_id',
    text: lines('b.label', 'b.path'),
  },
  promotion: {
    from: `promotions p LEFT JOIN model_versions v ON v.name = p.name AND v.version = p.version
      LEFT JOIN runs r ON r.id = v.run_id`,
    at: 'p.at',
    id: 'CAST(p.id AS TEXT)',
    experiment: 'r.experiment_id',
    text: lines('p.name', 'p.value'),
  },
};

/** One page of keys. @param after where the page before ended */
export function readCellKeys(
  store: Store,
  filter: CellFilter & { readonly after: CellKey | null; readonly limit: number },
): CellKey[] {
  const [compare, order] = filter.newestFirst ? ['<', 'DESC'] : ['>', 'ASC'];
  const { after, limit } = filter;
  const keys = wanted(filter).flatMap(([kind, branch]) => {
    const { at, id } = branch;
    // What is at the same moment but of another kind is decided by the kind alone.
    const past = after === null ? '1' : `(${at}, '${kind}', ${id}) ${compare} (@at, @kind, @id)`;
    const near = after === null ? '1' : `${at} ${compare}= @at`;
    return store
      .prepare<unknown[], CellKey>(
        `SELECT '${kind}' AS kind, ${at} AS at, ${id} AS id FROM ${branch.from}
         WHERE ${near} AND ${past} AND ${conditions(branch, filter)}
         ORDER BY ${at} ${order}, ${id} ${order} LIMIT @limit`,
      )
      .all({ ...bind(filter), ...after, limit });
  });
  return keys.sort(inOrder(filter)).slice(0, limit);
}

/** The keys of every cell, with as little beside them as the notebook needs to lay itself out. */
export function readOutline(store: Store, filter: CellFilter): OutlineRecord[] {
  const all: OutlineRecord[] = [];
  for (const [kind, branch] of wanted(filter)) {
    // Rows as arrays, and nothing in them that is known: half the time for 50 000.
    const rows = store.db
      .prepare<unknown[], [number, string, (string | null)?, number?]>(
        `SELECT ${branch.at}, ${branch.id}
           ${branch.experiment === undefined && branch.quiet === undefined ? '' : `, ${branch.experiment ?? 'NULL'}`}
           ${branch.quiet === undefined ? '' : `, ${branch.quiet}`}
         FROM ${branch.from} WHERE ${conditions(branch, filter)}`,
      )
      .raw()
      .all(bind(filter)) as [number, string, (string | null)?, number?][];
    for (const [at, id, experiment = null, quiet = 0] of rows) {
      all.push({ kind, at, id, experiment, quiet });
    }
  }
  return all.sort(inOrder(filter));
}

export function countCells(store: Store, filter: CellFilter): number {
  let count = 0;
  for (const [, branch] of wanted(filter)) {
    const sql = `SELECT count(*) AS n FROM ${branch.from} WHERE ${conditions(branch, filter)}`;
    count += store.prepare<unknown[], { n: number }>(sql).get(bind(filter))?.n ?? 0;
  }
  return count;
}

function wanted({ kinds, experimentId }: CellFilter): [StoredCellKind, Branch][] {
  return (Object.entries(branches) as [StoredCellKind, Branch][]).filter(
    ([kind, branch]) =>
      (kinds === null || kinds.includes(kind)) &&
      (experimentId === null || branch.experiment !== undefined),
  );
}

/** Only what is asked for is in the text: without a filter, the index alone is read. */
function conditions(branch: Branch, filter: CellFilter): string {
  return [
    branch.where ?? '1',
    filter.experimentId === null ? '1' : `${branch.experiment} = @experiment`,
    filter.text === '' ? '1' : `instr(lower(${branch.text}), @text) > 0`,
  ].join(' AND ');
}

function bind(filter: CellFilter): Record<string, string> {
  return {
    ...(filter.experimentId === null ? {} : { experiment: filter.experimentId }),
    ...(filter.text === '' ? {} : { text: filter.text.toLowerCase() }),
  };
}

function inOrder({ newestFirst }: CellFilter): (a: CellKey, b: CellKey) => number {
  const sign = newestFirst ? -1 : 1;
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return (a, b) => sign * (a.at - b.at || compare(a.kind, b.kind) || compare(a.id, b.id));
}
