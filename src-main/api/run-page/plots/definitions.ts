/** What a dvc.yaml says of plots, at its top and in its stages (DVC's user guide, “dvc.yaml files”). */
import { posix } from 'node:path';
import { parseYaml } from '../../../formats/yaml.ts';
import { isObject } from './tables.ts';

export interface PlotDefinition {
  /** Unique in the workspace: what two runs have in common. */
  readonly key: string;
  readonly title: string;
  /** Of DVC's templates: `linear`, `confusion`, …; or what the user wrote. */
  readonly template: string;
  /** Files with the columns of each; null columns: the last one of the file. */
  readonly y: readonly { readonly path: string; readonly column: string | null }[];
  /** A column of the same file, or of one of its own; null: the place of the row. */
  readonly x: { readonly path: string | null; readonly column: string } | null;
  readonly xTitle: string | null;
  readonly yTitle: string | null;
  readonly header: boolean;
}

/**
 * The definitions of one file. What cannot be understood is left out: the pipeline's own reader
 * complains of it.
 * @param file its path in the workspace
 */
export function plotDefinitions(text: string, file: string): PlotDefinition[] {
  let value: unknown;
  try {
    value = parseYaml(text, file).value;
  } catch {
    return [];
  }
  if (!isObject(value)) return [];
  const folder = posix.dirname(file);
  const found: PlotDefinition[] = [];
  const take = (base: string, isTop: boolean) => (name: string, properties: unknown) => {
    const one = definition(name, isObject(properties) ? properties : {}, base, isTop);
    if (one !== null) found.push(one);
  };
  eachPlot(value.plots, take(folder, true));
  for (const stage of Object.values(isObject(value.stages) ? value.stages : {})) {
    if (!isObject(stage) || (typeof stage.wdir === 'string' && stage.wdir.includes('${'))) continue;
    const wdir = typeof stage.wdir === 'string' ? stage.wdir : '.';
    eachPlot(stage.plots, take(posix.join(folder, wdir), false));
  }
  // The top says more of a file than the stage that writes it.
  const byKey = new Map<string, PlotDefinition>();
  for (const one of found) if (!byKey.has(one.key)) byKey.set(one.key, one);
  return [...byKey.values()];
}

/** A list of names and of objects with one name each, or one object. */
function eachPlot(plots: unknown, take: (name: string, properties: unknown) => void): void {
  for (const entry of Array.isArray(plots) ? plots : [plots]) {
    if (typeof entry === 'string') take(entry, null);
    else if (isObject(entry))
      for (const [name, properties] of Object.entries(entry)) take(name, properties);
  }
}

function definition(
  name: string,
  properties: Record<string, unknown>,
  base: string,
  isTop: boolean,
): PlotDefinition | null {
  if (name.includes('${')) return null;
  const at = (path: string) => posix.normalize(posix.join(base, path));
  const text = (key: string) => (typeof properties[key] === 'string' ? properties[key] : null);
  // Only at the top a name may be an id, and y an object of files.
  const files = isTop && isObject(properties.y) ? properties.y : null;
  const y =
    files === null
      ? columnsOf(properties.y).map((column) => ({ path: at(name), column }))
      : Object.entries(files).flatMap(([path, columns]) =>
          columnsOf(columns).map((column) => ({ path: at(path), column })),
        );
  const [xFile, xColumn] = isObject(properties.x)
    ? (Object.entries(properties.x)[0] ?? [null, null])
    : [null, properties.x];
  return {
    key: at(name),
    title: text('title') ?? name,
    template: text('template') ?? 'linear',
    y,
    x:
      typeof xColumn === 'string'
        ? { path: xFile === null ? null : at(xFile), column: xColumn }
        : null,
    xTitle: text('x_label'),
    yTitle: text('y_label'),
    header: properties.header !== false,
  };
}

function columnsOf(y: unknown): (string | null)[] {
  const all = Array.isArray(y) ? y.filter((one) => typeof one === 'string') : [];
  if (all.length > 0) return all;
  return [typeof y === 'string' ? y : null];
}
