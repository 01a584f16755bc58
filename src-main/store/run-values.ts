/** Queries that count which values there are, the most frequent first. */
import type { Store } from './store.ts';

/** `%` and `_` of what was typed mean themselves. */
function containing(asked: string): string {
  return `%${asked.replace(/[\\%_]/g, '\\$&')}%`;
}

type Counted = [string, number];
const nameId = '(SELECT id FROM names WHERE name = ?)';

/** Values of a param that contain a text, in any case of ASCII letters. */
export function countParam(store: Store, key: string, asked: string, limit: number): Counted[] {
  return store
    .prepare<[string, string, number], Counted>(
      `SELECT value, count(*) FROM params INDEXED BY params_value
       WHERE name = ${nameId} AND value LIKE ? ESCAPE '\\'
       GROUP BY value ORDER BY 2 DESC, 1 LIMIT ?`,
    )
    .raw()
    .all(key, containing(asked), limit) as Counted[];
}

export function countTag(store: Store, key: string, asked: string, limit: number): Counted[] {
  return store
    .prepare<[string, string, number], Counted>(
      `SELECT value, count(*) FROM tags WHERE name = ${nameId} AND value LIKE ? ESCAPE '\\'
       GROUP BY value ORDER BY 2 DESC, 1 LIMIT ?`,
    )
    .raw()
    .all(key, containing(asked), limit) as Counted[];
}

/** @param sql an expression over `runs r JOIN experiments e` */
export function countAttribute(store: Store, sql: string, asked: string, limit: number): Counted[] {
  return store.db
    .prepare<[string, number], Counted>(
      `SELECT v, count(*) FROM (SELECT ${sql} AS v FROM runs r
         JOIN experiments e ON e.id = r.experiment_id WHERE r.deleted_at IS NULL)
       WHERE v <> '' AND v LIKE ? ESCAPE '\\' GROUP BY v ORDER BY 2 DESC, 1 LIMIT ?`,
    )
    .raw()
    .all(containing(asked), limit) as Counted[];
}
