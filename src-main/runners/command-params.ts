/** The params that a command can have read: all of the root's params.yaml. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '../formats/yaml.ts';

const name = 'params.yaml';

/** Flat, with dotted keys and values as they were written. None when the file cannot be read. */
export function readParamsFile(root: string): { file: string; key: string; value: string }[] {
  const path = join(root, name);
  if (!existsSync(path)) return [];
  try {
    const { value } = parseYaml(readFileSync(path, 'utf8'), name);
    return flatten(value, '').map(([key, text]) => ({ file: name, key, value: text }));
  } catch {
    // A broken params file is the command's to complain about.
    return [];
  }
}

function flatten(value: unknown, prefix: string): [string, string][] {
  const isMap =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null;
  if (!isMap) return prefix === '' ? [] : [[prefix, text(value)]];
  return Object.entries(value).flatMap(([key, part]) =>
    flatten(part, prefix === '' ? key : `${prefix}.${key}`),
  );
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}
