/**
 * ML Metadata (MLMD), as TFX and Kubeflow Pipelines keep it in SQLite: an execution is a run, its
 * properties are params, what it read are datasets, the numbers of what it made are metrics.
 * Source: ml_metadata/proto/metadata_store.proto, schema_version 10 and, as far as its tables are
 * the same, older ones.
 */
import { setImmediate } from 'node:timers/promises';
import type { Work } from '../../base/progress.ts';
import type { RunStatus } from '../../contract/common.ts';
import { databaseStamp } from '../database-stamp.ts';
import { explain, openForeignDatabase } from '../foreign-database.ts';
import { schemaMentions } from '../peek.ts';
import { PointColumns } from '../points.ts';
import { baseOf } from '../text-files.ts';
import type { ImportedRun, Importer, Listing, RunSink, SourceReader } from '../types.ts';
import { type ArtifactRow, type ExecutionRow, type PropertyRow, Tables } from './tables.ts';

/** `Execution.State` */
const statuses: Readonly<Record<number, RunStatus>> = {
  1: 'SCHEDULED',
  2: 'RUNNING',
  3: 'FINISHED',
  4: 'FAILED',
  5: 'FINISHED',
  6: 'KILLED',
};
/** `Event.Type`: declared, plain and internal ones. */
const inputEvents = new Set([2, 3, 5]);
const outputEvents = new Set([1, 4, 6, 7]);

export const mlmd: Importer = {
  kind: 'mlmd',
  find: (listing: Listing) => listing.files.filter((path) => /\.(?:db|sqlite3?|mlmd)$/i.test(path)),
  recognises: (absolute) => schemaMentions(absolute, /CREATE TABLE [`"]?MLMDEnv[`"]? ?\(/),
  read,
  watch: ({ path }) => [path, `${path}-wal`],
};

async function read(source: SourceReader, sink: RunSink, work: Work): Promise<void> {
  const stamp = databaseStamp(source.absolute);
  if (source.item('')?.stamp === stamp) return;
  const database = openForeignDatabase(source.absolute);
  try {
    await readExecutions(new Tables(database), source, sink, work);
  } catch (error) {
    throw explain(error, source.absolute);
  } finally {
    database.close();
  }
  sink.done('', stamp);
}

async function readExecutions(
  tables: Tables,
  source: SourceReader,
  sink: RunSink,
  work: Work,
): Promise<void> {
  const seen = new Set(['']);
  const total = tables.count();
  for (let after = 0; ; ) {
    const rows = tables.executions(after);
    for (const row of rows) {
      const nativeId = String(row.id);
      seen.add(nativeId);
      const stamp = JSON.stringify(row);
      if (source.item(nativeId)?.stamp === stamp) continue;
      sink.run(toRun(tables, source, row));
      sink.done(nativeId, stamp);
    }
    after = rows.at(-1)?.id ?? after;
    work.onProgress?.({
      phase: 'mlmd',
      done: Math.min(seen.size - 1, total),
      total,
      unit: 'items',
    });
    await setImmediate();
    work.signal?.throwIfAborted();
    if (rows.length === 0) break;
  }
  for (const key of source.items().keys()) {
    if (seen.has(key)) continue;
    sink.forget(key);
    sink.gone(key);
  }
}

function toRun(tables: Tables, source: SourceReader, row: ExecutionRow): ImportedRun {
  const status = row.state === null ? 'FINISHED' : (statuses[row.state] ?? 'FINISHED');
  const isOver = status !== 'RUNNING' && status !== 'SCHEDULED';
  const type = row.type ?? 'execution';
  const contexts = tables.contextsOf(row.id);
  const artifacts = tables.artifactsOf(row.id);
  const outputs = artifacts.filter(({ event }) => outputEvents.has(event));
  return {
    nativeId: String(row.id),
    experiment: contexts[0]?.name ?? (baseOf(source.path) || 'mlmd'),
    name: row.name ?? `${type} ${row.id}`,
    status,
    createdAt: row.created,
    startedAt: status === 'SCHEDULED' ? null : row.created,
    endedAt: isOver ? row.updated : null,
    params: tables.executionProperties(row.id).map((property) => ({
      key: property.name,
      value: textOf(property),
    })),
    tags: {
      'mlmd.type': type,
      ...Object.fromEntries(
        contexts.slice(1).map(({ type: kind, name }) => [`mlmd.context.${kind ?? ''}`, name]),
      ),
      ...Object.fromEntries(
        outputs.map((artifact) => [`mlmd.output.${nameOf(artifact)}`, artifact.uri ?? '']),
      ),
    },
    datasets: artifacts
      .filter(({ event }) => inputEvents.has(event))
      .map((artifact) => ({
        name: nameOf(artifact),
        digest: `artifact ${artifact.id}`,
        sourceType: 'mlmd',
        source: artifact.uri ?? '',
        profile: JSON.stringify(
          Object.fromEntries(
            tables.artifactProperties(artifact.id).map((one) => [one.name, textOf(one)]),
          ),
        ),
      })),
    series: metricsOf(tables, outputs),
  };
}

/** Numbers of what an execution made: floats of any artifact, whole numbers of what is called metrics. */
function metricsOf(tables: Tables, outputs: readonly ArtifactRow[]): ImportedRun['series'] {
  const columns = new PointColumns();
  const taken = new Set<string>();
  for (const artifact of outputs) {
    const whole = /metric|evaluation/i.test(artifact.type ?? '');
    for (const property of tables.artifactProperties(artifact.id)) {
      const value = property.double_value ?? (whole ? property.int_value : null);
      if (typeof value !== 'number') continue;
      const key = taken.has(property.name) ? `${nameOf(artifact)}/${property.name}` : property.name;
      taken.add(key);
      columns.add(key, 0, artifact.time ?? artifact.created, value);
    }
  }
  return columns.series({ reset: true });
}

function nameOf({ id, name, type }: ArtifactRow): string {
  return name ?? `${type ?? 'artifact'} ${id}`;
}

function textOf(property: PropertyRow): string {
  const { string_value: text, int_value: whole, double_value: float, bool_value: flag } = property;
  if (flag !== null && flag !== undefined) return flag === 0 ? 'false' : 'true';
  return String(text ?? whole ?? float ?? '(binary)');
}
