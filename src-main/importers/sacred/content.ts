/** What the JSON files of a Sacred run say. Any of it may be missing or of another type. */
import type { RunStatus } from '../../contract/common.ts';
import { specialNumber } from '../../formats/python-json.ts';
import { flattenParams } from '../../pipelines/index.ts';
import { PointColumns } from '../points.ts';
import type { ImportedRun, ImportedSeries } from '../types.ts';

export interface RunEntry {
  readonly experiment?: unknown;
  readonly command?: unknown;
  readonly meta?: unknown;
  readonly status?: unknown;
  readonly start_time?: unknown;
  readonly stop_time?: unknown;
  readonly heartbeat?: unknown;
  readonly result?: unknown;
  readonly fail_trace?: unknown;
}

const statuses: Readonly<Record<string, RunStatus>> = {
  QUEUED: 'SCHEDULED',
  RUNNING: 'RUNNING',
  COMPLETED: 'FINISHED',
  FAILED: 'FAILED',
  // INTERRUPTED, TIMEOUT and what an interrupt of the user's own is called: KILLED.
};

const mostInfoTags = 200;
const longestTag = 1000;

/** Of a run.json; `alive` is when a run that goes on was last heard of. */
export function describe(
  entry: RunEntry,
  modified: number,
): Omit<ImportedRun, 'nativeId'> & { alive: number | null } {
  const experiment = recordOf(entry.experiment);
  const meta = recordOf(entry.meta);
  const status = typeof entry.status === 'string' ? (statuses[entry.status] ?? 'KILLED') : 'KILLED';
  const started = timeOf(entry.start_time);
  const stopped = timeOf(entry.stop_time);
  const heartbeat = timeOf(entry.heartbeat) ?? started ?? modified;
  const trace = Array.isArray(entry.fail_trace) ? (entry.fail_trace as unknown[]) : [];
  const error = String(trace.at(-1) ?? '').trim();
  const result = specialNumber(entry.result);
  const columns = new PointColumns();
  if (result !== null) columns.add('result', 0, stopped ?? modified, result);
  const comment = meta.comment;
  return {
    alive: status === 'RUNNING' ? Math.max(heartbeat, modified) : null,
    ...(typeof experiment.name === 'string' ? { experiment: experiment.name } : {}),
    status,
    createdAt: started ?? modified,
    startedAt: started,
    endedAt: stopped,
    command: commandOf(experiment, meta, entry.command),
    commit: commitOf(experiment.repositories),
    ...(typeof comment === 'string' ? { note: comment } : {}),
    tags: {
      ...(status === 'KILLED' ? { 'sacred.status': String(entry.status) } : {}),
      ...(error === '' ? {} : { error: error.slice(0, longestTag) }),
    },
    series: columns.series({ reset: true }),
  };
}

/** As Sacred is called: `python train.py main with lr=0.2`. */
function commandOf(
  experiment: Record<string, unknown>,
  meta: Record<string, unknown>,
  command: unknown,
): string {
  if (typeof experiment.mainfile !== 'string') return '';
  const named = Array.isArray(meta.named_configs) ? meta.named_configs.map(String) : [];
  const updates = flattenParams(recordOf(plain(meta.config_updates)));
  const words = [...named, ...updates.map(({ key, value }) => `${key}=${value}`)];
  return [
    `python ${experiment.mainfile}`,
    ...(typeof command === 'string' ? [command] : []),
    ...(words.length > 0 ? ['with', ...words] : []),
  ].join(' ');
}

function commitOf(repositories: unknown): string | null {
  const first: unknown = Array.isArray(repositories) ? repositories[0] : null;
  const { commit } = recordOf(first);
  return typeof commit === 'string' && /^[0-9a-f]{40}$/.test(commit) ? commit : null;
}

export function seriesOf(metrics: Record<string, unknown>, modified: number): ImportedSeries[] {
  const columns = new PointColumns();
  for (const [key, metric] of Object.entries(metrics)) {
    const { values, steps, timestamps } = recordOf(metric);
    if (!Array.isArray(values)) continue;
    for (const [index, value] of (values as unknown[]).entries()) {
      const number = specialNumber(plain(value));
      if (number === null) continue;
      const step: unknown = Array.isArray(steps) ? steps[index] : null;
      const time = timeOf(Array.isArray(timestamps) ? timestamps[index] : null);
      columns.add(key, typeof step === 'number' ? step : index, time ?? modified, number);
    }
  }
  return columns.series({ reset: true });
}

/** The single values in `info`, where a script keeps what it likes. */
export function infoTags(info: unknown): Record<string, string> {
  const values = flattenParams(recordOf(plain(info))).slice(0, mostInfoTags);
  return Object.fromEntries(
    values.map(({ key, value }) => [`info.${key}`, value.slice(0, longestTag)]),
  );
}

/** The plain values of what jsonpickle wrapped: tuples, sets, numbers and arrays of NumPy. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  // Numbers that remember how they were written.
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const fields = value as Record<string, unknown>;
  if ('py/tuple' in fields) return plain(fields['py/tuple']);
  if ('py/set' in fields) return plain(fields['py/set']);
  if ('py/object' in fields) {
    if ('values' in fields) return plain(fields.values);
    if ('value' in fields) return plain(fields.value);
  }
  return Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, plain(item)]));
}

export function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** Epoch ms of Python's `isoformat()`, in UTC when it names no zone. */
function timeOf(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? null : time;
}
