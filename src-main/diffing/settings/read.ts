/** Settings out of a text: JSON, TOML or YAML by the file's name. */
import { parse as parseToml, TomlError } from 'smol-toml';
import { CairnError } from '../../base/errors.ts';
import { parseYaml } from '../../formats/yaml.ts';
import { type Tree, toTree } from './tree.ts';

/** Larger files are data; as texts they can still be compared. */
export const maxSettingsBytes = 32 * 2 ** 20;

export function isSettingsPath(path: string): boolean {
  return /\.(ya?ml|json|toml|dvc)$|(^|\/)(dvc\.lock|MLmodel|Pipfile|poetry\.lock|uv\.lock)$/i.test(
    path,
  );
}

/** @throws CairnError `invalid` or `unsupported` when it cannot be read as what its name says */
export function readSettings(text: string, path: string): Tree {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/\.json$/i.test(name)) return toTree(readJson(text, name));
  if (/\.toml$|^(Pipfile|poetry\.lock|uv\.lock)$/i.test(name)) return toTree(readToml(text, name));
  return toTree(parseYaml(text, name).value);
}

function readJson(text: string, name: string): unknown {
  try {
    // Whole numbers beyond 2^53 would be rounded, and two of them taken for the same.
    return /\d{16}/.test(text) ? JSON.parse(text, exactInteger) : JSON.parse(text);
  } catch (error) {
    throw new CairnError('invalid', `${name} is no whole JSON.`, { cause: error });
  }
}

function exactInteger(_key: string, value: unknown, context?: { readonly source?: string }) {
  const source = context?.source;
  const exact = typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined;
  return exact && /^-?\d+$/.test(source) ? BigInt(source) : value;
}

function readToml(text: string, name: string): unknown {
  try {
    return parseToml(text, { integersAsBigInt: 'asNeeded' });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const place = { file: name, line: error.line, column: error.column };
    throw new CairnError('invalid', `${name} is no valid TOML (line ${error.line}).`, {
      cause: error,
      place,
    });
  }
}
