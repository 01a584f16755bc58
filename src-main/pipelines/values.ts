/**
 * Values of params as DVC, that is Python, sees them: whole floats are not ints, and what is equal
 * is decided by Python's rules. Floats and dates are the classes of formats/yaml-values.
 */
import { pythonFloat, YamlFloat, YamlTimestamp } from '../formats/yaml-values.ts';

/** A mapping; floats and dates are not. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** The number a value is, or null; booleans and dates are none. */
export function numberOf(value: unknown): number | null {
  if (value instanceof YamlFloat) return value.value;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : null;
}

/** A single value as Python's `str()` prints it: `0.1`, `1e-05`, `True`, `None`. */
export function pythonText(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value instanceof YamlFloat) return pythonNumber(value.value);
  if (typeof value === 'number' && !Number.isInteger(value)) return pythonNumber(value);
  return String(value);
}

/** Python's `repr` of a float, which has words of its own for what is no number. */
export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return pythonFloat(value);
}

/** A value for people: as it was written, texts without quotes, lists and mappings as JSON. */
export function displayValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value) || isRecord(value)) return displayJson(value);
  return String(value);
}

function displayJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(displayJson).join(', ')}]`;
  if (isRecord(value)) {
    const parts = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}: ${displayJson(item)}`,
    );
    return `{${parts.join(', ')}}`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : displayValue(value);
}

/**
 * Python's `==`: 1, 1.0 and True are the same; mappings are compared without order. Unlike there a
 * NaN is the same as another, or a param that holds one would be new forever.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameValue(item, b[index]))
    );
  }
  if (isRecord(a)) {
    if (!isRecord(b)) return false;
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
    );
  }
  if (a instanceof YamlTimestamp) return b instanceof YamlTimestamp && a.canonical === b.canonical;
  const [left, right] = [comparable(a), comparable(b)];
  if (typeof left === 'bigint' && typeof right === 'number') return Number(left) === right;
  if (typeof left === 'number' && typeof right === 'bigint') return left === Number(right);
  return left === right || (Number.isNaN(left) && Number.isNaN(right));
}

function comparable(value: unknown): unknown {
  if (value instanceof YamlFloat) return value.value;
  return typeof value === 'boolean' ? Number(value) : (value ?? null);
}

/** Whether two commands are the same; a list is never the same as a text. */
export function sameCommand(
  a: string | readonly string[] | null,
  b: string | readonly string[] | null,
): boolean {
  return sameValue(a, b);
}
