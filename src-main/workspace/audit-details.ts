/** One line about a file's content, and what is wrong with it. */
import { asCairnError } from '../base/errors.ts';
import { parseYaml } from '../formats/yaml.ts';
import { isMap, readLeniently } from './lenient-yaml.ts';
import { flattenValues } from './value-files.ts';

interface Described {
  readonly detail: string;
  readonly problem: string | null;
}

/** `dvc.yaml` or `dvc.lock`. */
export function describePipeline(path: string, text: string): Described {
  const problem = yamlProblem(path, text);
  if (problem !== null) return { detail: '', problem };
  const content = readLeniently(text);
  const stages = isMap(content) && isMap(content.stages) ? content.stages : {};
  return { detail: count(Object.keys(stages).length, 'stage'), problem: null };
}

/** A file of params or metrics. */
export function describeValues(path: string, text: string, numbersOnly: boolean): Described {
  const problem = path.endsWith('.toml') ? null : yamlProblem(path, text);
  if (problem !== null) return { detail: '', problem };
  return { detail: count(flattenValues(path, text, numbersOnly).size, 'value'), problem: null };
}

/** Cells and kernel of a notebook (nbformat 4). */
export function describeNotebook(text: string): Described {
  try {
    const notebook: unknown = JSON.parse(text);
    const cells = field(notebook, 'cells');
    if (!Array.isArray(cells)) throw new TypeError('no cells');
    const kernel = field(field(field(notebook, 'metadata'), 'kernelspec'), 'name');
    const name = typeof kernel === 'string' ? `, ${kernel}` : '';
    return { detail: count(cells.length, 'cell') + name, problem: null };
  } catch {
    return { detail: '', problem: 'This is not a notebook that can be read.' };
  }
}

function yamlProblem(path: string, text: string): string | null {
  try {
    parseYaml(text, path);
    return null;
  } catch (error) {
    return asCairnError(error).message;
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
