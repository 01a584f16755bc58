/** Queries over the datasets that runs used. */
import type { Store } from './store.ts';

export interface DatasetRecord {
  experiment_id: string;
  name: string;
  digest: string;
  source_type: string;
  source: string;
  schema: string | null;
  profile: string | null;
}

/** @returns the number of the dataset; one of the same name and digest stays as it is */
export function ensureDataset(store: Store, dataset: DatasetRecord): number {
  const find = () =>
    store
      .prepare<[string, string, string], { id: number }>(
        'SELECT id FROM datasets WHERE experiment_id = ? AND name = ? AND digest = ?',
      )
      .get(dataset.experiment_id, dataset.name, dataset.digest)?.id;
  return (
    find() ??
    Number(
      store
        .prepare(
          `INSERT INTO datasets (experiment_id, name, digest, source_type, source, schema, profile)
           VALUES (@experiment_id, @name, @digest, @source_type, @source, @schema, @profile)`,
        )
        .run(dataset).lastInsertRowid,
    )
  );
}

/** Notes that a run used a dataset; what was noted of the two before stays. */
export function linkDataset(
  store: Store,
  run: number,
  dataset: number,
  tags: Readonly<Record<string, string>>,
): void {
  store
    .prepare('INSERT OR IGNORE INTO run_datasets (run, dataset_id, tags) VALUES (?, ?, ?)')
    .run(run, dataset, JSON.stringify(tags));
}

export interface UsedDataset extends Omit<DatasetRecord, 'experiment_id'> {
  run: number;
  /** A JSON object. */
  tags: string;
}

/** The datasets of some runs, in the order in which they were first seen. */
export function readDatasetsOf(store: Store, seqs: readonly number[]): UsedDataset[] {
  return store
    .prepare<[string], UsedDataset>(
      `SELECT l.run, d.name, d.digest, d.source_type, d.source, d.schema, d.profile, l.tags
       FROM run_datasets l JOIN datasets d ON d.id = l.dataset_id
       WHERE l.run IN (SELECT value FROM json_each(?)) ORDER BY l.run, d.id`,
    )
    .all(JSON.stringify(seqs));
}

export interface DatasetSummary {
  experiment_id: string;
  name: string;
  digest: string;
  /** What it was used for: `training`, `evaluation`. */
  context: string | null;
}

/** Which datasets the runs of some experiments used, and what for; each once. */
export function readDatasetSummaries(
  store: Store,
  experimentIds: readonly string[],
  limit: number,
): DatasetSummary[] {
  return store
    .prepare<[string, number], DatasetSummary>(
      `SELECT DISTINCT r.experiment_id, d.name, d.digest,
         json_extract(l.tags, '$."mlflow.data.context"') AS context
       FROM runs r JOIN run_datasets l ON l.run = r.seq JOIN datasets d ON d.id = l.dataset_id
       WHERE r.experiment_id IN (SELECT value FROM json_each(?))
       ORDER BY d.name, d.digest, context LIMIT ?`,
    )
    .all(JSON.stringify(experimentIds), limit);
}
