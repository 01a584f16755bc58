/** Queries that lead from a run to others: by contents, by logged models, by bundles. */
import type { Store } from './store.ts';

const given = '(SELECT value FROM json_each(?))';

export interface ContentUse {
  hash: string;
  run_id: string;
  type: 'INPUT' | 'OUTPUT';
  /** Whether a pipeline only found that it was there already. */
  cached: number;
  at: number;
}

/** The runs, not in the trash, that wrote or read some contents, oldest first. */
export function readUsesOfContents(
  store: Store,
  hashes: readonly string[],
  type: 'INPUT' | 'OUTPUT',
): ContentUse[] {
  return store
    .prepare<[string, string], ContentUse>(
      `SELECT a.hash, x.run_id, v.type, min(x.state = 'cached') AS cached,
         coalesce(r.started_at, r.created_at) AS at
       FROM artifacts a JOIN events v ON v.artifact_id = a.id JOIN executions x ON x.id = v.execution_id
         JOIN runs r ON r.id = x.run_id
       WHERE a.hash IN ${given} AND v.type = ? AND r.deleted_at IS NULL
       GROUP BY a.hash, x.run_id ORDER BY at, x.run_id`,
    )
    .all(JSON.stringify(hashes), type);
}

export interface ModelUse {
  run_id: string;
  model_id: string;
  name: string;
  direction: 'INPUT' | 'OUTPUT';
}

/** The logged models that some runs read or made. */
export function readModelsOfRuns(store: Store, runIds: readonly string[]): ModelUse[] {
  return store
    .prepare<[string, string], ModelUse>(
      `SELECT r.id AS run_id, m.id AS model_id, m.name, l.direction
       FROM runs r JOIN run_models l ON l.run = r.seq JOIN logged_models m ON m.id = l.model_id
       WHERE r.id IN ${given} AND m.deleted_at IS NULL
       UNION SELECT m.source_run_id, m.id, m.name, 'OUTPUT' FROM logged_models m
       WHERE m.source_run_id IN ${given} AND m.deleted_at IS NULL ORDER BY 3, 2`,
    )
    .all(JSON.stringify(runIds), JSON.stringify(runIds));
}

/** The runs, not in the trash, that read or made some logged models, oldest first. */
export function readRunsOfModels(store: Store, modelIds: readonly string[]): ModelUse[] {
  return store
    .prepare<[string, string], ModelUse>(
      `SELECT run_id, model_id, name, direction FROM (
         SELECT r.id AS run_id, m.id AS model_id, m.name, l.direction, r.created_at AS at
         FROM logged_models m JOIN run_models l ON l.model_id = m.id JOIN runs r ON r.seq = l.run
         WHERE m.id IN ${given} AND r.deleted_at IS NULL
         UNION SELECT r.id, m.id, m.name, 'OUTPUT', r.created_at
         FROM logged_models m JOIN runs r ON r.id = m.source_run_id
         WHERE m.id IN ${given} AND r.deleted_at IS NULL)
       ORDER BY at, run_id`,
    )
    .all(JSON.stringify(modelIds), JSON.stringify(modelIds));
}

export interface VersionOfRun {
  name: string;
  version: number;
  run_id: string | null;
  model_id: string | null;
}

/** The registered versions that were made from some runs. */
export function readVersionsOfRuns(store: Store, runIds: readonly string[]): VersionOfRun[] {
  return store
    .prepare<[string], VersionOfRun>(
      `SELECT name, version, run_id, model_id FROM model_versions WHERE run_id IN ${given}
       ORDER BY name, version`,
    )
    .all(JSON.stringify(runIds));
}

export interface BundleOfRun {
  id: string;
  direction: 'exported' | 'reproduced';
  path: string;
  run_id: string;
}

/** The bundles that runs were handed over in, or came from. */
export function readBundlesOfRuns(store: Store, runIds: readonly string[]): BundleOfRun[] {
  return store
    .prepare<[string], BundleOfRun>(
      `SELECT id, direction, path, run_id FROM bundles WHERE run_id IN ${given} ORDER BY at`,
    )
    .all(JSON.stringify(runIds));
}

export interface DatasetOfRun {
  run_id: string;
  name: string;
  digest: string;
}

/** The datasets that clients said some runs used. */
export function readDatasetsOfRuns(store: Store, runIds: readonly string[]): DatasetOfRun[] {
  return store
    .prepare<[string], DatasetOfRun>(
      `SELECT r.id AS run_id, d.name, d.digest
       FROM runs r JOIN run_datasets l ON l.run = r.seq JOIN datasets d ON d.id = l.dataset_id
       WHERE r.id IN ${given} ORDER BY d.id`,
    )
    .all(JSON.stringify(runIds));
}

/** When some runs began. */
export function readStarts(store: Store, runIds: readonly string[]): Map<string, number> {
  const rows = store
    .prepare<[string], { id: string; at: number }>(
      `SELECT id, coalesce(started_at, created_at) AS at FROM runs WHERE id IN ${given}`,
    )
    .all(JSON.stringify(runIds));
  return new Map(rows.map(({ id, at }) => [id, at]));
}
