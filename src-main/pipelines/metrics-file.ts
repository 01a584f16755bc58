/**
 * Metrics files as `dvc metrics diff` sees them: nested mappings flattened to dotted keys, numbers
 * only. Source: DVC's reference, “metrics”.
 */
import { parse as parseToml } from 'smol-toml';
import { CairnError } from '../base/errors.ts';
import { parseYaml } from '../formats/yaml.ts';
import type { Stage } from './types.ts';
import { isRecord, numberOf } from './values.ts';

export interface MetricValue {
  /** Dotted. */
  readonly key: string;
  /** May be NaN or infinite. */
  readonly value: number;
}

/**
 * The numbers in a metrics file. A file that holds a single number has the empty key.
 * @param name decides the format: .json, .toml, else YAML
 * @throws CairnError `invalid` when the text is not of that format
 */
export function readMetricsFile(text: string, name: string): MetricValue[] {
  const found: MetricValue[] = [];
  const walk = (value: unknown, key: string): void => {
    if (isRecord(value)) {
      for (const [name, item] of Object.entries(value)) walk(item, key ? `${key}.${name}` : name);
      return;
    }
    const number = metricNumber(value);
    if (number !== null) found.push({ key, value: number });
  };
  walk(parseMetrics(text, name), '');
  return found;
}

function parseMetrics(text: string, name: string): unknown {
  if (/\.toml$/i.test(name)) {
    try {
      return parseToml(text);
    } catch (cause) {
      throw new CairnError('invalid', `${name} is not valid TOML.`, { cause });
    }
  }
  if (/\.json$/i.test(name)) {
    try {
      // Python writes NaN and infinities bare, which JSON has not.
      return JSON.parse(
        text.replace(bareNumbers, (all, word?: string) => (word === undefined ? all : `"${word}"`)),
      );
    } catch (cause) {
      throw new CairnError('invalid', `${name} is not valid JSON.`, { cause });
    }
  }
  return parseYaml(text, name).value;
}

// Strings are matched first, so that words inside them stay.
const bareNumbers = /"(?:[^"\\]|\\.)*"|(-?(?:NaN|Infinity))\b/g;

function metricNumber(value: unknown): number | null {
  if (typeof value === 'boolean') return null;
  if (typeof value === 'string') {
    // As DVCLive writes what JSON cannot hold.
    if (/^nan$/i.test(value)) return Number.NaN;
    const infinite = /^([+-]?)inf(?:inity)?$/i.exec(value);
    if (infinite === null) return null;
    return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return numberOf(value);
}

/** Metrics and plots of a stage whose lines are points over steps. Workspace paths. */
export function pointsFiles(stage: Stage): string[] {
  return stage.outs
    .filter((out) => out.role !== 'out' && out.reach === 'workspace' && out.overSteps !== false)
    .map((out) => out.path)
    .filter((path) => /\.(jsonl|ndjson|csv|tsv)$/i.test(path));
}

/** Metrics of a stage that hold final values: a metric that is not a points file. */
export function metricsFiles(stage: Stage): string[] {
  return stage.outs
    .filter((out) => out.role === 'metric' && out.reach === 'workspace')
    .map((out) => out.path)
    .filter((path) => /\.(json|ya?ml|toml)$/i.test(path));
}
