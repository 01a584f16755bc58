/** From the resolved mapping of a stage to a {@link Stage}. */
import type { LockStage } from '../formats/dvc-lock.ts';
import { folderOf, joinPath, type ResolvedPath, resolvePath } from './paths.ts';
import { placed } from './problem.ts';
import type { Path } from './schema.ts';
import type { Dep, Out, OutRole, ParamsDep, Place, Stage } from './types.ts';
import { isRecord } from './values.ts';

export const defaultParamsFile = 'params.yaml';

export interface StageSource {
  readonly root: string;
  /** Workspace path of the dvc.yaml. */
  readonly file: string;
  readonly name: string;
  /** The stage with every expression replaced. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly lock: LockStage | null;
  /** Where a value of `data` was written. */
  place(path: Path): Place;
}

/** @throws CairnError `invalid`, with file, line and column, for what only shows after templating */
export function buildStage(source: StageSource): Stage {
  const { data, file, name } = source;
  const wdir = joinPath(folderOf(file), text(source, data.wdir ?? '.', ['wdir']));
  const cmd = readCommand(source);
  const resolve = (written: string, path: Path): ResolvedPath & { place: Place } => ({
    ...resolvePath(source.root, wdir, written),
    place: source.place(path),
  });
  return {
    address: file === 'dvc.yaml' ? name : `${file}:${name}`,
    name,
    file,
    place: source.place([]),
    kind: 'stage',
    wdir,
    cmd,
    commands: typeof cmd === 'string' ? splitLines(cmd) : cmd,
    deps: readDeps(source, resolve),
    params: readParams(source, wdir),
    outs: [
      ...readOuts(source, 'outs', 'out', resolve),
      ...readOuts(source, 'metrics', 'metric', resolve),
      ...readOuts(source, 'plots', 'plot', resolve),
    ],
    frozen: data.frozen === true,
    alwaysChanged: data.always_changed === true,
    desc: typeof data.desc === 'string' ? data.desc : '',
    lock: source.lock,
  };
}

type Resolve = (written: string, path: Path) => ResolvedPath & { place: Place };

function readCommand(source: StageSource): string | string[] {
  const { cmd } = source.data;
  const path: Path = ['cmd'];
  if (Array.isArray(cmd)) {
    const lines = cmd.map((line: unknown, index) => text(source, line, [...path, index]));
    if (lines.length === 0 || lines.some((line) => line.trim() === '')) {
      throw placed(source.place(path), `a command of stage ${source.name} is empty.`);
    }
    return lines;
  }
  const line = text(source, cmd, path);
  if (line.trim() === '') {
    throw placed(source.place(path), `the command of stage ${source.name} is empty.`);
  }
  return line;
}

/** Each line runs in a shell of its own, as DVC has it; blank ones do nothing. */
function splitLines(command: string): string[] {
  return command.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).filter((line) => line.trim() !== '');
}

function readDeps(source: StageSource, resolve: Resolve): Dep[] {
  const seen = new Map<string, Dep>();
  for (const [index, item] of list(source, 'deps')) {
    const path: Path = ['deps', index];
    const dep = resolve(text(source, item, path), path);
    if (!seen.has(dep.path)) seen.set(dep.path, dep);
  }
  return [...seen.values()];
}

/** `- lr` is a key of params.yaml; `- other.yaml: [a, b]` names the file, without keys all of it. */
function readParams(source: StageSource, wdir: string): ParamsDep[] {
  const files = new Map<string, { keys: string[] | null; place: Place }>();
  const add = (file: string, keys: string[] | null, path: Path): void => {
    const before = files.get(file);
    if (before === undefined) files.set(file, { keys, place: source.place(path) });
    else before.keys = before.keys === null || keys === null ? null : [...before.keys, ...keys];
  };
  for (const [index, item] of list(source, 'params')) {
    const path: Path = ['params', index];
    if (!isRecord(item)) {
      add(defaultParamsFile, [text(source, item, path)], path);
      continue;
    }
    for (const [file, keys] of Object.entries(item)) {
      const at: Path = [...path, file];
      if (keys !== null && !Array.isArray(keys)) {
        throw placed(
          source.place(at),
          `the params of ${file} must be a list of keys, or nothing for all of it.`,
        );
      }
      const names = (keys ?? []).map((key: unknown, each: number) =>
        text(source, key, [...at, each]),
      );
      add(file, names.length === 0 ? null : names, at);
    }
  }
  return Array.from(files, ([file, { keys, place }]) => {
    const { path, declared } = resolvePath(source.root, wdir, file);
    return { file: path, declared, keys: keys === null ? null : [...new Set(keys)], place };
  });
}

function readOuts(source: StageSource, section: string, role: OutRole, resolve: Resolve): Out[] {
  const settings = new Map<string, { flags: Record<string, unknown>; path: Path }>();
  for (const [index, item] of list(source, section)) {
    const path: Path = [section, index];
    const entries = isRecord(item)
      ? Object.entries(item)
      : [[text(source, item, path), {}] as const];
    for (const [written, flags] of entries) {
      const at: Path = isRecord(item) ? [...path, written] : path;
      const before = settings.get(written)?.flags;
      settings.set(written, { flags: { ...before, ...(isRecord(flags) ? flags : {}) }, path: at });
    }
  }
  return Array.from(settings, ([written, { flags, path }]) => {
    const out = { ...resolve(written, path), role, cache: flags.cache !== false };
    if (out.cache && out.reach !== 'workspace') {
      throw placed(
        out.place,
        `output “${written}” lies outside the workspace, where its content cannot be kept. Say “cache: false” or move it inside.`,
      );
    }
    if (out.path === '.') {
      throw placed(out.place, `the workspace itself cannot be an output of stage ${source.name}.`);
    }
    const course = role !== 'plot' || isOverSteps(flags);
    return { ...out, persist: flags.persist === true, ...(course ? {} : { overSteps: false }) };
  });
}

/** What DVC's other templates draw has no steps; nor has what is drawn over another quantity. */
function isOverSteps({ template, x }: Record<string, unknown>): boolean {
  if (/^(confusion|scatter|bar)/.test(String(template ?? ''))) return false;
  return (
    typeof x !== 'string' ||
    /^(|.*[^a-z])(global_?step|step|epoch|iter(ation)?|batch|index|time(stamp)?)s?$/i.test(x)
  );
}

function list(source: StageSource, key: string): [number, unknown][] {
  const value = source.data[key];
  return Array.isArray(value) ? [...value.entries()] : [];
}

function text(source: StageSource, value: unknown, path: Path): string {
  if (typeof value === 'string' && value !== '') return value;
  const what = value === '' ? 'is empty' : 'must be text';
  const name = typeof path.at(-1) === 'number' ? `an item of “${path[0]}”` : `“${path.at(-1)}”`;
  throw placed(source.place(path), `${name} of stage ${source.name} ${what}.`);
}
