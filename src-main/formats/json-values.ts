/**
 * JSON as values, without what makes it ambiguous: equal keys are refused, objects are maps (so that
 * a key may be `__proto__`), lists of numbers are one typed array.
 */
import type { JsonReader } from './json-reader.ts';

export type JsonValue = string | number | boolean | null | JsonObject | JsonList;
export type JsonObject = ReadonlyMap<string, JsonValue>;
/** A list of numbers only comes as Float64Array, an empty list as an empty array. */
type JsonList = readonly JsonValue[] | Float64Array;

const maxDepth = 64;

/** Reads the value that comes next. */
export function readJsonValue(json: JsonReader, depth = 0): JsonValue {
  if (depth > maxDepth) return json.fail('it is nested too deeply');
  const first = json.peek();
  if (first === '"') return json.string();
  if (first === '{') {
    const members = new Map<string, JsonValue>();
    json.object((key) => members.set(key, readJsonValue(json, depth + 1)));
    return members;
  }
  if (first === '[') return readList(json, depth);
  return /[-\dIN]/.test(first) ? json.number() : json.literal();
}

function readList(json: JsonReader, depth: number): JsonList {
  const items: JsonValue[] = [];
  let numbers = true;
  json.array(() => {
    const item = readJsonValue(json, depth + 1);
    numbers &&= typeof item === 'number';
    items.push(item);
  });
  return numbers && items.length > 0 ? Float64Array.from(items as number[]) : items;
}
