/** Run cells: what changed against the run before, and did it help. */
import { isSystemMetric, metricDirection } from '../../base/metrics.ts';
import type { MetricSummary, RunRow } from '../../contract/runs.ts';
import type { RunCell } from '../../contract/timeline.ts';
import { type EventRecord, readEvents, readExecutions } from '../../store/lineage.ts';
import { readNewestPictures } from '../../store/media.ts';
import { readRunsById } from '../../store/runs.ts';
import { readCurves } from '../../tracking/index.ts';
import type { Session } from '../session.ts';
import { changedValues } from './changes.ts';
import { figuresOf } from './figures.ts';

/** Values in a sparkline. */
const sparkPoints = 32;
/** A cell has room for six; runs that log thousands would read a point of each for nothing. */
const sparkedMetrics = 8;

/** Cells for these runs, in any order. */
export function runCells(session: Session, ids: readonly string[]): RunCell[] {
  const { tracking, store } = session;
  const previous = new Map(ids.map((id) => [id, tracking.previous(id)]));
  const beforeIds = [...previous.values()].flatMap((before) => before?.id ?? []);
  const rows = new Map(
    tracking.rows([...new Set([...ids, ...beforeIds])]).map((row) => [row.id, row]),
  );
  const executions = Map.groupBy(readExecutions(store, ids), (execution) => execution.run_id);
  const outputs = Map.groupBy(
    readEvents(store, [...rows.keys()]).filter(
      (event) => event.type === 'OUTPUT' && event.role === 'out',
    ),
    (event) => event.run_id,
  );
  const plots = Map.groupBy(
    readEvents(store, ids).filter((event) => event.type === 'OUTPUT'),
    (event) => event.run_id,
  );
  const pictures = Map.groupBy(readNewestPictures(store, ids), ({ run_id: id }) => id);
  const records = new Map(readRunsById(store, ids).map((run) => [run.id, run]));
  const sparks = sparklines(
    session,
    ids.flatMap((id) => rows.get(id) ?? []),
  );
  return ids.flatMap((id) => {
    const run = rows.get(id);
    const record = records.get(id);
    if (run === undefined || record === undefined) return [];
    const link = previous.get(id) ?? null;
    const before = link === null ? undefined : rows.get(link.id);
    return {
      kind: 'run' as const,
      key: `run:${id}`,
      at: run.createdAt,
      run,
      previous: link,
      params: before === undefined ? [] : changedValues(before.params, run.params),
      metrics: metricChanges(run, before, sparks),
      stages: (executions.get(id) ?? []).map((execution) => ({
        stage: execution.stage,
        state: execution.state as RunCell['stages'][number]['state'],
        durationMs:
          execution.started_at === null || execution.ended_at === null
            ? null
            : execution.ended_at - execution.started_at,
      })),
      outputs: changedOutputs(outputs.get(id) ?? [], before && (outputs.get(before.id) ?? [])),
      filesChanged: before === undefined ? null : session.codeChanges.count(before.id, id),
      ...figuresOf(session, record, plots.get(id) ?? [], pictures.get(id) ?? []),
    };
  });
}

function metricChanges(
  run: RunRow,
  before: RunRow | undefined,
  sparks: Map<string, (number | null)[]>,
): RunCell['metrics'] {
  const earlier = new Map<string, MetricSummary>(
    before?.metrics.map((metric) => [metric.key, metric]),
  );
  return ownMetrics(run).map((metric) => {
    const was = earlier.get(metric.key)?.last ?? null;
    return {
      key: metric.key,
      value: metric.last,
      before: was,
      better: isBetter(metric.key, was, metric.last),
      spark: sparks.get(`${run.id}\n${metric.key}`) ?? [],
    };
  });
}

function ownMetrics(run: Pick<RunRow, 'metrics'>): RunRow['metrics'] {
  return run.metrics.filter((metric) => !isSystemMetric(metric.key));
}

/** Null when nothing changed or nobody knows which way is up. */
function isBetter(key: string, before: number | null, after: number | null): boolean | null {
  const direction = metricDirection(key);
  if (before === null || after === null || before === after || direction === null) return null;
  return direction === 'higher' ? after > before : after < before;
}

/** The metrics that cells of some runs draw sparklines of. */
export function sparkedKeys(runs: readonly Pick<RunRow, 'metrics'>[]): string[] {
  const keys = runs.flatMap((run) => ownMetrics(run).slice(0, sparkedMetrics));
  return [...new Set(keys.map(({ key }) => key))];
}

function sparklines(session: Session, runs: readonly RunRow[]): Map<string, (number | null)[]> {
  const ids = runs.map(({ id }) => id);
  const { series } = readCurves(session.store, ids, sparkedKeys(runs), sparkPoints);
  return new Map(
    series
      .filter((one) => one.total > 1)
      .map((one) => [
        `${one.runId}\n${one.key}`,
        Array.from(one.values, (value) => (Number.isFinite(value) ? value : null)),
      ]),
  );
}

function changedOutputs(
  outputs: EventRecord[],
  before: EventRecord[] | undefined,
): RunCell['outputs'] {
  const hashes = new Map(before?.map((event) => [event.path, event.hash]));
  return outputs.map((event) => ({
    path: event.path,
    size: event.size,
    changed: before !== undefined && hashes.get(event.path) !== event.hash,
  }));
}
