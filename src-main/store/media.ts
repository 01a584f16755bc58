/** What was logged to look at over steps: where it lies. */
import type { Store } from './store.ts';

export interface MediaStep {
  readonly run_id: string;
  readonly key: string;
  readonly kind: string;
  readonly step: number;
}

export interface MediaPlaceRecord {
  /** In the workspace, a URL, or among the run's artifacts when it was kept. */
  readonly path: string;
  /** -1: the whole file. */
  readonly at: number;
  readonly length: number | null;
  readonly kind: string;
}

/** The steps of every key, each once, in their order. */
export function readMediaSteps(
  store: Store,
  runIds: readonly string[],
  limit: number,
): MediaStep[] {
  return store
    .prepare<[string, number], MediaStep>(
      `SELECT r.id AS run_id, n.name AS key, min(m.kind) AS kind, m.step
       FROM media m JOIN runs r ON r.seq = m.run JOIN names n ON n.id = m.name
       WHERE r.id IN (SELECT value FROM json_each(?))
       GROUP BY m.run, m.name, m.step ORDER BY n.name, m.run, m.step LIMIT ?`,
    )
    .all(JSON.stringify(runIds), limit);
}

/** The steps of one key of a run, each once, rising. */
export function readKeySteps(store: Store, runId: string, key: string, kind: string): number[] {
  return store
    .prepare<[string, string, string], { step: number }>(
      `SELECT DISTINCT m.step FROM media m JOIN runs r ON r.seq = m.run JOIN names n ON n.id = m.name
       WHERE r.id = ? AND n.name = ? AND m.kind = ? ORDER BY m.step`,
    )
    .all(runId, key, kind)
    .map(({ step }) => step);
}

export interface NewestPicture extends MediaPlaceRecord {
  readonly run_id: string;
  readonly key: string;
}

/** Of every key under which runs logged pictures, the one of the last step. */
export function readNewestPictures(store: Store, runIds: readonly string[]): NewestPicture[] {
  // With max(), SQLite takes the other columns from the row that has it.
  return store
    .prepare<[string], NewestPicture & { step: number }>(
      `SELECT r.id AS run_id, n.name AS key, m.path, m.at, m.length, m.kind, max(m.step) AS step
       FROM media m JOIN runs r ON r.seq = m.run JOIN names n ON n.id = m.name
       WHERE r.id IN (SELECT value FROM json_each(?)) AND m.kind = 'image'
       GROUP BY m.run, m.name ORDER BY n.name`,
    )
    .all(JSON.stringify(runIds));
}

export function readMediaPlaces(
  store: Store,
  runId: string,
  key: string,
  step: number,
): MediaPlaceRecord[] {
  return store
    .prepare<[string, string, number], MediaPlaceRecord>(
      `SELECT m.path, m.at, m.length, m.kind
       FROM media m JOIN runs r ON r.seq = m.run JOIN names n ON n.id = m.name
       WHERE r.id = ? AND n.name = ? AND m.step = ? ORDER BY m.path, m.at LIMIT 64`,
    )
    .all(runId, key, step);
}

/** Whether a run was taken into the store for good: then its media are among its artifacts. */
export function isKept(store: Store, runId: string): boolean {
  return (
    store
      .prepare<[string], { n: number }>(
        'SELECT count(*) AS n FROM run_sources WHERE run_id = ? AND kept_at IS NOT NULL',
      )
      .get(runId)?.n !== 0
  );
}

/** The folders and files that were brought in from elsewhere, as URLs or absolute paths. */
export function readSourcePaths(store: Store, runId: string): string[] {
  return store
    .prepare<[string], { path: string }>(
      'SELECT s.path FROM run_sources r JOIN sources s ON s.id = r.source_id WHERE r.run_id = ?',
    )
    .all(runId)
    .map((row) => row.path);
}
