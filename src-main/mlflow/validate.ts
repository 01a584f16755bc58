/** MLflow's rules for names and lengths (its `utils/validation.py`). */
import { posix } from 'node:path';
import { invalid } from './errors.ts';

const maxKey = 250;
const maxParamValue = 6000;
const maxTagValue = 8000;
const maxExperimentTagValue = 20_000;
const maxExperimentName = 500;

/** Python's `\w` is any letter, digit or underscore of Unicode. */
const keyPattern = /^[/\p{L}\p{N}\p{M}_.\- :]*$/u;

/** @throws MlflowError unless `key` can be the name of a param, metric or tag */
export function checkKey(key: string, path: string): string {
  if (!keyPattern.test(key)) {
    throw invalid(
      `Invalid value ${quoted(key)} for parameter '${path}' supplied: Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).`,
    );
  }
  const normal = posix.normalize(key === '' ? '.' : key);
  if (normal !== key || key === '.' || key.startsWith('..') || key.startsWith('/')) {
    throw invalid(
      `Invalid value ${quoted(key)} for parameter '${path}' supplied: Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to ${quoted(normal)}.`,
    );
  }
  checkLength(path, key, maxKey);
  return key;
}

/** Over-long values are cut, as MLflow does unless it is told not to. */
export function paramValue(value: string): string {
  return cut(value, maxParamValue);
}

export function tagValue(value: string): string {
  return cut(value, maxTagValue);
}

export function experimentTagValue(value: string): string {
  checkLength('value', value, maxExperimentTagValue);
  return value;
}

export function checkExperimentName(name: string): string {
  if (name.trim() === '') throw invalid(`Invalid experiment name: '${name}'`);
  checkLength('name', name, maxExperimentName);
  return name;
}

export function checkRunId(id: string): string {
  if (!/^[a-zA-Z0-9][\w-]{0,255}$/.test(id)) {
    throw invalid(`Invalid value ${quoted(id)} for parameter 'run_id' supplied.`);
  }
  return id;
}

/** @throws MlflowError when `text` has more than `limit` characters */
export function checkLength(what: string, text: string, limit: number): void {
  if (lengthOf(text) > limit) {
    throw invalid(`'${what}' exceeds the maximum length of ${limit} characters: ${quoted(text)}`);
  }
}

/** Python counts characters where JavaScript counts halves of surrogate pairs. */
function lengthOf(text: string): number {
  let length = text.length;
  for (const _ of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) length -= 1;
  return length;
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return lengthOf(text) <= limit ? text : Array.from(text).slice(0, limit).join('');
}

function quoted(text: string): string {
  return `'${text.length > 100 ? `${text.slice(0, 100)}…` : text}'`;
}
