/**
 * `meta.yaml` as MLflow's FileStore writes it (mlflow/store/tracking/file_store.py): a flat map,
 * dumped by PyYAML.
 */
import { parseYaml } from '../../formats/yaml.ts';
import { readBounded } from '../read-bounded.ts';

/** Larger than any that MLflow writes: the tags of a dataset's schema lie in files like this too. */
const mostBytes = 20 * 2 ** 20;

export type Meta = ReadonlyMap<string, string | null>;

/**
 * The scalars of a flat map by key, as they are written: an experiment called `1e3` stays that.
 * @throws CairnError `invalid` when it is not YAML or not a map, the system's error when unreadable
 */
export function readMeta(absolute: string, shown: string): Meta {
  const { text } = readBounded(absolute, mostBytes);
  return readFlatLines(text) ?? readAnyMap(text, shown);
}

/** Plain and simply quoted scalars, a line each; null when there is anything else. */
function readFlatLines(text: string): Map<string, string | null> | null {
  const found = new Map<string, string | null>();
  for (const line of text.split('\n')) {
    if (line === '' || line === '\r') continue;
    const match = /^([A-Za-z_][\w.-]*):(?: +(.*?))?\s*$/.exec(line);
    if (match === null) return null;
    const value = scalarOf(match[2] ?? '');
    if (value === undefined) return null;
    found.set(match[1] as string, value);
  }
  return found;
}

const nothing = new Set(['', 'null', '~', '[]', '{}']);

function scalarOf(written: string): string | null | undefined {
  if (nothing.has(written)) return null;
  const first = written.charAt(0);
  if (first === "'") {
    const inner = /^'((?:[^']|'')*)'$/.exec(written)?.[1];
    return inner?.replaceAll("''", "'");
  }
  if (/[&*!|>%@`"{[#]/.test(first) || / #|: /.test(written)) return undefined;
  return written;
}

function readAnyMap(text: string, shown: string): Map<string, string | null> {
  const { value } = parseYaml(text, shown);
  const found = new Map<string, string | null>();
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, one] of Object.entries(value)) {
    if (one === null) found.set(key, null);
    else if (typeof one !== 'object') found.set(key, String(one));
    else if ('valueOf' in one && typeof one.valueOf() !== 'object') {
      found.set(key, String(one.valueOf()));
    }
  }
  return found;
}

/** A whole number, or null for what is none. */
export function wholeNumber(text: string | null | undefined): number | null {
  if (text === null || text === undefined || !/^-?\d{1,16}$/.test(text)) return null;
  return Number(text);
}
