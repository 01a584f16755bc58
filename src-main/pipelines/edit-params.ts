/**
 * `-P key=value`: changes values in params files. Only the bytes of the value change; comments,
 * order and layout stay. Every edit is read back before it is believed.
 */
import { CairnError } from '../base/errors.ts';
import { parseYaml } from '../formats/yaml.ts';
import { YamlFloat, YamlTimestamp } from '../formats/yaml-values.ts';
import { defaultParamsFile } from './build-stage.ts';
import { editLines } from './edit-lines.ts';
import { editYaml } from './edit-yaml.ts';
import type { ReadText } from './ignored.ts';
import { flattenParams, type ParamValues, paramsFormat, parseParams } from './params-file.ts';
import { didYouMean } from './problem.ts';
import { displayValue, isRecord, pythonText, sameValue } from './values.ts';

export interface SetParam {
  /** Null: params.yaml, or the one other params file that has the key. */
  readonly file: string | null;
  readonly key: string;
  /** As YAML: `0.1`, `true`, `[1, 2]`; what is not YAML is text. */
  readonly value: string;
  /** Whether the key may be new: written with a `+` before it. */
  readonly add: boolean;
}

/**
 * Reads `key=value`, `file.yaml:key=value` and `+key=value`.
 * @throws CairnError `invalid`
 */
export function parseSetParam(text: string): SetParam {
  const match = /^(\+?)(?:([^=]+\.(?:ya?ml|json|toml|py)):)?([^=]+)=([\s\S]*)$/i.exec(text);
  const key = match?.[3]?.trim() ?? '';
  if (match === null || key === '') {
    throw new CairnError(
      'invalid',
      `“${text}” is not a param. Write key=value, or file.yaml:key=value.`,
    );
  }
  return { file: match[2] ?? null, key, value: (match[4] ?? '').trim(), add: match[1] === '+' };
}

/**
 * The texts of the files that change, by workspace path.
 * @param candidates other params files of the pipeline, looked into when params.yaml lacks a key
 * @throws CairnError `invalid` for what is no param; `not-found` for a key or file that is not there
 */
export function applySetParams(
  params: readonly SetParam[],
  candidates: readonly string[],
  readText: ReadText,
): Map<string, string> {
  const texts = new Map<string, string>();
  const read = (file: string) => texts.get(file) ?? readText(file);
  for (const param of params) {
    const file = param.file ?? chooseFile(param, candidates, read);
    const text = read(file);
    if (text === null) {
      throw new CairnError('not-found', `There is no params file ${file} to set ${param.key} in.`);
    }
    texts.set(file, setParam(text, file, param));
  }
  return new Map([...texts].filter(([file, text]) => text !== readText(file)));
}

function chooseFile(param: SetParam, candidates: readonly string[], read: ReadText): string {
  const has = (file: string) => {
    const text = read(file);
    return text !== null && parseParams(text, file).find(param.key) !== undefined;
  };
  if (param.add || has(defaultParamsFile)) return defaultParamsFile;
  const others = [...new Set(candidates)].filter((file) => file !== defaultParamsFile && has(file));
  if (others.length > 1) {
    throw new CairnError(
      'invalid',
      `${param.key} is in ${others.join(' and ')}. Say which: “${others[0]}:${param.key}=${param.value}”.`,
    );
  }
  return others[0] ?? defaultParamsFile;
}

/** The text of a params file with one value changed. */
export function setParam(text: string, file: string, param: SetParam): string {
  const before = parseParams(text, file);
  const value = readValue(param.value);
  const current = before.find(param.key);
  if (current === undefined && !param.add) throw unknownKey(param, file, before);
  if (current !== undefined && sameValue(current.value, value)) return text;
  for (const edited of candidatesFor(text, file, param, value)) {
    if (edited !== null && isExactly(edited, file, param.key, value, before)) return edited;
  }
  throw new CairnError(
    'failed',
    `${param.key} could not be changed in ${file} without touching the rest. Edit the file by hand.`,
  );
}

function* candidatesFor(
  text: string,
  file: string,
  param: SetParam,
  value: unknown,
): Generator<string | null> {
  const steps = param.key.split('.');
  const format = paramsFormat(file);
  if (format === 'yaml') {
    // As typed, so that 1e-3 stays 1e-3; then quoted.
    yield editYaml(text, file, steps, param.value === '' ? "''" : param.value, value);
    yield editYaml(text, file, steps, jsonSource(value, param.value), value);
  } else if (format === 'json') {
    yield editYaml(text, file, steps, jsonSource(value, param.value), value);
  } else {
    const source = format === 'toml' ? jsonSource(value, param.value) : pythonSource(value);
    yield editLines(text, format, steps, source);
  }
}

/** What a user typed: a single value, a `[list]` or a `{mapping}` of YAML; else text to the letter. */
function readValue(typed: string): unknown {
  let value: unknown;
  try {
    value = parseYaml(typed, 'value').value;
  } catch {
    return typed;
  }
  if (Array.isArray(value)) return typed.startsWith('[') ? value : typed;
  if (isRecord(value)) return typed.startsWith('{') ? value : typed;
  // Nothing that was typed is a comment.
  if (/(?:^|\s)#/.test(typed) || typed === '') return typed;
  return value;
}

function jsonSource(value: unknown, typed: string): string {
  if (value instanceof YamlFloat) {
    return /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(typed) ? typed : value.toString();
  }
  if (value instanceof YamlTimestamp || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => jsonSource(item, '')).join(', ')}]`;
  if (isRecord(value)) {
    const parts = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}: ${jsonSource(item, '')}`,
    );
    return `{${parts.join(', ')}}`;
  }
  return JSON.stringify(value);
}

function pythonSource(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(pythonSource).join(', ')}]`;
  if (isRecord(value)) {
    const parts = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}: ${pythonSource(item)}`,
    );
    return `{${parts.join(', ')}}`;
  }
  return value instanceof YamlFloat ? value.toString() : pythonText(value);
}

/** Whether the edited text says the new value there and the old ones everywhere else. */
function isExactly(
  edited: string,
  file: string,
  key: string,
  value: unknown,
  before: ParamValues,
): boolean {
  let after: ParamValues;
  try {
    after = parseParams(edited, file);
  } catch {
    return false;
  }
  const found = after.find(key);
  if (found === undefined || !sameValue(found.value, value)) return false;
  const others = (values: ParamValues) =>
    flattenParams(values.values)
      .filter((one) => !isAtOrAround(one.key, key))
      .map((one) => `${one.key}=${one.value}`)
      .join('\n');
  return others(after) === others(before);
}

function isAtOrAround(flat: string, key: string): boolean {
  return flat === key || flat.startsWith(`${key}.`) || key.startsWith(`${flat}.`);
}

function unknownKey(param: SetParam, file: string, values: ParamValues): CairnError {
  const known = flattenParams(values.values).map((one) => one.key);
  const hint =
    didYouMean(param.key, known) ||
    ` To add it, write “+${param.key}=${displayValue(param.value)}”.`;
  return new CairnError('not-found', `There is no param “${param.key}” in ${file}.${hint}`);
}
