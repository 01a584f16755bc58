/** One reading of a trackio database: what was added behind the last row read. */
import { setImmediate } from 'node:timers/promises';
import { CairnError } from '../../base/errors.ts';
import type { Work } from '../../base/progress.ts';
import { parsePythonJson, quoteSpecialNumbers } from '../../formats/python-json.ts';
import { flattenParams, parseParams } from '../../pipelines/index.ts';
import type { ForeignDatabase } from '../foreign-database.ts';
import { baseOf } from '../text-files.ts';
import type { ImportedRun, RunSink, SourceReader } from '../types.ts';
import { LoggedRow } from './logged-row.ts';
import { LoggedRuns } from './logged-runs.ts';

const windowRows = 10_000;
const windowBytes = 32 << 20;
/** A row holds what was logged at once; files lie elsewhere. */
const largestRow = 4 << 20;

interface Row {
  readonly id: number;
  readonly run_id: string | null;
  readonly run_name: string;
  readonly timestamp: string;
  readonly step: number | null;
  readonly content: string | Buffer | null;
}

/** Kept of the database. */
interface Reached {
  readonly metrics: number;
  readonly system: number;
  /** The last row of metrics that was read: another one there means that the table was made anew. */
  readonly last: string;
  /** What each run is called here, by its id: the first run of a name has the name. */
  readonly runs: Readonly<Record<string, string>>;
  /** How many rows of system metrics each run has, which have no step. */
  readonly systemRows: Readonly<Record<string, number>>;
}

const nothing: Reached = { metrics: 0, system: 0, last: '', runs: {}, systemRows: {} };

export class Reading {
  readonly #open: ForeignDatabase;
  readonly #source: SourceReader;
  readonly #sink: RunSink;
  readonly #names: Map<string, string>;
  readonly #taken: Set<string>;
  /** Runs of which rows were handed over before. */
  readonly #started: Set<string>;
  readonly #systemRows: Map<string, number>;
  readonly #reached: Reached;

  constructor(open: ForeignDatabase, source: SourceReader, sink: RunSink) {
    this.#open = open;
    this.#source = source;
    this.#sink = sink;
    if (open.columns('metrics')?.has('run_name') !== true) {
      throw new CairnError('unsupported', 'It has no tables of trackio.');
    }
    const state = source.state as Reached | null;
    const same = state !== null && (state.last === '' || this.#rowAt(state.metrics) === state.last);
    this.#reached = same ? state : nothing;
    this.#names = new Map(Object.entries(state?.runs ?? {}));
    this.#taken = new Set(this.#names.values());
    this.#started = new Set(same ? this.#taken : []);
    this.#systemRows = new Map(Object.entries(this.#reached.systemRows));
  }

  async all(work: Work): Promise<void> {
    const metrics = await this.#rows('metrics', this.#reached.metrics, work);
    const system = await this.#rows('system_metrics', this.#reached.system, work);
    this.#configs();
    this.#forgetMissing();
    this.#source.state = {
      metrics,
      system,
      last: this.#rowAt(metrics),
      runs: Object.fromEntries(this.#names),
      systemRows: Object.fromEntries(this.#systemRows),
    } satisfies Reached;
  }

  async #rows(table: 'metrics' | 'system_metrics', from: number, work: Work): Promise<number> {
    const columns = this.#open.columns(table);
    if (columns?.has('run_name') !== true || !columns.has('metrics')) return 0;
    const statement = this.#open.db.prepare<[number, number], Row>(
      `SELECT id, ${columns.has('run_id') ? 'CAST(run_id AS TEXT) AS run_id' : 'NULL AS run_id'}, CAST(run_name AS TEXT) AS run_name, timestamp,
         ${columns.has('step') ? 'step' : 'NULL AS step'},
         CASE WHEN length(metrics) <= ${largestRow} THEN metrics END AS content
       FROM ${table} WHERE id > ? ORDER BY id LIMIT ?`,
    );
    const prefix = table === 'metrics' ? '' : 'system/';
    const begun = from === 0 ? new Set<string>() : null;
    for (let after = from; ; ) {
      const runs = new LoggedRuns(this.#mediaFolder(), this.#started, begun);
      let [count, size] = [0, 0];
      for (const row of statement.iterate(after, windowRows)) {
        const nativeId = this.#nativeId(row);
        const parsed = this.#parse(row, table);
        if (parsed !== null) runs.add(nativeId, row.run_name, prefix, parsed);
        after = row.id;
        count += 1;
        size += row.content?.length ?? 0;
        if (size > windowBytes) break;
      }
      for (const run of runs.all()) this.#sink.run({ ...run, ...this.#place() });
      await setImmediate();
      work.signal?.throwIfAborted();
      if (count < windowRows && size <= windowBytes) return after;
    }
  }

  #parse(row: Row, table: string): LoggedRow | null {
    if (row.content === null) {
      this.#sink.skipped(
        `${table} ${row.id}`,
        'The row is larger than 4 MB; no list of metrics is.',
      );
      return null;
    }
    let step = row.step;
    if (typeof step !== 'number') {
      step = this.#systemRows.get(this.#nativeId(row)) ?? 0;
      this.#systemRows.set(this.#nativeId(row), step + 1);
    }
    try {
      return new LoggedRow(parsePythonJson(String(row.content)), step, Date.parse(row.timestamp));
    } catch {
      this.#sink.skipped(`${table} ${row.id}`, 'The row is not the JSON that trackio writes.');
      return null;
    }
  }

  /** Configs are few, and replaced when a run is resumed. */
  #configs(): void {
    const columns = this.#open.columns('configs');
    if (columns?.has('run_name') !== true || !columns.has('config')) return;
    const rows = this.#open.db
      .prepare<[], Omit<Row, 'timestamp' | 'step'>>(
        `SELECT id, ${columns.has('run_id') ? 'CAST(run_id AS TEXT) AS run_id' : 'NULL AS run_id'}, CAST(run_name AS TEXT) AS run_name,
           CASE WHEN length(config) <= ${largestRow} THEN config END AS content FROM configs`,
      )
      .iterate();
    for (const row of rows) {
      const nativeId = this.#nativeId(row);
      const stamp = String(row.id);
      if (this.#source.item(`config ${nativeId}`)?.stamp === stamp) continue;
      try {
        const text = quoteSpecialNumbers(String(row.content));
        const config = parseParams(text, 'config.json').values;
        this.#sink.run({
          nativeId,
          name: row.run_name,
          ...this.#place(),
          ...fields(config),
        });
      } catch {
        this.#sink.skipped(`config ${nativeId}`, 'The config is not the JSON that trackio writes.');
        continue;
      }
      this.#sink.done(`config ${nativeId}`, stamp);
    }
  }

  #forgetMissing(): void {
    const present = new Set<string>();
    for (const table of ['metrics', 'configs', 'system_metrics']) {
      const columns = this.#open.columns(table);
      if (columns?.has('run_name') !== true) continue;
      const id = columns.has('run_id') ? 'CAST(run_id AS TEXT) AS run_id' : 'NULL AS run_id';
      const rows = this.#open.db
        .prepare<[], Pick<Row, 'run_id' | 'run_name'>>(
          `SELECT DISTINCT ${id}, CAST(run_name AS TEXT) AS run_name FROM ${table}`,
        )
        .all();
      for (const row of rows) present.add(this.#nativeId(row));
    }
    for (const [id, nativeId] of this.#names) {
      if (present.has(nativeId)) continue;
      this.#sink.gone(nativeId);
      this.#sink.forget(`config ${nativeId}`);
      this.#names.delete(id);
    }
  }

  /** A name stays with its first run, also when trackio gives that run an id later. */
  #nativeId({ run_id, run_name }: Pick<Row, 'run_id' | 'run_name'>): string {
    const name = String(run_name);
    const id = run_id ?? name;
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    // Until then it was known by its name.
    const isSame = this.#names.delete(name);
    const nativeId = isSame || !this.#taken.has(name) ? name : id;
    this.#taken.add(nativeId);
    this.#names.set(id, nativeId);
    return nativeId;
  }

  #place(): Partial<ImportedRun> {
    const project = baseOf(this.#source.path).replace(/\.db$/i, '');
    return { experiment: project, status: 'FINISHED' };
  }

  #mediaFolder(): string {
    const { path } = this.#source;
    return `${path.slice(0, path.lastIndexOf('/') + 1)}media`;
  }

  #rowAt(id: number): string {
    const row = this.#open.db
      .prepare('SELECT timestamp, step, length(metrics) FROM metrics WHERE id = ?')
      .raw()
      .get(id);
    return row === undefined ? '' : JSON.stringify(row);
  }
}

/** What trackio adds to a config begins with `_`. */
function fields(config: Readonly<Record<string, unknown>>): Partial<ImportedRun> {
  const { _Username: user, _Created: created, _Group: group, ...values } = config;
  const createdAt = Date.parse(String(created));
  return {
    ...(typeof user === 'string' ? { user } : {}),
    ...(Number.isNaN(createdAt) ? {} : { createdAt, startedAt: createdAt }),
    ...(typeof group === 'string' ? { tags: { group } } : {}),
    params: flattenParams(values),
  };
}
