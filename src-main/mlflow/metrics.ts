/** The history of metrics, whole, in pages, or thinned out. */
import { decimate } from '../store/decimate.ts';
import { readOneSeries, readPoints } from '../store/metrics.ts';
import { type Points, pick } from '../store/points.ts';
import type { Store } from '../store/store.ts';
import { invalid } from './errors.ts';
import type { Call, Route } from './route.ts';
import { wireMetric } from './run-json.ts';
import { readWireRun, runIdOf } from './run-writes.ts';
import { checkRunId } from './validate.ts';
import { offsetOf, pageToken } from './wire.ts';

/** Runs and points of one bulk request, as MLflow has them. */
const maxRuns = 100;
const maxBulkPoints = 25_000;
const maxIntervalPoints = 2500;
const usualIntervalPoints = 2500;

export const metricRoutes: readonly Route[] = [
  { method: 'GET', path: 'metrics/get-history', effect: 'read', answer: history },
  { method: 'GET', path: 'metrics/get-history-bulk', effect: 'read', answer: bulk },
  { method: 'GET', path: 'metrics/get-history-bulk-interval', effect: 'read', answer: interval },
];

function history({ context, input }: Call): unknown {
  const { store } = context;
  const run = readWireRun(store, runIdOf(input));
  const key = input.string('metric_key');
  const points = readOrdered(store, run.id, key);
  const asked = input.integer('max_results');
  if (asked !== undefined && asked <= 0) {
    throw invalid(
      `Invalid value ${asked} for parameter 'max_results' supplied. It must be a positive integer.`,
    );
  }
  const from = offsetOf(input.optional('page_token'));
  const to = asked === undefined ? points.values.length : from + asked;
  return {
    metrics: wirePoints(key, points, from, to),
    ...(to < points.values.length ? { next_page_token: pageToken(to) } : {}),
  };
}

function bulk({ context, input }: Call): unknown {
  const key = input.string('metric_key');
  const most = Math.min(input.integer('max_results') ?? maxBulkPoints, maxBulkPoints);
  const metrics: unknown[] = [];
  for (const id of runIdsOf(input.strings('run_id'), 'run_id')) {
    const points = readOrdered(context.store, id, key);
    const room = most - metrics.length;
    if (room <= 0) break;
    for (const metric of wirePoints(key, points, 0, room)) metrics.push({ ...metric, run_id: id });
  }
  return { metrics };
}

function interval({ context, input }: Call): unknown {
  const key = input.string('metric_key');
  const ids = runIdsOf(input.strings('run_ids'), 'run_ids');
  const most = input.integer('max_results') ?? usualIntervalPoints;
  if (most < 1 || most > maxIntervalPoints) {
    throw invalid(`max_results must be between 1 and ${maxIntervalPoints}.`);
  }
  const start = input.integer('start_step');
  const end = input.integer('end_step');
  if ((start === undefined) !== (end === undefined)) {
    throw invalid('If either start step or end step are specified, both must be specified.');
  }
  if (start !== undefined && end !== undefined && start > end) {
    throw invalid(
      `end_step must be greater than start_step. Found start_step=${start} and end_step=${end}.`,
    );
  }
  const metrics = ids.flatMap((id) => {
    const all = readOrdered(context.store, id, key);
    const wanted = start === undefined ? all : between(all, start, end as number);
    const thinned = decimate(wanted, most);
    return wirePoints(key, thinned, 0, thinned.values.length).map((metric) => ({
      ...metric,
      run_id: id,
    }));
  });
  return { metrics };
}

/** The points of a series by time, step and value; none for a series that is not there. */
function readOrdered(store: Store, runId: string, key: string): Points {
  const series = readOneSeries(store, runId, key);
  if (series === undefined) return pick({ steps: empty, times: empty, values: empty }, []);
  const points = readPoints(store, series.id);
  const { steps, times, values } = points;
  const compare = (a: number, b: number) =>
    (times[a] as number) - (times[b] as number) ||
    (steps[a] as number) - (steps[b] as number) ||
    (values[a] as number) - (values[b] as number) ||
    a - b;
  for (let index = 1; index < values.length; index++) {
    if (compare(index - 1, index) > 0) {
      return pick(points, Array.from(values, (_, at) => at).sort(compare));
    }
  }
  return points;
}

const empty = new Float64Array(0);

function between(points: Points, start: number, end: number): Points {
  const kept = Array.from(points.steps.keys()).filter((index) => {
    const step = points.steps[index] as number;
    return step >= start && step <= end;
  });
  return pick(points, kept);
}

function wirePoints(
  key: string,
  points: Points,
  from: number,
  to: number,
): Record<string, unknown>[] {
  const end = Math.min(to, points.values.length);
  const list: Record<string, unknown>[] = [];
  for (let index = from; index < end; index++) {
    list.push(
      wireMetric({
        key,
        value: points.values[index] as number,
        time: points.times[index] as number,
        step: points.steps[index] as number,
      }),
    );
  }
  return list;
}

function runIdsOf(ids: readonly string[], name: string): readonly string[] {
  if (ids.length === 0) throw invalid(`Missing value for required parameter '${name}'.`);
  if (ids.length > maxRuns) {
    throw invalid(`At most ${maxRuns} runs can be asked for at once; got ${ids.length}.`);
  }
  return ids.map(checkRunId);
}
