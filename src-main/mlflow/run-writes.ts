/** What may be written to a run, and where it goes. Everything here runs inside a transaction. */

import type { RunSpec } from '../contract/runs.ts';
import { readFlags } from '../runners/command-flags.ts';
import * as logged from '../store/logged-runs.ts';
import { appendPoints } from '../store/metric-writing.ts';
import * as runStore from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { invalid, missing } from './errors.ts';
import type { Fields } from './fields.ts';
import { logModelMetrics } from './model-metrics.ts';
import { nameTag, noteTag, parentTag, userTag } from './run-json.ts';
import { checkKey, checkRunId, paramValue, tagValue } from './validate.ts';

type Run = runStore.RunRecord;

const betweenSignsMs = 30_000;

export interface LoggedPoint {
  readonly key: string;
  readonly value: number;
  readonly time: number;
  readonly step: number;
  /** Of MLflow 3: the logged model that was measured, and on what. */
  readonly modelId: string | undefined;
  readonly datasetName: string | undefined;
  readonly datasetDigest: string | undefined;
}

/** The run that a request names, as `run_id` or as `run_uuid`, its name of old. */
export function runIdOf(input: Fields): string {
  return checkRunId(input.optional('run_id') || input.string('run_uuid'));
}

/** @throws MlflowError `RESOURCE_DOES_NOT_EXIST` */
export function readWireRun(store: Store, id: string): Run {
  const run = logged.readRunRecord(store, id);
  if (run === undefined) throw missing(`Run with id=${id} not found`);
  return run;
}

/** @throws MlflowError when the run is not there, or in the trash */
export function runForWriting(store: Store, id: string): Run {
  const run = readWireRun(store, id);
  if (run.deleted_at === null) {
    noteSign(store, run);
    return run;
  }
  throw invalid(`The run ${id} must be in the 'active' state. Current state is deleted.`);
}

/** A run's client is alive; writing that down at every point would cost more than the points. */
function noteSign(store: Store, run: Run): void {
  const now = Date.now();
  if (run.kind !== 'logged' || Math.abs(now - (run.heard_at ?? 0)) < betweenSignsMs) return;
  runStore.updateRun(store, run.id, { heard_at: now });
}

/** @param path where the metric stands in the request, for errors */
export function pointOf(metric: Fields, path: string): LoggedPoint {
  const key = checkKey(metric.string('key'), `${path}name`);
  const time = metric.integer('timestamp');
  if (time === undefined) {
    throw invalid(`Missing value for required parameter '${path}timestamp'.`);
  }
  if (time < 0) {
    throw invalid(
      `Invalid value ${time} for parameter '${path}timestamp' supplied: Timestamp must be a nonnegative long (64-bit integer).`,
    );
  }
  return {
    key,
    value: metric.double('value'),
    time,
    step: metric.integer('step') ?? 0,
    modelId: metric.optional('model_id'),
    datasetName: metric.optional('dataset_name'),
    datasetDigest: metric.optional('dataset_digest'),
  };
}

/** A point that is there already is left out: a client that retries does not double it. */
export function writePoints(store: Store, run: Run, points: readonly LoggedPoint[]): void {
  for (const [key, group] of Map.groupBy(points, (point) => point.key)) {
    const columns = {
      steps: Float64Array.from(group, (point) => point.step),
      times: Float64Array.from(group, (point) => point.time),
      values: Float64Array.from(group, (point) => point.value),
    };
    appendPoints(store, run.seq, key, columns, { ignoreRepeated: true });
  }
  logModelMetrics(store, run.id, points);
}

/**
 * Params never change: the same value passes, another is an error. What a notebook or a command was
 * given is no value of the client's: it may say `0.001` of what was typed as `1e-3`.
 */
export function writeParams(
  store: Store,
  run: Run,
  params: readonly { key: string; value: string }[],
): void {
  for (const { key, value } of params) {
    const cut = paramValue(value);
    const before = logged.readLoggedParam(store, run.seq, key);
    if (before === cut) continue;
    if (before !== undefined && !wasGiven(run, key, before)) {
      throw invalid(
        `Changing param values is not allowed. Param with key='${key}' was already logged with value='${before}' for run ID='${run.id}'. Attempted logging new value '${cut}'.`,
      );
    }
    runStore.upsertParam(store, run.seq, { file: '', key, value: cut });
  }
}

/** Whether a notebook was started with this param, as `-p key=value`, or a command, as `--key value`. */
function wasGiven({ spec }: Run, key: string, value: string): boolean {
  if (spec === '') return false;
  const asked = JSON.parse(spec) as RunSpec;
  if (asked.kind === 'command') {
    return readFlags(asked.argv).some((flag) => flag.key === key && flag.value === value);
  }
  if (asked.kind !== 'notebook') return false;
  return asked.params.some((param) => {
    const [name = ''] = param.split('=', 1);
    return name.trim() === key && param.slice(name.length + 1).trim() === value;
  });
}

/** Tags that Cairn knows by another name go there too. */
export function writeTag(store: Store, run: Run, key: string, value: string): void {
  const cut = tagValue(value);
  const change = columnsOf(store, run, key, cut);
  if (change !== null) runStore.updateRun(store, run.id, change);
  runStore.upsertTag(store, run.seq, key, cut);
}

/** @throws MlflowError when there is no such tag */
export function removeTag(store: Store, run: Run, key: string): void {
  const column = key === noteTag && run.note !== '';
  if (column) runStore.updateRun(store, run.id, { note: '' });
  if (!logged.deleteTag(store, run.seq, key) && !column) {
    throw missing(`No tag with name: ${key} in run with id ${run.id}`);
  }
}

function columnsOf(store: Store, run: Run, key: string, value: string): runStore.RunChange | null {
  switch (key) {
    case nameTag:
      return value === '' ? null : { name: value };
    case noteTag:
      return { note: value };
    case userTag:
      return { user_name: value };
    case parentTag:
      return isPossibleParent(store, run.id, value) ? { parent_id: value } : null;
    case 'mlflow.source.name':
      return sourceOf(run, value);
    case 'mlflow.source.git.commit':
      return run.base_commit === null && /^[0-9a-f]{40}$/.test(value)
        ? { base_commit: value }
        : null;
    default:
      return null;
  }
}

/** What a run that its own client opened was started as; of others Cairn knows better. */
function sourceOf(run: Run, name: string): runStore.RunChange | null {
  // The client guesses a name; the path of a notebook that Cairn executes is known.
  const known = run.notebook !== null && run.kind !== 'logged';
  const notebook = /\.ipynb$/i.test(name) && !known ? { notebook: name } : {};
  return run.kind === 'logged' ? { command: name, ...notebook } : notebook;
}

/** A parent that is there and does not descend from the run itself. */
function isPossibleParent(store: Store, id: string, parent: string): boolean {
  const seen = new Set([id]);
  for (let next: string | null = parent; next !== null; ) {
    if (seen.has(next)) return false;
    seen.add(next);
    const run = logged.readRunRecord(store, next);
    if (run === undefined) return false;
    next = run.parent_id;
  }
  return true;
}
