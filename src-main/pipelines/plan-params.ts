/** Which params of a stage differ from what was recorded. */
import type { StaleReason } from '../contract/pipeline.ts';
import type { ParamValues } from './params-file.ts';
import type { Observed } from './plan.ts';
import type { ParamsDep, Stage } from './types.ts';
import { displayValue, isRecord, sameValue } from './values.ts';

/** Values of the tracked keys of a params file, flat; a file tracked whole gives its top level. */
export function trackedParams(
  params: ParamsDep,
  values: ParamValues,
): { key: string; value: unknown }[] {
  const keys = params.keys ?? Object.keys(values.values);
  return keys.flatMap((key) => {
    const found = params.keys === null ? { value: values.values[key] } : values.find(key);
    return found === undefined ? [] : [{ key, value: found.value }];
  });
}

export function paramReasons(stage: Stage, observed: Observed): StaleReason[] {
  return stage.params.flatMap((params) => reasonsOf(params, stage, observed));
}

function reasonsOf(params: ParamsDep, stage: Stage, observed: Observed): StaleReason[] {
  const values = observed.params(params.file);
  if (values === null) {
    return [reason('param missing', params.file, `${params.file} is missing`)];
  }
  const recorded = stage.lock?.params?.[params.declared];
  if (recorded === undefined) {
    return [reason('param new', params.file, `${params.file} is a new params file`)];
  }
  const actual = new Map(trackedParams(params, values).map(({ key, value }) => [key, value]));
  const keys = params.keys ?? [...new Set([...actual.keys(), ...Object.keys(recorded)])];
  return keys.flatMap((key) => {
    const known = Object.hasOwn(recorded, key);
    if (!actual.has(key)) {
      return [reason('param missing', key, `${key} is not in ${params.file} any more`)];
    }
    const value = actual.get(key);
    if (!known) return [reason('param new', key, `${key} is new: ${displayValue(value)}`)];
    const before = recorded[key];
    return changesOf(key, before, value);
  });
}

/** A section that is tracked as a whole is told by the values in it that changed. */
function changesOf(key: string, before: unknown, value: unknown): StaleReason[] {
  if (sameValue(before, value)) return [];
  if (isRecord(before) && isRecord(value)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(value)])];
    return keys.flatMap((name) => changesOf(`${key}.${name}`, before[name], value[name]));
  }
  const [from, to] = [before, value].map((one) =>
    one === undefined ? 'nothing' : displayValue(one),
  );
  return [reason('param modified', key, `${key} changed from ${from} to ${to}`)];
}

function reason(kind: StaleReason['kind'], subject: string, detail: string): StaleReason {
  return { kind, subject, detail };
}
