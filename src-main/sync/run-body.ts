/** A run in MLflow's words, within the limits that its server keeps. */
import type { RunDetail } from '../contract/runs.ts';

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

const longestKey = 250;
const longestParam = 6000;
const longestTag = 8000;

/** MLflow knows letters, digits, `_ - . / :` and spaces in names. */
export function nameFor(key: string): string {
  return key.replace(/[^\p{L}\p{N}_\-./: ]/gu, '_').slice(0, longestKey);
}

export function paramsFor(run: RunDetail): KeyValue[] {
  const params = new Map<string, string>();
  for (const [key, value] of Object.entries(run.params)) {
    params.set(nameFor(key), value.slice(0, longestParam));
  }
  return [...params].map(([key, value]) => ({ key, value }));
}

/** Tags of the run, and what Cairn knows that MLflow keeps in tags of its own. */
export function tagsFor(run: RunDetail, parentId: string | null): KeyValue[] {
  const own: Record<string, string> = {
    'cairn.run_id': run.id,
    'cairn.label': run.label,
    'mlflow.runName': run.name,
    'mlflow.source.name': run.command,
    ...(run.note === '' ? {} : { 'mlflow.note.content': run.note }),
    ...(run.baseCommit === null ? {} : { 'mlflow.source.git.commit': run.baseCommit }),
    ...(run.branch === null ? {} : { 'mlflow.source.git.branch': run.branch }),
    ...(parentId === null ? {} : { 'mlflow.parentRunId': parentId }),
  };
  const tags = new Map<string, string>();
  for (const [key, value] of [...Object.entries(run.tags), ...Object.entries(own)]) {
    // The parent of another server's ids means nothing there.
    if (key === 'mlflow.parentRunId' && own[key] === undefined) continue;
    if (value !== '' || !key.startsWith('mlflow.'))
      tags.set(nameFor(key), value.slice(0, longestTag));
  }
  return [...tags].map(([key, value]) => ({ key, value }));
}

/** JSON has no NaN and no infinities; MLflow takes them as texts. */
export function doubleFor(value: number): number | string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return value;
  return value > 0 ? 'Infinity' : '-Infinity';
}
