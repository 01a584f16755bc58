/** Params and metrics of runs as values to place on an axis. Pure. */
import type { RunRow } from '../../client/index.ts';
import { differingParams } from './groups.ts';

/** `param lr` or `metric accuracy`. */
export type Field = string;
export type Aggregate = 'last' | 'min' | 'max';
type Valued = Pick<RunRow, 'params' | 'metrics'>;

export function fieldName(field: Field): string {
  return field.slice(field.indexOf(' ') + 1);
}

export function isMetric(field: Field): boolean {
  return field.startsWith('metric ');
}

/** What a run has there: params that are written as numbers are numbers. */
export function readField(run: Valued, field: Field, aggregate: Aggregate): number | string | null {
  const name = fieldName(field);
  if (isMetric(field)) {
    return run.metrics.find((metric) => metric.key === name)?.[aggregate] ?? null;
  }
  const text = run.params[name];
  if (text === undefined) return null;
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

export interface Fields {
  /** Params that differ between the runs first. */
  readonly params: readonly Field[];
  readonly metrics: readonly Field[];
  /** How many of the params differ. */
  readonly differing: number;
}

export function fieldsOf(runs: readonly Valued[]): Fields {
  const differing = differingParams(runs);
  const params = new Set(runs.flatMap((run) => Object.keys(run.params)));
  const same = [...params].filter((key) => !differing.includes(key)).sort();
  const metrics = new Set(runs.flatMap((run) => run.metrics.map((metric) => metric.key)));
  const isSystem = (key: string): number => Number(key.startsWith('system/'));
  return {
    params: [...differing, ...same].map((key) => `param ${key}`),
    metrics: [...metrics]
      .sort((a, b) => isSystem(a) - isSystem(b) || a.localeCompare(b))
      .map((key) => `metric ${key}`),
    differing: differing.length,
  };
}

/** Whether less is better, by the usual names of metrics. A guess, which can be turned around. */
export function usualDirection(field: Field): 'min' | 'max' {
  const name = fieldName(field).toLowerCase();
  return /loss|err|mse|mae|perplexity|ppl|time|latency|duration|size|flops|memory|fid|wer|cer/.test(
    name,
  )
    ? 'min'
    : 'max';
}
