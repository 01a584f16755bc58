/** Models that runs logged, as MLflow 3 has them (mlflow/store/tracking/dbmodels/models.py). */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ForeignDatabase } from '../foreign-database.ts';
import type { ImportedLoggedModel } from '../types.ts';
import { artifactRootOf } from './artifacts.ts';

const mostRows = 100_000;

interface Row {
  readonly model_id: string | null;
  readonly name: string | null;
  readonly artifact_location: string | null;
  readonly creation_timestamp_ms: number | null;
  readonly last_updated_timestamp_ms: number | null;
  readonly status: number | null;
  readonly model_type: string | null;
  readonly source_run_id: string | null;
}

/** The numbers of MLflow's `LoggedModelStatus`. */
const statuses: Readonly<Record<number, ImportedLoggedModel['status']>> = {
  1: 'PENDING',
  2: 'READY',
  3: 'FAILED',
};

/** By the run that made them, in the order in which they were made; none of MLflow 2. */
export function readLoggedModels(
  database: ForeignDatabase,
  root: string,
  path: string,
): Map<string, ImportedLoggedModel[]> {
  const found = new Map<string, ImportedLoggedModel[]>();
  if (database.columns('logged_models')?.has('source_run_id') !== true) return found;
  const rows = database.db
    .prepare<[], Row>(
      `SELECT model_id, name, artifact_location, creation_timestamp_ms, last_updated_timestamp_ms,
         status, model_type, source_run_id FROM logged_models
       WHERE source_run_id IS NOT NULL AND lifecycle_stage = 'active'
       ORDER BY creation_timestamp_ms, model_id LIMIT ${mostRows}`,
    )
    .all();
  for (const row of rows) {
    const run = String(row.source_run_id);
    // Its id becomes the name of a folder elsewhere.
    if (!/^m-[0-9a-f]{32}$/.test(String(row.model_id))) continue;
    const own = found.get(run) ?? [];
    found.set(run, own);
    const here = artifactRootOf(root, path, row.artifact_location);
    const createdAt = Number(row.creation_timestamp_ms ?? 0);
    own.push({
      id: String(row.model_id),
      name: String(row.name ?? ''),
      type: String(row.model_type ?? ''),
      status: statuses[Number(row.status)] ?? 'READY',
      location:
        here === null ? String(row.artifact_location) : pathToFileURL(join(root, here)).href,
      createdAt,
      updatedAt: Number(row.last_updated_timestamp_ms ?? createdAt),
    });
  }
  return found;
}
