/**
 * The names of run-cache entries. A value is the SHA-256 of the lock entry as Python's
 * `json.dumps(sort_keys=True)` prints it, without sizes and counts; a key is the same with nothing
 * but the paths of the outputs. Source: DVC 3, read from what it writes.
 */
import { createHash } from 'node:crypto';
import { YamlFloat } from '../formats/yaml-values.ts';
import { isRecord } from './values.ts';

const leftOut = new Set(['size', 'nfiles']);

/** What stays the same whatever the outputs are: command, deps and params. */
export function runCacheKey(entry: Readonly<Record<string, unknown>>): string {
  const outs = Array.isArray(entry.outs) ? entry.outs : [];
  const paths = outs.map((out: unknown) => (isRecord(out) ? out.path : out));
  return sha256(pythonJson({ ...entry, outs: paths }));
}

export function runCacheValue(entry: Readonly<Record<string, unknown>>): string {
  return sha256(pythonJson(entry));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** As `json.dumps(value, sort_keys=True)`, with `size` and `nfiles` left out of every mapping. */
export function pythonJson(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return jsonText(value);
  if (value instanceof YamlFloat) return jsonFloat(value.value);
  if (typeof value === 'number' && !Number.isInteger(value)) return jsonFloat(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (isRecord(value)) {
    const keys = Object.keys(value)
      .filter((key) => !leftOut.has(key) && value[key] !== undefined)
      .sort(compareCodePoints);
    return `{${keys.map((key) => `${jsonText(key)}: ${pythonJson(value[key])}`).join(', ')}}`;
  }
  return typeof value === 'object' ? jsonText(String(value)) : String(value);
}

function jsonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return new YamlFloat(value).source;
}

function jsonText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function compareCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
