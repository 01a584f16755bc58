/** Queries over executions, artifacts and events. */
import type { Store } from './store.ts';

export interface ExecutionRecord {
  id: string;
  run_id: string;
  stage: string;
  position: number;
  state: string;
  command: string;
  reason: string;
  started_at: number | null;
  ended_at: number | null;
  exit_code: number | null;
  peak_memory: number | null;
  cpu_seconds: number | null;
}

export interface EventRecord {
  run_id: string;
  stage: string;
  type: 'INPUT' | 'OUTPUT';
  role: 'dep' | 'out' | 'metric' | 'plot';
  path: string;
  hash: string | null;
  size: number | null;
  files: number | null;
}

export type ExecutionChange = Partial<Omit<ExecutionRecord, 'id' | 'run_id' | 'stage'>>;

export function readExecutions(store: Store, runIds: readonly string[]): ExecutionRecord[] {
  return store
    .prepare<[string], ExecutionRecord>(
      `SELECT * FROM executions WHERE run_id IN (SELECT value FROM json_each(?))
       ORDER BY run_id, position`,
    )
    .all(JSON.stringify(runIds));
}

export function readEvents(store: Store, runIds: readonly string[]): EventRecord[] {
  return store
    .prepare<[string], EventRecord>(
      `SELECT x.run_id, x.stage, v.type, v.role, v.path, a.hash, a.size, a.files
       FROM events v JOIN executions x ON x.id = v.execution_id
       LEFT JOIN artifacts a ON a.id = v.artifact_id
       WHERE x.run_id IN (SELECT value FROM json_each(?))
       ORDER BY x.run_id, x.position, v.type, v.path`,
    )
    .all(JSON.stringify(runIds));
}

export function insertExecution(store: Store, record: ExecutionRecord): void {
  store
    .prepare(
      `INSERT INTO executions VALUES (@id, @run_id, @stage, @position, @state, @command, @reason,
         @started_at, @ended_at, @exit_code, @peak_memory, @cpu_seconds)`,
    )
    .run(record);
}

/** With their events. */
export function deleteExecutions(store: Store, runId: string): void {
  store.prepare('DELETE FROM executions WHERE run_id = ?').run(runId);
}

export function updateExecution(store: Store, id: string, change: ExecutionChange): void {
  const columns = Object.keys(change);
  if (columns.length === 0) return;
  const assignments = columns.map((column) => `${column} = @${column}`).join(', ');
  store.prepare(`UPDATE executions SET ${assignments} WHERE id = @id`).run({ ...change, id });
}

/** The artifact with this content, made when it is new. */
export function upsertArtifact(
  store: Store,
  artifact: { hash: string; size: number | null; files: number | null },
): number {
  const row = store
    .prepare<[typeof artifact], { id: number }>(
      `INSERT INTO artifacts (hash, size, files) VALUES (@hash, @size, @files)
       ON CONFLICT (hash) DO UPDATE SET size = coalesce(excluded.size, size),
         files = coalesce(excluded.files, files) RETURNING id`,
    )
    .get(artifact);
  if (row === undefined) throw new Error(`no artifact for ${artifact.hash}`);
  return row.id;
}

export function upsertEvent(
  store: Store,
  event: {
    executionId: string;
    artifactId: number | null;
    type: string;
    role: string;
    path: string;
  },
): void {
  store
    .prepare(
      `INSERT INTO events (execution_id, artifact_id, type, role, path)
       VALUES (@executionId, @artifactId, @type, @role, @path)
       ON CONFLICT DO UPDATE SET artifact_id = excluded.artifact_id, role = excluded.role`,
    )
    .run(event);
}

/** Runs that read or wrote this content, newest first. */
export function readRunsOfArtifact(store: Store, hash: string): { run_id: string; type: string }[] {
  return store
    .prepare<[string], { run_id: string; type: string }>(
      `SELECT DISTINCT x.run_id, v.type FROM artifacts a JOIN events v ON v.artifact_id = a.id
       JOIN executions x ON x.id = v.execution_id WHERE a.hash = ?`,
    )
    .all(hash);
}

/** Every content that a run refers to, and forgetting of those that none does any more. */
export function readReferencedHashes(store: Store): Set<string> {
  store
    .prepare(
      'DELETE FROM artifacts WHERE id NOT IN (SELECT artifact_id FROM events WHERE artifact_id IS NOT NULL)',
    )
    .run();
  const rows = store.prepare<[], { hash: string }>('SELECT hash FROM artifacts').all();
  return new Set(rows.map((row) => row.hash));
}
