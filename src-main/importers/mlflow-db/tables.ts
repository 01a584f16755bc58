/** MLflow's tables as far as they are there: older databases lack some of them, and some columns. */
import type Database from 'better-sqlite3';
import { CairnError } from '../../base/errors.ts';
import type { ForeignDatabase } from '../foreign-database.ts';

export interface RunRow {
  readonly run_uuid: string;
  readonly name: string | null;
  readonly user_id: string | null;
  readonly status: string | null;
  readonly start_time: number | null;
  readonly end_time: number | null;
  readonly lifecycle_stage: string | null;
  readonly artifact_uri: string | null;
  readonly source_name: string | null;
  readonly experiment_id: number;
  readonly experiment: string | null;
  readonly experiment_stage: string | null;
}

export interface ValueRow {
  readonly rowid: number;
  readonly run_uuid: string;
  readonly key: string;
  readonly value: string | null;
}

/** rowid, run, key, value, timestamp, step, is NaN. */
export type MetricRow = readonly [number, string, string, number | null, number, number, number];

export interface InputRow {
  readonly run_uuid: string;
  readonly input_uuid: string;
  readonly name: string;
  readonly digest: string;
  readonly dataset_source_type: string;
  readonly dataset_source: string;
  readonly dataset_schema: string | null;
  readonly dataset_profile: string | null;
}

export class Tables {
  readonly #db: Database.Database;
  readonly #open: ForeignDatabase;
  readonly #runs: ReadonlySet<string>;

  /** @throws CairnError `unsupported` when these are not MLflow's tables */
  constructor(open: ForeignDatabase) {
    this.#open = open;
    this.#db = open.db;
    const runs = open.columns('runs');
    if (!runs?.has('run_uuid') || open.columns('experiments') === null) {
      throw new CairnError(
        'unsupported',
        'It has no tables of MLflow. A database that was only just made gets them with the first run.',
      );
    }
    this.#runs = runs;
  }

  /** The tables that hold values of runs and are there. */
  has(table: 'params' | 'tags' | 'metrics'): boolean {
    return this.#open.columns(table)?.has('run_uuid') === true;
  }

  runs(): RunRow[] {
    const column = (name: string) => (this.#runs.has(name) ? `r.${name}` : `NULL AS ${name}`);
    return this.#db
      .prepare<[], RunRow>(
        `SELECT r.run_uuid, ${column('name')}, ${column('user_id')}, ${column('status')},
           ${column('start_time')}, ${column('end_time')}, ${column('lifecycle_stage')},
           ${column('artifact_uri')}, ${column('source_name')}, r.experiment_id,
           e.name AS experiment, e.lifecycle_stage AS experiment_stage
         FROM runs r LEFT JOIN experiments e ON e.experiment_id = r.experiment_id`,
      )
      .all();
  }

  lastRow(table: 'params' | 'tags' | 'metrics'): number {
    return (
      this.#db.prepare<[], { last: number | null }>(`SELECT max(rowid) AS last FROM ${table}`).get()
        ?.last ?? 0
    );
  }

  /** Params or tags by their place in the table, from behind `after`. */
  values(table: 'params' | 'tags', after: number, limit: number): ValueRow[] {
    return this.#db
      .prepare<[number, number], ValueRow>(
        `SELECT rowid, run_uuid, key, value FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ?`,
      )
      .all(after, limit);
  }

  /** The tags of one run. */
  tagsOf(run: string): ValueRow[] {
    return this.#db
      .prepare<[string], ValueRow>(
        'SELECT rowid, run_uuid, key, value FROM tags WHERE run_uuid = ?',
      )
      .all(run);
  }

  metrics(after: number, limit: number): MetricRow[] {
    const columns = this.#open.columns('metrics');
    const step = columns?.has('step') ? 'step' : '0';
    const isNan = columns?.has('is_nan') ? 'is_nan' : '0';
    return this.#db
      .prepare<[number, number], MetricRow>(
        `SELECT rowid, run_uuid, key, value, timestamp, ${step}, ${isNan} FROM metrics
         WHERE rowid > ? ORDER BY rowid LIMIT ?`,
      )
      .raw()
      .all(after, limit);
  }

  /** What identifies a row of metrics, to notice that rows before it were removed. */
  metricAt(rowid: number): string {
    const row = this.#db
      .prepare('SELECT run_uuid, key, value, timestamp FROM metrics WHERE rowid = ?')
      .raw()
      .get(rowid);
    return JSON.stringify(row ?? null);
  }

  inputs(): InputRow[] {
    if (this.#open.columns('inputs') === null || this.#open.columns('datasets') === null) return [];
    return this.#db
      .prepare<[], InputRow>(
        `SELECT i.destination_id AS run_uuid, i.input_uuid, d.name, d.digest,
           d.dataset_source_type, d.dataset_source, d.dataset_schema, d.dataset_profile
         FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id
         WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN'`,
      )
      .all();
  }

  inputTags(): { input_uuid: string; name: string; value: string }[] {
    if (this.#open.columns('input_tags') === null) return [];
    return this.#db
      .prepare<[], { input_uuid: string; name: string; value: string }>(
        'SELECT input_uuid, name, value FROM input_tags',
      )
      .all();
  }
}
