/** Params and metrics of two sides, value by value. */
import { isSystemMetric, metricDirection } from '../../base/metrics.ts';
import type { DiffSummary } from '../../contract/diff.ts';
import type { ParamValue } from './file-state.ts';
import { paramKey } from './side-state.ts';
import { changeOf } from './values.ts';

/** In the order of files and keys. */
export function diffParams(
  left: readonly ParamValue[],
  right: readonly ParamValue[],
): DiffSummary['params'] {
  const [before, after] = [left, right].map(
    (params) => new Map(params.map((param) => [paramKey(param), param])),
  ) as [Map<string, ParamValue>, Map<string, ParamValue>];
  return [...new Set([...before.keys(), ...after.keys()])].sort().map((id) => {
    const { file, key } = (after.get(id) ?? before.get(id)) as ParamValue;
    const values = [before.get(id)?.value ?? null, after.get(id)?.value ?? null] as const;
    return { file, key, left: values[0], right: values[1], change: changeOf(...values) };
  });
}

/** The right side's order first, the machine's own last; `better` is null where nothing changed or nobody knows. */
export function diffMetrics(
  left: ReadonlyMap<string, number | null>,
  right: ReadonlyMap<string, number | null>,
): DiffSummary['metrics'] {
  const keys = [...new Set([...right.keys(), ...left.keys()])];
  // How busy the machine was matters least.
  const ordered = keys.toSorted((a, b) => Number(isSystemMetric(a)) - Number(isSystemMetric(b)));
  return ordered.map((key) => {
    const [before, after] = [left.get(key) ?? null, right.get(key) ?? null];
    const delta = before === null || after === null ? null : after - before;
    const direction = metricDirection(key);
    const better =
      !delta || direction === null ? null : direction === 'higher' ? delta > 0 : delta < 0;
    return { key, left: before, right: after, delta: finite(delta), better };
  });
}

function finite(value: number | null): number | null {
  return Number.isFinite(value) ? value : null;
}
