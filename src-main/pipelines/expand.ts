/**
 * From the stages as written to the stages there are: vars are loaded, expressions replaced, and
 * foreach and matrix multiplied out. Source: DVC's user guide, “Templating”.
 */
import { asCairnError, CairnError } from '../base/errors.ts';
import { defaultParamsFile } from './build-stage.ts';
import { Context, type LoadValues } from './context.ts';
import { hasExpression } from './expression.ts';
import { checkExpressions, interpolate, type Parsing } from './interpolate.ts';
import { folderOf, joinPath } from './paths.ts';
import { placed } from './problem.ts';
import type { Path } from './schema.ts';
import type { Place } from './types.ts';
import { isRecord, pythonText } from './values.ts';

type Values = Readonly<Record<string, unknown>>;

export interface ExpandedStage {
  readonly name: string;
  readonly data: Values;
  /** Steps to its definition in the file. */
  readonly path: Path;
}

export interface ExpandOptions {
  /** Workspace path of the dvc.yaml. */
  readonly file: string;
  readonly parsing: Parsing;
  readonly load: LoadValues;
  place(path: Path): Place;
}

/** The context of a whole dvc.yaml: params.yaml beside it, then its `vars`. */
export function topContext(top: Values, options: ExpandOptions): Context {
  const context = Context.empty();
  const folder = folderOf(options.file);
  const params = joinPath(folder, defaultParamsFile);
  locate(options, ['vars'], () => {
    if (options.load(params) !== null) context.loadFile(params, null, options.load);
  });
  loadVars(context, top.vars, folder, ['vars'], options);
  return context;
}

/** @throws CairnError `invalid`, with file, line and column */
export function expandStages(
  top: Values,
  context: Context,
  options: ExpandOptions,
): ExpandedStage[] {
  const stages = isRecord(top.stages) ? top.stages : {};
  return Object.entries(stages).flatMap(([name, definition]) => {
    const path: Path = ['stages', name];
    if (!isRecord(definition)) return [];
    if (Object.hasOwn(definition, 'foreach')) {
      return expandForeach(name, definition, context, path, options);
    }
    if (Object.hasOwn(definition, 'matrix')) {
      return expandMatrix(name, definition, context, path, options);
    }
    return [expandOne(name, definition, context, path, options)];
  });
}

/** Replaces the expressions of a value outside of stages, such as the top-level `metrics`. */
export function expandTop(
  value: unknown,
  context: Context,
  path: Path,
  options: ExpandOptions,
): unknown {
  return locate(options, path, () => interpolate(value, context, options.parsing, 'value'));
}

function expandForeach(
  name: string,
  definition: Values,
  context: Context,
  path: Path,
  options: ExpandOptions,
): ExpandedStage[] {
  const at: Path = [...path, 'foreach'];
  const items = locate(options, at, () =>
    interpolate(definition.foreach, context, options.parsing, 'iterable'),
  );
  const mapping = isRecord(items);
  if (!mapping && !Array.isArray(items)) {
    throw placed(options.place(at), `“foreach” of ${name} must be a list or a mapping.`);
  }
  const template = definition.do as Values;
  return iterate(items).map(([key, item]) =>
    expandOne(
      `${name}@${key}`,
      template,
      context.withReserved(mapping ? { item, key } : { item }),
      [...path, 'do'],
      options,
    ),
  );
}

/** A mapping gives its keys; a list its values, or their indices when any of them is composite. */
function iterate(items: Values | readonly unknown[]): [string, unknown][] {
  if (!Array.isArray(items)) return Object.entries(items);
  const composite = items.some((item) => Array.isArray(item) || isRecord(item));
  const named = items.map((item, index): [string, unknown] => [
    composite ? String(index) : printKey(item),
    item,
  ]);
  return [...new Map(named)];
}

function expandMatrix(
  name: string,
  definition: Values,
  context: Context,
  path: Path,
  options: ExpandOptions,
): ExpandedStage[] {
  const { matrix, ...template } = definition;
  const at: Path = [...path, 'matrix'];
  const axes = locate(options, at, () => interpolate(matrix, context, options.parsing, 'iterable'));
  let combinations: { names: string[]; item: Record<string, unknown> }[] = [
    { names: [], item: {} },
  ];
  for (const [axis, values] of Object.entries(isRecord(axes) ? axes : {})) {
    if (!Array.isArray(values)) {
      throw placed(options.place([...at, axis]), `axis “${axis}” of ${name} must be a list.`);
    }
    if (combinations.length * values.length > maxCombinations) {
      throw placed(options.place(at), `${name} has more than ${maxCombinations} combinations.`);
    }
    combinations = combinations.flatMap(({ names, item }) =>
      values.map((value: unknown, index) => {
        const composite = Array.isArray(value) || isRecord(value);
        return {
          names: [...names, composite ? `${axis}${index}` : printKey(value)],
          item: { ...item, [axis]: value },
        };
      }),
    );
  }
  const byKey = new Map(combinations.map(({ names, item }) => [names.join('-'), item]));
  return Array.from(byKey, ([key, item]) =>
    expandOne(`${name}@${key}`, template, context.withReserved({ key, item }), path, options),
  );
}

const maxCombinations = 100_000;

function expandOne(
  name: string,
  definition: Values,
  outer: Context,
  path: Path,
  options: ExpandOptions,
): ExpandedStage {
  const { vars, ...rest } = definition;
  const resolve = (key: string, context: Context) =>
    locate(options, [...path, key], () => {
      checkExpressions(rest[key]);
      return interpolate(rest[key], context, options.parsing, key === 'cmd' ? 'cmd' : 'value');
    });
  let context = outer;
  if (Array.isArray(vars) && vars.length > 0) {
    const wdir = typeof rest.wdir === 'string' ? resolve('wdir', outer) : '.';
    context = outer.clone();
    const folder = joinPath(folderOf(options.file), pythonText(wdir));
    loadVars(context, vars, folder, [...path, 'vars'], options);
  }
  const data = Object.fromEntries(Object.keys(rest).map((key) => [key, resolve(key, context)]));
  return { name, data, path };
}

function loadVars(
  context: Context,
  vars: unknown,
  folder: string,
  path: Path,
  options: ExpandOptions,
): void {
  if (!Array.isArray(vars)) return;
  for (const [index, item] of vars.entries()) {
    const at: Path = [...path, index];
    locate(options, at, () => {
      if (containsExpression(item)) {
        throw new CairnError('invalid', 'vars cannot use expressions themselves.');
      }
      if (isRecord(item)) {
        context.merge(item, `${options.file} vars[${index}]`);
      } else if (typeof item === 'string') {
        const colon = item.indexOf(':');
        const file = colon < 0 ? item : item.slice(0, colon);
        const keys =
          colon < 0
            ? []
            : item
                .slice(colon + 1)
                .split(',')
                .filter((key) => key !== '');
        context.loadFile(joinPath(folder, file), keys.length === 0 ? null : keys, options.load);
      }
    });
  }
}

function containsExpression(value: unknown): boolean {
  if (typeof value === 'string') return hasExpression(value);
  if (Array.isArray(value)) return value.some(containsExpression);
  return (
    isRecord(value) &&
    Object.entries(value).some(([key, item]) => hasExpression(key) || containsExpression(item))
  );
}

function printKey(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return pythonText(value);
}

/** Adds the place to errors that do not know it. */
function locate<T>(options: ExpandOptions, path: Path, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const known = asCairnError(error);
    if (known.place !== null || known.code !== 'invalid') throw error;
    throw placed(options.place(path), known.message, error);
  }
}
