/** Queries over the keys of params, metrics and tags: which there are, and whether runs agree. */
import type { Store } from './store.ts';

export type KeyKind = 'param' | 'metric' | 'tag';

/** What some runs have under one key. Of a param, `file` is where it comes from; '' is the main one. */
export interface KeyRecord {
  readonly kind: KeyKind;
  readonly name: number;
  readonly key: string;
  readonly file: string;
  /** How many of the runs have it, and how many of those a value that is not NaN. */
  readonly runs: number;
  readonly valued: number;
  readonly lowest: string | number | null;
  readonly highest: string | number | null;
}

const mainFile = `CASE WHEN p.file = 'params.yaml' THEN '' ELSE p.file END`;

/** Every key that any of some runs has. */
export function readKeysOf(store: Store, seqs: readonly number[]): KeyRecord[] {
  const each = 'json_each(@seqs) j CROSS JOIN';
  return store
    .prepare<[{ seqs: string }], KeyRecord>(
      `SELECT 'metric' AS kind, k.name, n.name AS key, '' AS file, k.runs, k.valued, k.lowest, k.highest
         FROM (SELECT s.name AS name, count(*) AS runs, count(s.last) AS valued,
                 min(s.last) AS lowest, max(s.last) AS highest
               FROM ${each} metric_series s ON s.run = j.value GROUP BY s.name) k
         JOIN names n ON n.id = k.name
       UNION ALL
       SELECT 'param', k.name, n.name, k.file, k.runs, k.runs, k.lowest, k.highest
         FROM (SELECT p.name AS name, ${mainFile} AS file, count(DISTINCT p.run) AS runs,
                 min(p.value) AS lowest, max(p.value) AS highest
               FROM ${each} params p ON p.run = j.value GROUP BY p.name, ${mainFile}) k
         JOIN names n ON n.id = k.name
       UNION ALL
       SELECT 'tag', k.name, n.name, '', k.runs, k.runs, k.lowest, k.highest
         FROM (SELECT t.name AS name, count(*) AS runs, min(t.value) AS lowest, max(t.value) AS highest
               FROM ${each} tags t ON t.run = j.value GROUP BY t.name) k
         JOIN names n ON n.id = k.name`,
    )
    .all({ seqs: JSON.stringify(seqs) });
}

/** Every key that any run has, also those in the trash: found by index, not by looking at the runs. */
export function readAllKeys(
  store: Store,
): { kind: KeyKind; name: number; key: string; file: string }[] {
  return store
    .prepare<[], { kind: KeyKind; name: number; key: string; file: string }>(
      `SELECT 'metric' AS kind, n.id AS name, n.name AS key, '' AS file FROM names n
         WHERE EXISTS (SELECT 1 FROM metric_series s INDEXED BY metric_series_last WHERE s.name = n.id)
       UNION ALL
       SELECT 'param', id, key, CASE WHEN file = 'params.yaml' THEN '' ELSE file END FROM (
         SELECT n.id AS id, n.name AS key,
           (SELECT p.file FROM params p INDEXED BY params_value WHERE p.name = n.id LIMIT 1) AS file
         FROM names n) WHERE file IS NOT NULL
       UNION ALL
       SELECT 'tag', n.id, n.name, '' FROM names n
         WHERE EXISTS (SELECT 1 FROM tags t INDEXED BY tags_name WHERE t.name = n.id)`,
    )
    .all();
}

const valuesOf: Readonly<Record<KeyKind, string>> = {
  metric: 'SELECT run, last FROM metric_series INDEXED BY metric_series_last WHERE name = ?',
  param: `SELECT run, value, CASE WHEN file = 'params.yaml' THEN '' ELSE file END
    FROM params INDEXED BY params_value WHERE name = ?`,
  tag: 'SELECT run, value FROM tags INDEXED BY tags_name WHERE name = ?',
};

/** What all runs have under a key, one by one: `seq`, value, and of a param the file. */
export function walkValues(
  store: Store,
  { kind, name }: { kind: KeyKind; name: number },
): IterableIterator<[number, string | number | null, string?]> {
  return store.db
    .prepare<[number], [number, string | number | null, string?]>(valuesOf[kind])
    .raw()
    .iterate(name) as IterableIterator<[number, string | number | null, string?]>;
}
