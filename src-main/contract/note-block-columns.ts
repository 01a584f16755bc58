/** Which params and metrics a small table of runs shows. */
import type { RunRow } from './runs.ts';

export interface BlockColumn {
  readonly kind: 'param' | 'metric';
  readonly key: string;
}

const mostParams = 4;
const mostMetrics = 4;

/**
 * The columns that are asked for (`lr`, `metrics.loss`), or the first params whose values differ
 * and the first metrics.
 */
export function columnsOf(
  rows: readonly Pick<RunRow, 'params' | 'metrics'>[],
  asked: readonly string[],
): BlockColumn[] {
  const metrics = new Set(rows.flatMap((run) => run.metrics.map((metric) => metric.key)));
  if (asked.length > 0) {
    return asked.map((name) => {
      const [, prefix = '', key = name] = /^(params?|metrics?)\.(.*)$/.exec(name) ?? [];
      const metric = prefix === '' ? metrics.has(name) : prefix.startsWith('metric');
      return { kind: metric ? 'metric' : 'param', key };
    });
  }
  const params = [...new Set(rows.flatMap((run) => Object.keys(run.params)))]
    .filter((key) => new Set(rows.map((run) => run.params[key])).size > 1)
    .slice(0, mostParams);
  return [
    ...params.map((key) => ({ kind: 'param' as const, key })),
    ...[...metrics].slice(0, mostMetrics).map((key) => ({ kind: 'metric' as const, key })),
  ];
}

export function cellOf(
  run: Pick<RunRow, 'params' | 'metrics'>,
  { kind, key }: BlockColumn,
): string | number | null {
  if (kind === 'param') return Object.hasOwn(run.params, key) ? (run.params[key] ?? null) : null;
  return run.metrics.find((metric) => metric.key === key)?.last ?? null;
}
