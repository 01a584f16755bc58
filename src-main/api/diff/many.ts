/** Three sides or more: params, metrics and environments in columns. */
import { metricDirection } from '../../base/metrics.ts';
import type { Output } from '../../contract/index.ts';
import { sampleOf } from '../../diffing/statistics.ts';
import type { DiffSession } from './context.ts';
import { environmentSections, factsOf, keysOf } from './environment.ts';
import { metricSamples } from './groups.ts';
import { paramKey, readState, type SideState } from './side-state.ts';
import { environmentOf, isRun, resolveSide } from './sides.ts';

type Many = Output<'diff.many'>;

export async function diffMany(session: DiffSession, references: readonly string[]): Promise<Many> {
  const sides = await Promise.all(references.map((one) => resolveSide(session, one)));
  const whole = !sides.every(isRun);
  const states: SideState[] = [];
  for (const side of sides) states.push(await readState(session, side, whole));
  const params = states.map(
    (state) => new Map(state.params.map((param) => [paramKey(param), param])),
  );
  const names = new Map(params.flatMap((one) => [...one]));
  const samples = sides.map((side) => metricSamples(session, side));
  const metricKeys = [...new Set(states.flatMap((state) => [...state.metrics.keys()]))];
  const recorded = await Promise.all(sides.map((side) => environmentOf(session, side)));
  const environments = recorded.map((environment) => environment && factsOf(environment));
  return {
    sides,
    params: [...names]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { file, key }]) => {
        const values = params.map((one) => one.get(id)?.value ?? null);
        return { file, key, values, same: allSame(values) };
      }),
    metrics: metricKeys.map((key) => {
      const values = states.map((state) => state.metrics.get(key) ?? null);
      const spread = samples.map((one) => {
        const { n, variance } = sampleOf(one.get(key) ?? []);
        return n > 1 ? { n, std: Math.sqrt(variance) } : null;
      });
      return { key, values, spread, direction: metricDirection(key), same: allSame(values) };
    }),
    environment: environmentSections.flatMap((section) =>
      keysOf(section, environments).map((key) => {
        const values = environments.map((one) => one?.[section].get(key) ?? null);
        // A side without a recorded environment says nothing, rather than that all is gone.
        const told = values.filter((_, at) => environments[at] !== null);
        return { section, key, values, same: allSame(told) };
      }),
    ),
  };
}

function allSame(values: readonly unknown[]): boolean {
  return values.every((value) => Object.is(value, values[0]));
}
