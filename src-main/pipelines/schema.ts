/**
 * The shape of a dvc.yaml before templating: which keys there are and of what type. Source: the
 * schema in DVC's reference, “dvc.yaml files”.
 */
import { didYouMean } from './problem.ts';
import { isRecord } from './values.ts';

/** Steps from the top of the file to a value. */
export type Path = readonly (string | number)[];

export interface SchemaProblem {
  readonly path: Path;
  readonly message: string;
}

type Check = (value: unknown, path: Path) => SchemaProblem | null;

const text: Check = (value, path) =>
  typeof value === 'string' ? null : { path, message: `${name(path)} must be text` };

const flag: Check = (value, path) =>
  typeof value === 'boolean' ? null : { path, message: `${name(path)} must be true or false` };

const anything: Check = () => null;

function listOf(item: Check): Check {
  return (value, path) =>
    Array.isArray(value)
      ? first(value.map((each, index) => () => item(each, [...path, index])))
      : { path, message: `${name(path)} must be a list` };
}

function mapOf(item: Check): Check {
  return (value, path) =>
    isRecord(value)
      ? first(
          Object.entries(value).map(
            ([key, each]) =>
              () =>
                item(each, [...path, key]),
          ),
        )
      : { path, message: `${name(path)} must be a mapping` };
}

/** One of several shapes; `expected` says so in words. */
function either(
  expected: string,
  ...checks: readonly [(value: unknown) => boolean, Check][]
): Check {
  return (value, path) => {
    const found = checks.find(([fits]) => fits(value));
    return found === undefined
      ? { path, message: `${name(path)} must be ${expected}` }
      : found[1](value, path);
  };
}

function keys(kind: string, allowed: Readonly<Record<string, Check>>, required: string[]): Check {
  return (value, path) => {
    if (!isRecord(value)) return { path, message: `${kind} must be a mapping` };
    for (const [key, each] of Object.entries(value)) {
      const check = Object.hasOwn(allowed, key) ? allowed[key] : undefined;
      if (check === undefined) {
        const hint = didYouMean(key, Object.keys(allowed));
        return { path: [...path, key], message: `“${key}” is not a key of ${kind}.${hint}` };
      }
      const problem = check(each, [...path, key]);
      if (problem !== null) return problem;
    }
    const missing = required.find((key) => !Object.hasOwn(value, key));
    return missing === undefined ? null : { path, message: `${kind} needs “${missing}”` };
  };
}

const isText = (value: unknown) => typeof value === 'string';
const isNull = (value: unknown) => value === null;

const annotations = { desc: text, type: text, labels: listOf(text), meta: anything };
const outFlags = {
  ...annotations,
  cache: flag,
  persist: flag,
  checkpoint: flag,
  remote: text,
  push: flag,
};
const plotFlags = {
  ...outFlags,
  template: text,
  x: text,
  y: text,
  x_label: text,
  y_label: text,
  title: text,
  header: flag,
};

function outs(kind: string, flags: Readonly<Record<string, Check>>): Check {
  const item = either(
    'a path, or a path with its settings',
    [isText, text],
    [isRecord, mapOf(keys(kind, flags, []))],
  );
  return listOf(item);
}

const vars = listOf(either('a file or a mapping', [isText, text], [isRecord, anything]));

const stageKeys = {
  cmd: either('text or a list', [isText, text], [Array.isArray, anything]),
  wdir: text,
  deps: listOf(text),
  params: listOf(either('a key, or a file with its keys', [isText, text], [isRecord, anything])),
  vars,
  frozen: flag,
  meta: anything,
  desc: text,
  always_changed: flag,
  outs: outs('an output', outFlags),
  metrics: outs('a metric', outFlags),
  plots: outs('a plot', plotFlags),
  matrix: mapOf(either('text or a list', [isText, text], [Array.isArray, anything])),
};
const stage = keys('a stage', stageKeys, ['cmd']);

const foreach = keys(
  'a foreach stage',
  {
    foreach: either(
      'a list, a mapping or an expression',
      [isText, text],
      [Array.isArray, anything],
      [isRecord, anything],
    ),
    do: stage,
  },
  ['foreach', 'do'],
);

const isForeach = (value: unknown) =>
  isRecord(value) && (Object.hasOwn(value, 'foreach') || Object.hasOwn(value, 'do'));

const artifact = keys('an artifact', { ...annotations, path: text }, ['path']);

const plot = either(
  'a path or a mapping',
  [isText, text],
  [isRecord, mapOf(either('a mapping', [isRecord, anything], [isNull, anything]))],
);

const pipeline = keys(
  'dvc.yaml',
  {
    stages: mapOf(either('a mapping', [isForeach, foreach], [isRecord, stage])),
    vars,
    params: listOf(text),
    metrics: listOf(text),
    plots: listOf(plot),
    artifacts: mapOf(artifact),
    datasets: anything,
  },
  [],
);

/** The first thing wrong with a parsed dvc.yaml, or null. */
export function checkPipelineFile(value: unknown): SchemaProblem | null {
  return pipeline(value, []);
}

function first(checks: readonly (() => SchemaProblem | null)[]): SchemaProblem | null {
  for (const check of checks) {
    const problem = check();
    if (problem !== null) return problem;
  }
  return null;
}

/** The last key of a path in quotes, with the index of a list item. */
function name(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  return typeof last === 'number' ? `item ${last + 1} of ${name(path.slice(0, -1))}` : `“${last}”`;
}
