/**
 * Params files: YAML, JSON, TOML, or the assignments of a Python file. Source: DVC's reference,
 * “params”.
 */
import { parse as parseToml, TomlDate } from 'smol-toml';
import { asCairnError, CairnError } from '../base/errors.ts';
import { parseYaml } from '../formats/yaml.ts';
import { entriesInOrder, YamlFloat, YamlTimestamp } from '../formats/yaml-values.ts';
import { parsePythonAssignments } from './python-params.ts';
import { displayValue, isRecord } from './values.ts';

export interface ParamValues {
  readonly values: Readonly<Record<string, unknown>>;
  /** The value at a dotted key (`model.layers.0`), or undefined. */
  find(key: string): { readonly value: unknown } | undefined;
}

export type ParamsFormat = 'yaml' | 'json' | 'toml' | 'python';

/** By the extension; what is not known is YAML, as for DVC. */
export function paramsFormat(name: string): ParamsFormat {
  if (/\.json$/i.test(name)) return 'json';
  if (/\.toml$/i.test(name)) return 'toml';
  return /\.py$/i.test(name) ? 'python' : 'yaml';
}

/** @throws CairnError `invalid`, with its place where there is one */
export function parseParams(text: string, name: string): ParamValues {
  const values = parseByFormat(text, name) ?? {};
  if (!isRecord(values)) {
    throw new CairnError('invalid', `${name} must hold keys and values at its top level.`);
  }
  return { values, find: (key) => findDotted(values, key) };
}

/** Every single value and list with its dotted key; what a user can turn. */
export function flattenParams(values: Readonly<Record<string, unknown>>): {
  key: string;
  value: string;
}[] {
  const found: { key: string; value: string }[] = [];
  const walk = (value: unknown, key: string): void => {
    if (isRecord(value) && Object.keys(value).length > 0) {
      for (const [name, item] of entriesInOrder(value)) walk(item, key ? `${key}.${name}` : name);
    } else {
      found.push({ key, value: displayValue(value) });
    }
  };
  for (const [key, value] of entriesInOrder(values)) walk(value, key);
  return found;
}

function parseByFormat(text: string, name: string): unknown {
  switch (paramsFormat(name)) {
    case 'yaml':
      return parseYaml(text, name).value;
    case 'json':
      return text.trim() === '' ? null : parseJson(text, name);
    case 'toml':
      return parseTomlText(text, name);
    case 'python':
      return parsePythonAssignments(text);
  }
}

/** JSON with whole floats (`1.0`) told from ints. */
function parseJson(text: string, name: string): unknown {
  const revive = (_key: string, value: unknown, context?: { source?: string }): unknown => {
    if (typeof value !== 'number') return value;
    const source = context?.source ?? String(value);
    return /[.eE]/.test(source) ? new YamlFloat(value, source) : value;
  };
  try {
    return JSON.parse(text, revive);
  } catch (cause) {
    const offset = /position (\d+)/.exec(asCairnError(cause).message)?.[1];
    const before = text.slice(0, Number(offset ?? 0)).split('\n');
    const place = { file: name, line: before.length, column: (before.at(-1) ?? '').length + 1 };
    throw new CairnError('invalid', `${name}:${place.line}:${place.column}: not valid JSON.`, {
      cause,
      place,
    });
  }
}

function parseTomlText(text: string, name: string): unknown {
  try {
    return fromToml(parseToml(text, { integersAsBigInt: true }));
  } catch (cause) {
    const { line, column } = cause as { line?: number; column?: number };
    const place = { file: name, line: line ?? null, column: column ?? null };
    throw new CairnError('invalid', `${name}:${line ?? 1}:${column ?? 1}: not valid TOML.`, {
      cause,
      place,
    });
  }
}

function fromToml(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const small = Number(value);
    return Number.isSafeInteger(small) ? small : value;
  }
  if (typeof value === 'number') return new YamlFloat(value);
  if (value instanceof TomlDate) return new YamlTimestamp(value.toISOString());
  if (Array.isArray(value)) return value.map(fromToml);
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromToml(item)]));
  }
  return value;
}

function findDotted(values: unknown, key: string): { value: unknown } | undefined {
  let value = values;
  for (const step of key.split('.')) {
    if (Array.isArray(value)) {
      if (!/^\d+$/.test(step) || Number(step) >= value.length) return undefined;
      value = value[Number(step)];
    } else if (isRecord(value) && Object.hasOwn(value, step)) {
      value = value[step];
    } else {
      return undefined;
    }
  }
  return { value };
}
