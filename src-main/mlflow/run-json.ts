/** Runs as the protocol has them. */
import * as logged from '../store/logged-runs.ts';
import type { RunRecord } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { wireExperimentId } from './experiment-ids.ts';
import { readRunLinks } from './run-links.ts';
import { wireDouble, wirePairs } from './wire.ts';

/** Tags that have a column of their own; what the column says is what the tag says. */
export const nameTag = 'mlflow.runName';
export const noteTag = 'mlflow.note.content';
export const parentTag = 'mlflow.parentRunId';
export const userTag = 'mlflow.user';

/** Runs with params, tags, latest metrics, inputs and outputs, in the order given. */
export function wireRuns(store: Store, runs: readonly RunRecord[]): unknown[] {
  const seqs = runs.map((run) => run.seq);
  const params = groupPairs(logged.readParamsOf(store, seqs));
  const tags = groupPairs(logged.readTagsOf(store, seqs));
  const metrics = Map.groupBy(logged.readLatestOf(store, seqs), (metric) => metric.run);
  const links = readRunLinks(store, seqs);
  return runs.map((run) => ({
    info: wireRunInfo(run),
    data: {
      metrics: (metrics.get(run.seq) ?? []).map(wireMetric),
      params: wirePairs(params.get(run.seq) ?? {}),
      tags: wirePairs({ ...tags.get(run.seq), ...tagsOfColumns(run) }),
    },
    ...links(run.seq),
  }));
}

export function wireRunInfo(run: RunRecord): Record<string, unknown> {
  const ended = run.ended_at === null ? {} : { end_time: run.ended_at };
  return {
    run_uuid: run.id,
    run_id: run.id,
    run_name: run.name,
    experiment_id: wireExperimentId(run.experiment_id),
    user_id: run.user_name,
    status: run.status,
    start_time: run.started_at ?? run.created_at,
    ...ended,
    artifact_uri: artifactUri(run),
    lifecycle_stage: run.deleted_at === null ? 'active' : 'deleted',
  };
}

/** Artifacts go through this endpoint, unless the user named a store of their own. */
export function artifactUri(run: Pick<RunRecord, 'id' | 'artifact_root'>): string {
  const elsewhere = run.artifact_root !== null && /^[a-z][a-z0-9+.-]+:/i.test(run.artifact_root);
  return elsewhere ? (run.artifact_root as string) : `mlflow-artifacts:/${run.id}`;
}

/** The protocol has whole steps and milliseconds; other tools' points may lie between. */
export function wireMetric(metric: {
  key: string;
  value: number | null;
  time: number;
  step: number;
}): Record<string, unknown> {
  return {
    key: metric.key,
    value: wireDouble(metric.value ?? Number.NaN),
    timestamp: Math.round(metric.time),
    step: Math.trunc(metric.step),
  };
}

function tagsOfColumns(run: RunRecord): Record<string, string> {
  return {
    [nameTag]: run.name,
    ...(run.note === '' ? {} : { [noteTag]: run.note }),
    ...(run.parent_id === null ? {} : { [parentTag]: run.parent_id }),
    ...(run.user_name === '' ? {} : { [userTag]: run.user_name }),
  };
}

function groupPairs(rows: readonly logged.OwnedPair[]): Map<number, Record<string, string>> {
  const found = new Map<number, Record<string, string>>();
  for (const { run, key, value } of rows) {
    let pairs = found.get(run);
    if (pairs === undefined) {
      // A key may be called `__proto__`.
      pairs = Object.create(null) as Record<string, string>;
      found.set(run, pairs);
    }
    pairs[key] = value;
  }
  return found;
}
