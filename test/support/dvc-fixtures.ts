/** What test/fixtures/dvc/make.py wrote of the real DVC. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  rememberKeys,
  typedEntries,
  YamlFloat,
  YamlTimestamp,
} from '../../src-main/formats/yaml-values.ts';

export function readDvcFixture<T>(name: string): T {
  const path = join(import.meta.dirname, '../fixtures/dvc', name);
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

/** A value of the fixtures: `{"$float": 1}` is Python's 1.0, `{"$map": [[1, 2]]}` its `{1: 2}`. */
export function unmark(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmark);
  if (typeof value !== 'object' || value === null) return value;
  if ('$float' in value) return new YamlFloat(Number(value.$float));
  if ('$int' in value) return BigInt(String(value.$int));
  if ('$time' in value) return new YamlTimestamp(String(value.$time));
  if (!('$map' in value)) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unmark(part)]));
  }
  const pairs = (value.$map as [unknown, unknown][]).map(
    ([key, part]) => [unmark(key), unmark(part)] as const,
  );
  const made = Object.fromEntries(pairs.map(([key, part]) => [String(key), part]));
  rememberKeys(
    made,
    pairs.map(([key]) => key),
  );
  return made;
}

/** The value with its types and the order of its keys spelled out, for comparing. */
export function spellOut(value: unknown): unknown {
  if (value instanceof YamlFloat) return `float ${value.value}`;
  if (value instanceof YamlTimestamp) return `time ${value.canonical}`;
  if (typeof value === 'bigint' || typeof value === 'number') return `int ${value}`;
  if (Array.isArray(value)) return value.map(spellOut);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return typedEntries(value as Record<string, unknown>).map((pair) => pair.map(spellOut));
}
