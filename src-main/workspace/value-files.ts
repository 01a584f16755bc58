/** Params and metrics files of any kind, flattened to dotted keys as DVC does. */
import { parse as parseToml } from 'smol-toml';
import { isRecord, type Plain, readLeniently, WrittenNumber } from './lenient-yaml.ts';

const valueFile = /\.(?:ya?ml|json|toml)$/;

export function isValueFile(path: string): boolean {
  return valueFile.test(path) && !/(?:^|\/)dvc\.(?:yaml|lock)$/.test(path);
}

/**
 * Values by dotted key, as they were written. A file that cannot be read has none.
 * @param numbersOnly metrics: leaves out everything else
 */
export function flattenValues(
  path: string,
  text: string,
  numbersOnly: boolean,
): Map<string, string> {
  const values = new Map<string, string>();
  const visit = (value: Plain, key: string): void => {
    if (isRecord(value)) {
      for (const [name, below] of Object.entries(value)) {
        visit(below, key === '' ? name : `${key}.${name}`);
      }
    } else if (key !== '' && (!numbersOnly || isNumber(value))) {
      values.set(key, write(value));
    }
  };
  visit(path.endsWith('.toml') ? readToml(text) : readLeniently(text), '');
  return values;
}

/** DVCLive and Python write numbers that JSON does not know as text. */
function isNumber(value: Plain): boolean {
  return (
    value instanceof WrittenNumber ||
    (typeof value === 'string' && /^[+-]?(?:nan|inf(?:inity)?)$/i.test(value))
  );
}

function write(value: Plain): string {
  if (value === null) return 'null';
  if (value instanceof WrittenNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([key, below]) => `${key}: ${write(below)}`);
    return `{${entries.join(', ')}}`;
  }
  return String(value);
}

function readToml(text: string): Plain {
  try {
    return fromToml(parseToml(text));
  } catch {
    return null;
  }
}

function fromToml(value: unknown): Plain {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return new WrittenNumber(String(value), Number(value));
  }
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(fromToml);
  if (value instanceof Date || typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, fromToml(below)]));
}
