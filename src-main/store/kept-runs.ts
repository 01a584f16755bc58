/** Queries about taking runs of other tools into the store for good. */
import type { Store } from './store.ts';

/** A run of another tool that still depends on where it was found. */
export interface KeepableRun {
  readonly id: string;
  readonly seq: number;
  readonly name: string;
  readonly status: string;
  readonly artifact_root: string | null;
}

export interface MediaPlace {
  readonly path: string;
}

/** Of some sources, or some runs by their ids, in the order of their numbers. */
export function readKeepable(
  store: Store,
  wanted: { readonly sources: readonly number[] } | { readonly runs: readonly string[] },
): KeepableRun[] {
  const bySource = 'sources' in wanted;
  return store
    .prepare<[string], KeepableRun>(
      `SELECT r.id, r.seq, r.name, r.status, r.artifact_root
       FROM runs r JOIN experiments e ON e.id = r.experiment_id
       WHERE r.kind = 'imported' AND r.id IN (
         SELECT x.run_id FROM run_sources x GROUP BY x.run_id
         HAVING max(x.kept_at) IS NULL AND max(x.${bySource ? 'source_id' : 'run_id'} IN (
           SELECT value FROM json_each(?))))
       ORDER BY e.number, r.number`,
    )
    .all(JSON.stringify(bySource ? wanted.sources : wanted.runs));
}

/** Whether a run was taken into the store: no source speaks for it any more. */
export function isKept(store: Store, runId: string): boolean {
  return (
    store
      .prepare<[string], { one: 1 }>(
        'SELECT 1 AS one FROM run_sources WHERE run_id = ? AND kept_at IS NOT NULL LIMIT 1',
      )
      .get(runId) !== undefined
  );
}

/** Every folder that some run has as its own. */
export function readArtifactRoots(store: Store): string[] {
  return store
    .prepare<[], { artifact_root: string }>(
      'SELECT DISTINCT artifact_root FROM runs WHERE artifact_root IS NOT NULL',
    )
    .all()
    .map((row) => row.artifact_root);
}

/** The files that things to look at of a run lie in, each once. */
export function readMediaPaths(store: Store, run: number): string[] {
  return store
    .prepare<[number], MediaPlace>('SELECT DISTINCT path FROM media WHERE run = ?')
    .all(run)
    .map((row) => row.path);
}

/**
 * Detaches a run from its sources. Call inside a transaction.
 * @param media old path → path among the run's artifacts
 */
export function markKept(
  store: Store,
  run: Pick<KeepableRun, 'id' | 'seq'>,
  change: {
    readonly artifactRoot: string | null;
    readonly media: ReadonlyMap<string, string>;
    /** Ids of its models whose files are in the store now. */
    readonly models: readonly string[];
    readonly at: number;
  },
): void {
  store.prepare('UPDATE runs SET artifact_root = ? WHERE id = ?').run(change.artifactRoot, run.id);
  store
    .prepare('UPDATE run_sources SET kept_at = ?, gone_at = NULL WHERE run_id = ?')
    .run(change.at, run.id);
  store
    .prepare(
      'UPDATE logged_models SET artifact_root = NULL WHERE id IN (SELECT value FROM json_each(?))',
    )
    .run(JSON.stringify(change.models));
  const move = store.prepare('UPDATE media SET path = ? WHERE run = ? AND path = ?');
  for (const [from, to] of change.media) if (from !== to) move.run(to, run.seq, from);
}
