/** YAML and JSON as they lie in old commits: what cannot be read is nothing, never an error. */
import { CairnError } from '../base/errors.ts';
import { parseYaml } from '../formats/yaml.ts';
import { YamlFloat } from '../formats/yaml-values.ts';

/** Larger files are results, not settings. */
const largestText = 8 << 20;

/** Maps, lists, texts and numbers (floats as {@link YamlFloat}); null when it is no YAML. */
export function readLeniently(text: string): unknown {
  if (text.length > largestText) return null;
  try {
    return parseYaml(text, '').value;
  } catch (error) {
    if (error instanceof CairnError) return null;
    throw error;
  }
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

export function isNumeric(value: unknown): value is number | bigint | YamlFloat {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof YamlFloat;
}
