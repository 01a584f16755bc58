/** Charts of made-up runs, computed as the core computes them. */
import type { ChartLayout } from '../../src-main/contract/charts.ts';
import type { Handlers } from '../../src-main/rpc/index.ts';
import { band, ordered, thinBand, valuesAt } from '../../src-main/tracking/bands.ts';
import { measureImportance } from '../../src-main/tracking/importance/index.ts';
import type { FakeRun } from './fake-runs.ts';

type ChartOperation = Extract<keyof Handlers, `charts.${string}` | `layouts.${string}`>;

export function fakeCharts(
  find: (id: string) => FakeRun,
  matching: (experimentId: string | null, filter: string) => readonly FakeRun[],
): Pick<Handlers, ChartOperation> {
  const layouts = new Map<string, ChartLayout>();
  const stepsOf = (values: Float64Array): Float64Array<ArrayBuffer> =>
    Float64Array.from(values.keys());
  return {
    'layouts.get': async ({ name }) => ({ layout: layouts.get(name) ?? null }),
    'layouts.set': async ({ name, layout }) => {
      layouts.set(name, layout);
      return {};
    },
    'charts.against': async ({ ids, keys, xKey }) => ({
      series: ids.flatMap((runId) => {
        const { curves, createdAt } = find(runId);
        const across = curves.get(xKey);
        return keys.flatMap((key) => {
          const values = curves.get(key);
          if (values === undefined || across === undefined) return [];
          const steps = stepsOf(values);
          const x = valuesAt(ordered(stepsOf(across), across), steps);
          const times = steps.map((step) => createdAt + step * 1500);
          return [{ runId, key, total: values.length, x, steps, times, values }];
        });
      }),
    }),
    'charts.importance': async ({ ids, filter, experimentId, metric, aggregate }, { signal }) => {
      const runs = filter === null ? ids.map(find) : matching(experimentId, filter);
      const { params, leftOut, ...found } = await measureImportance(
        runs.map((run) => run.params),
        runs.map((run) => run.metrics.find((one) => one.key === metric)?.[aggregate] ?? null),
        { signal },
      );
      return { ...found, params: [...params], leftOut: [...leftOut] };
    },
    'charts.bands': async ({ groups, keys, spread, maxPoints }) => ({
      bands: groups.flatMap((group) =>
        keys.flatMap((key) => {
          const lines = group.runIds.flatMap((id) => {
            const values = find(id).curves.get(key);
            return values === undefined ? [] : [ordered(stepsOf(values), values)];
          });
          if (lines.length === 0) return [];
          const whole = band(lines, spread);
          const thin = thinBand(whole, maxPoints);
          return [{ group: group.id, key, runs: lines.length, total: whole.x.length, ...thin }];
        }),
      ),
    }),
  };
}
