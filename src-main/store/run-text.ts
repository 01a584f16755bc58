/** Queries over the words of runs: which have changed, what they are now, who has them. */
import type { SeqStatement } from './run-search.ts';
import type { Store } from './store.ts';

/** Longest text taken of one param, tag, note or command. */
const longestPart = 4000;

/** Notes that the params or tags of a run have changed. Call inside a transaction. */
export function noteReworded(store: Store, run: number): void {
  if (store.reworded.has(run)) return;
  store.prepare('INSERT OR IGNORE INTO run_text_stale VALUES (?)').run(run);
  if (store.db.inTransaction) store.reworded.add(run);
}

/** Runs whose words changed since they were indexed, also such as are gone. */
export function readStaleRuns(store: Store, limit: number): number[] {
  return store
    .prepare<[number], number>('SELECT run FROM run_text_stale ORDER BY run LIMIT ?')
    .pluck()
    .all(limit);
}

/** Words of runs, a row for each that has any; params and tags with their keys. */
export function readRunTexts(
  store: Store,
  seqs: readonly number[],
): { run: number; id: string; text: string }[] {
  return store
    .prepare<unknown[], { run: number; id: string; text: string }>(
      `SELECT r.seq AS run, r.id, concat_ws(char(10), r.id, r.name, substr(r.note, 1, @part),
         substr(r.command, 1, @part), r.notebook, substr(r.error, 1, @part), r.user_name,
         (SELECT group_concat(n.name || ' ' || substr(p.value, 1, @part), char(10))
            FROM params p JOIN names n ON n.id = p.name WHERE p.run = r.seq),
         (SELECT group_concat(n.name || ' ' || substr(t.value, 1, @part), char(10))
            FROM tags t JOIN names n ON n.id = t.name WHERE t.run = r.seq)) AS text
       FROM runs r WHERE r.seq IN (SELECT value FROM json_each(@seqs))`,
    )
    .all({ seqs: JSON.stringify(seqs), part: longestPart });
}

/** Stages of runs: a log for each. */
export function readStages(
  store: Store,
  ids: readonly string[],
): { run_id: string; stage: string }[] {
  return store
    .prepare<[string], { run_id: string; stage: string }>(
      'SELECT run_id, stage FROM executions WHERE run_id IN (SELECT value FROM json_each(?))',
    )
    .all(JSON.stringify(ids));
}

/** Replaces the words of runs; those without a text are forgotten. Call inside a transaction. */
export function writeRunTexts(
  store: Store,
  seqs: readonly number[],
  texts: ReadonlyMap<number, string>,
): void {
  const remove = store.prepare('DELETE FROM run_text WHERE rowid = ?');
  const insert = store.prepare('INSERT INTO run_text (rowid, text) VALUES (?, ?)');
  const fresh = store.prepare('DELETE FROM run_text_stale WHERE run = ?');
  for (const seq of seqs) {
    remove.run(seq);
    const text = texts.get(seq);
    if (text !== undefined) insert.run(seq, text);
    fresh.run(seq);
    store.reworded.delete(seq);
  }
}

/** @param expression in FTS5's own language */
export function textStatement(expression: string): SeqStatement {
  return { sql: 'SELECT rowid FROM run_text WHERE run_text MATCH ?', params: [expression] };
}
