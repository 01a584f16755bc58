/** From the database's rows to the contract's shapes. */
import type { Environment, Execution, MetricSummary, RunFile, RunRow } from '../contract/runs.ts';
import {
  type EventRecord,
  type ExecutionRecord,
  readEvents,
  readExecutions,
} from '../store/lineage.ts';
import { readSeries, type SeriesRecord } from '../store/metrics.ts';
import { type NumberedRunRecord, readEnvironment, readParamObjects } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { runLabel } from './labels.ts';
import { lastSigns } from './last-signs.ts';

/** Fills in params and metric summaries for many runs with one query each. */
export function toRunRows(store: Store, records: readonly NumberedRunRecord[]): RunRow[] {
  const ids = records.map((record) => record.id);
  const params = readParamObjects(store, ids);
  const metrics = Map.groupBy(readSeries(store, ids), (series) => series.run_id);
  const signs = lastSigns(store, records);
  return records.map((record) => {
    const summaries = (metrics.get(record.id) ?? []).map(toSummary);
    const lastSignAt = signs.get(record.id);
    return {
      ...toRunRow(record, params.get(record.id) ?? {}, summaries),
      ...(lastSignAt === undefined ? {} : { lastSignAt }),
    };
  });
}

function toRunRow(
  record: NumberedRunRecord,
  params: Record<string, string>,
  metrics: MetricSummary[],
): RunRow {
  return {
    id: record.id,
    label: runLabel(record.experiment_number, record.number),
    experimentId: record.experiment_id,
    experimentNumber: record.experiment_number,
    experimentName: record.experiment_name,
    number: record.number,
    name: record.name,
    status: record.status as RunRow['status'],
    kind: record.kind as RunRow['kind'],
    command: record.command,
    createdAt: record.created_at,
    startedAt: record.started_at,
    endedAt: record.ended_at,
    exitCode: record.exit_code,
    starred: record.starred === 1,
    note: record.note,
    params,
    metrics,
  };
}

function toSummary(series: SeriesRecord): MetricSummary {
  return {
    key: series.key,
    last: series.last,
    lastStep: series.last_step,
    min: series.min,
    max: series.max,
    count: series.count,
  };
}

export function toExecution(record: ExecutionRecord, logBytes: number): Execution {
  return {
    id: record.id,
    stage: record.stage,
    position: record.position,
    state: record.state as Execution['state'],
    command: record.command,
    reason: record.reason,
    startedAt: record.started_at,
    endedAt: record.ended_at,
    exitCode: record.exit_code,
    peakMemoryBytes: record.peak_memory,
    cpuSeconds: record.cpu_seconds,
    logBytes,
  };
}

/** The executions of one run, with the sizes of their logs. */
export function executionsOf(
  store: Store,
  runId: string,
  logSize: (stage: string) => number,
): Execution[] {
  return readExecutions(store, [runId]).map((record) => toExecution(record, logSize(record.stage)));
}

/** The files of one run; `available` says whether a content can still be had. */
export function filesOf(
  store: Store,
  runId: string,
  available: (path: string, hash: string) => boolean,
): RunFile[] {
  return readEvents(store, [runId]).map((event) => toRunFile(event, available));
}

function toRunFile(
  event: EventRecord,
  available: (path: string, hash: string) => boolean,
): RunFile {
  return {
    path: event.path,
    hash: event.hash,
    size: event.size,
    files: event.files,
    role: event.role,
    stage: event.stage,
    available: event.hash !== null && available(event.path, event.hash),
  };
}

export function environmentOf(store: Store, id: string | null): Environment | null {
  const json = id === null ? undefined : readEnvironment(store, id);
  return json === undefined ? null : (JSON.parse(json) as Environment);
}
