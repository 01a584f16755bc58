/** Looking into JSON, whose parts may be anything. */
import { CairnError } from '../../base/errors.ts';
import { JsonReader } from '../json-reader.ts';
import { type JsonObject, type JsonValue, readJsonValue } from '../json-values.ts';
import type { PositionalFile } from '../positional.ts';
import type { Broken } from '../tensor-parts.ts';

const maxTextBytes = 256 * 1024 * 1024;

/** The text of a model, as a whole. */
export async function readText(file: PositionalFile): Promise<string> {
  if (file.size > maxTextBytes) {
    throw new CairnError(
      'unsupported',
      `${file.path} is a model of over 256 MiB as text: save it in the binary format of its library to compare it.`,
    );
  }
  return (await file.read(0, file.size)).toString('utf8');
}

export async function readJsonFile(file: PositionalFile, broken: Broken): Promise<JsonObject> {
  const json = new JsonReader(await readText(file), (problem, at) =>
    broken(`${problem} (character ${at})`),
  );
  const value = readJsonValue(json);
  json.end();
  return isObject(value) ? value : broken('it is no object');
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

/** The object at the end of a path of keys; an empty one when there is none. */
export function objectAt(root: JsonObject, ...path: readonly string[]): JsonObject {
  let at: JsonValue | undefined = root;
  for (const key of path) at = isObject(at) ? at.get(key) : undefined;
  return isObject(at) ? at : new Map();
}

/** A list of anything; numbers come as numbers. */
export function listAt(object: JsonObject, key: string): readonly JsonValue[] {
  const value = object.get(key);
  if (value instanceof Float64Array) return [...value];
  return Array.isArray(value) ? value : [];
}

/** A list of numbers; empty when it is missing or something else. */
export function numbersAt(object: JsonObject, key: string): Float64Array {
  const value = object.get(key);
  return value instanceof Float64Array ? value : new Float64Array(0);
}

export function textAt(object: JsonObject, key: string): string {
  const value = object.get(key);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
