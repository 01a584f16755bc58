/** One reading of a database: the runs that changed, and what was added behind the last row read. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Work } from '../../base/progress.ts';
import type { ForeignDatabase } from '../foreign-database.ts';
import { mlflowFields } from '../mlruns/fields.ts';
import { statusOf } from '../mlruns/run-folder.ts';
import type {
  ImportedDataset,
  ImportedLoggedModel,
  ImportedRun,
  RunSink,
  SourceReader,
} from '../types.ts';
import { artifactRootOf } from './artifacts.ts';
import { readLoggedModels } from './logged-models.ts';
import { MetricWindow } from './metric-window.ts';
import { readModels } from './models.ts';
import { type RunRow, Tables } from './tables.ts';

/** Rows read at once: what is held in memory, and how long the tool's own writes may have to wait. */
const windowRows = 100_000;

/** How far each table was read. Rows are only ever added, except where MLflow's `gc` was run. */
interface Reached {
  readonly params: number;
  readonly metrics: number;
  /** The last row of metrics that was read: another one there means that rows were removed. */
  readonly metric: string;
}

interface Known {
  readonly status?: string;
}

/** The item of the registered models, beside those of the runs. */
const modelsItem = 'models';

export class Reading {
  readonly #database: ForeignDatabase;
  readonly #tables: Tables;
  readonly #source: SourceReader;
  readonly #sink: RunSink;
  readonly #runs = new Map<string, RunRow>();

  constructor(database: ForeignDatabase, source: SourceReader, sink: RunSink) {
    this.#database = database;
    this.#tables = new Tables(database);
    this.#source = source;
    this.#sink = sink;
  }

  async all(work: Work): Promise<void> {
    for (const row of this.#tables.runs()) {
      if (typeof row.run_uuid === 'string') this.#runs.set(row.run_uuid, row);
    }
    const reached = this.#reached();
    await this.#describeRuns(work);
    const params = await this.#params(reached?.params ?? 0, work);
    const metrics = await this.#metrics(reached?.metrics ?? 0, work);
    this.#forgetMissing();
    this.#models();
    this.#source.state = {
      params,
      metrics,
      metric: this.#tables.has('metrics') ? this.#tables.metricAt(metrics) : '',
    } satisfies Reached;
  }

  #reached(): Reached | null {
    const state = this.#source.state as Reached | null;
    if (state === null || !this.#tables.has('metrics')) return null;
    const same =
      this.#tables.metricAt(state.metrics) === state.metric &&
      this.#tables.lastRow('metrics') >= state.metrics &&
      this.#tables.lastRow('params') >= state.params;
    return same ? state : null;
  }

  /** Runs whose row or tags changed; the tags of a run that is over are looked at when it changes. */
  async #describeRuns(work: Work): Promise<void> {
    const datasets = this.#datasets();
    const models = readLoggedModels(this.#database, this.#source.root, this.#source.path);
    const hasTags = this.#tables.has('tags');
    let index = 0;
    for (const [id, row] of this.#runs) {
      if (index++ % 500 === 0) {
        await setImmediate();
        work.signal?.throwIfAborted();
        work.onProgress?.({
          phase: 'sources',
          done: index,
          total: this.#runs.size,
          unit: 'items',
        });
      }
      const known = this.#source.item(id);
      const status = statusOf(row.status);
      const quick = createHash('md5').update(JSON.stringify(row)).digest('base64');
      const before = known?.stamp.split(' ') ?? [];
      const isLive = status === 'RUNNING' || status === 'SCHEDULED';
      if (before[0] === quick && !isLive && !this.#source.thorough) continue;
      const tags = hasTags ? tagsOf(this.#tables, id) : {};
      const own = datasets.get(id);
      const logged = models.get(id);
      const stamp = `${quick} ${createHash('md5')
        .update(JSON.stringify([tags, own ?? [], logged ?? []]))
        .digest('base64')}`;
      if (stamp === known?.stamp) continue;
      this.#sink.run(this.#describe(row, tags, own, logged));
      this.#sink.done(id, stamp, { status } satisfies Known);
    }
  }

  #describe(
    row: RunRow,
    tags: Record<string, string>,
    datasets: readonly ImportedDataset[] | undefined,
    models: readonly ImportedLoggedModel[] | undefined,
  ): ImportedRun {
    const { root, path } = this.#source;
    return {
      nativeId: row.run_uuid,
      experiment: row.experiment ?? `experiment ${row.experiment_id}`,
      status: statusOf(row.status),
      startedAt: row.start_time,
      endedAt: row.end_time,
      deleted: row.lifecycle_stage === 'deleted' || row.experiment_stage === 'deleted',
      ...mlflowFields(root, tags, { name: row.name, user: row.user_id, source: row.source_name }),
      artifactRoot: artifactRootOf(root, path, row.artifact_uri),
      tags,
      allTags: true,
      ...(datasets === undefined ? {} : { datasets }),
      ...(models === undefined ? {} : { loggedModels: models }),
      ...writtenAt(row),
    };
  }

  async #params(from: number, work: Work): Promise<number> {
    if (!this.#tables.has('params')) return 0;
    for (let after = from; ; ) {
      const rows = this.#tables.values('params', after, windowRows);
      const byRun = Map.groupBy(rows, (row) => row.run_uuid);
      for (const [id, own] of byRun) {
        if (!this.#runs.has(id)) continue;
        const params = own.map(({ key, value }) => ({ key: String(key), value: String(value) }));
        this.#sink.run({ nativeId: id, params });
      }
      after = rows.at(-1)?.rowid ?? after;
      await setImmediate();
      work.signal?.throwIfAborted();
      if (rows.length < windowRows) return after;
    }
  }

  /** When rows were removed all is read again, and series begin anew. */
  async #metrics(from: number, work: Work): Promise<number> {
    if (!this.#tables.has('metrics')) return 0;
    const begun = from === 0 ? new Set<string>() : null;
    for (let after = from; ; ) {
      const rows = this.#tables.metrics(after, windowRows);
      const window = new MetricWindow();
      for (const row of rows) if (this.#runs.has(row[1])) window.add(row);
      for (const [id, series] of window.byRun()) {
        const status = statusOf(this.#runs.get(id)?.status);
        this.#sink.run({
          nativeId: id,
          status,
          series: series.map(({ key, points }) => {
            const identity = `${id} ${key}`;
            const reset = begun !== null && !begun.has(identity);
            begun?.add(identity);
            return { key, points, reset };
          }),
        });
      }
      after = rows.at(-1)?.[0] ?? after;
      await setImmediate();
      work.signal?.throwIfAborted();
      if (rows.length < windowRows) return after;
    }
  }

  #datasets(): Map<string, ImportedDataset[]> {
    const tags = Map.groupBy(this.#tables.inputTags(), (tag) => tag.input_uuid);
    const found = new Map<string, ImportedDataset[]>();
    for (const row of this.#tables.inputs()) {
      const own = found.get(row.run_uuid) ?? [];
      found.set(row.run_uuid, own);
      own.push({
        name: row.name,
        digest: row.digest,
        sourceType: row.dataset_source_type,
        source: row.dataset_source,
        schema: row.dataset_schema,
        profile: row.dataset_profile,
        tags: Object.fromEntries(
          (tags.get(row.input_uuid) ?? []).map(({ name, value }) => [name, value]),
        ),
      });
    }
    return found;
  }

  #models(): void {
    const models = readModels(this.#database);
    const stamp = createHash('md5').update(JSON.stringify(models)).digest('base64');
    const known = this.#source.item(modelsItem)?.stamp;
    if (known === stamp || (known === undefined && models.length === 0)) return;
    this.#sink.models(models);
    this.#sink.done(modelsItem, stamp);
  }

  #forgetMissing(): void {
    for (const id of this.#source.items().keys()) {
      if (id === '' || id === modelsItem || this.#runs.has(id)) continue;
      this.#sink.forget(id);
      this.#sink.gone(id);
    }
  }
}

function tagsOf(tables: Tables, run: string): Record<string, string> {
  const tags: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { key, value } of tables.tagsOf(run)) tags[String(key)] = String(value ?? '');
  return tags;
}

function writtenAt(row: RunRow): { writtenAt?: number } {
  const at = row.end_time ?? row.start_time;
  return at === null ? {} : { writtenAt: at };
}
