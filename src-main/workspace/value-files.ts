/** Params and metrics files of any kind, flattened to dotted keys as DVC does. */
import { parse as parseToml } from 'smol-toml';
import { isMap, isNumeric, readLeniently } from './lenient-yaml.ts';

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
  const visit = (value: unknown, key: string): void => {
    if (isMap(value)) {
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
function isNumber(value: unknown): boolean {
  return (
    isNumeric(value) || (typeof value === 'string' && /^[+-]?(?:nan|inf(?:inity)?)$/i.test(value))
  );
}

function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
  if (isMap(value)) {
    const entries = Object.entries(value).map(([key, below]) => `${key}: ${write(below)}`);
    return `{${entries.join(', ')}}`;
  }
  return String(value);
}

function readToml(text: string): unknown {
  try {
    return parseToml(text);
  } catch {
    return null;
  }
}
