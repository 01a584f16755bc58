/** Reads every dvc.yaml and .dvc file of a workspace. Nothing is executed and nothing is written. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '../base/errors.ts';
import { parseDvcFile } from '../formats/dvc-file.ts';
import { emptyLock, type LockFile, parseLock } from '../formats/dvc-lock.ts';
import { type Position, parseYaml } from '../formats/yaml.ts';
import { buildStage } from './build-stage.ts';
import { loadDvcConfig, parsingOf } from './config.ts';
import { discover, isDataFile, isPipelineFile } from './discover.ts';
import { type ExpandOptions, expandStages, expandTop, topContext } from './expand.ts';
import { Ignored, type ReadText } from './ignored.ts';
import type { Parsing } from './interpolate.ts';
import { type ParamValues, parseParams } from './params-file.ts';
import { folderOf, joinPath, resolvePath } from './paths.ts';
import { placed } from './problem.ts';
import { checkPipelineFile, type Path } from './schema.ts';
import type { Declared, Out, Pipeline, PipelineFile, Place, Stage } from './types.ts';
import { isRecord } from './values.ts';

export interface LoadOptions {
  /** Reads a file of the workspace; null when it is not there. From the disk when left out. */
  readonly readText?: ReadText;
  readonly platform?: NodeJS.Platform;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The pipeline of a workspace. Without any dvc.yaml or .dvc file it is empty.
 * @param root absolute
 * @throws CairnError `invalid` with file, line and column, for a file that cannot be used;
 * `corrupt` for a dvc.lock or .dvc file
 */
export async function loadPipeline(root: string, options: LoadOptions = {}): Promise<Pipeline> {
  const readText = options.readText ?? workspaceReader(root);
  const ignored = new Ignored(readText);
  const loader = new Loader(root, readText, ignored, options.platform ?? process.platform);
  discover(root, {
    ignored: ignored.path,
    signal: options.signal,
    visit: (path) => loader.visit(path),
  });
  return {
    root,
    stages: loader.stages,
    files: loader.files,
    declared: loader.declared,
    templateFiles: [...loader.templateFiles],
  };
}

/** Reads files of a workspace from the disk. */
export function workspaceReader(root: string): ReadText {
  return (path) => {
    try {
      return readFileSync(join(root, path), 'utf8');
    } catch (error) {
      const code = errnoOf(error);
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
      throw error;
    }
  };
}

/**
 * Reads a params file.
 * @returns null when it is not there
 * @throws CairnError `invalid`, with its place
 */
export function readParams(
  root: string,
  file: string,
  readText: ReadText = workspaceReader(root),
): ParamValues | null {
  const text = readText(file);
  return text === null ? null : parseParams(text, file);
}

class Loader {
  readonly stages: Stage[] = [];
  readonly files: PipelineFile[] = [];
  readonly declared: { [key in keyof Declared]: string[] } = { metrics: [], plots: [], params: [] };
  readonly templateFiles = new Set<string>();
  readonly #root: string;
  readonly #read: ReadText;
  readonly #ignored: Ignored;
  readonly #parsing: Parsing;
  readonly #params = new Map<string, ParamValues | null>();

  constructor(root: string, read: ReadText, ignored: Ignored, platform: NodeJS.Platform) {
    this.#root = root;
    this.#read = read;
    this.#ignored = ignored;
    this.#parsing = parsingOf(loadDvcConfig(root), platform);
  }

  /** @returns the outputs of the file, which are not searched for more */
  visit(path: string): string[] {
    const found = isPipelineFile(path.slice(path.lastIndexOf('/') + 1))
      ? this.#pipelineFile(path)
      : this.#dataFile(path);
    for (const out of found.flatMap((stage) => stage.outs)) this.#checkOutput(out);
    this.stages.push(...found);
    return found.flatMap((stage) => stage.outs.map((out) => out.path));
  }

  #pipelineFile(file: string): Stage[] {
    const text = this.#read(file) ?? '';
    const { value, positionOf } = parseYaml(text, file);
    const place = (path: Path): Place => new LazyPlace(file, () => positionOf(path));
    const top = value ?? {};
    const problem = checkPipelineFile(top);
    if (problem !== null) throw placed(place(problem.path), closed(problem.message));
    if (!isRecord(top)) return [];
    const options: ExpandOptions = {
      file,
      parsing: this.#parsing,
      place,
      load: (path) => {
        const values = this.#paramsOf(path)?.values ?? null;
        if (values !== null && text.includes('${')) this.templateFiles.add(path);
        return values;
      },
    };
    const lock = this.#lockOf(file);
    const context = topContext(top, options);
    this.#declare(top, file, (section, item) => expandTop(item, context, [section], options));
    return expandStages(top, context, options).map((stage) =>
      buildStage({
        root: this.#root,
        file,
        name: stage.name,
        data: stage.data,
        lock: Object.hasOwn(lock.stages, stage.name) ? (lock.stages[stage.name] ?? null) : null,
        place: (path) => place([...stage.path, ...path]),
      }),
    );
  }

  /** An output is removed before its stage runs, so what is not data must not be one. */
  #checkOutput(out: Out): void {
    if (out.reach !== 'workspace') return;
    const leftOut = this.#ignored.leftOut(out.path);
    if (leftOut !== null) {
      throw placed(
        out.place,
        `“${out.path}” cannot be an output: “${leftOut}” is left out by .dvcignore, or belongs to Git, DVC or Cairn.`,
      );
    }
    const name = out.path.slice(out.path.lastIndexOf('/') + 1);
    if (!isPipelineFile(name) && !isDataFile(name) && name !== 'dvc.lock') return;
    throw placed(out.place, `“${out.path}” cannot be an output: it is a file of DVC itself.`);
  }

  #lockOf(file: string): LockFile {
    const lockPath = file.replace(/\.yaml$/, '.lock');
    const lockText = this.#read(lockPath);
    const lock = lockText === null ? emptyLock : parseLock(lockText, lockPath);
    this.files.push({ path: file, lockPath, lockText, lock });
    return lock;
  }

  #paramsOf(file: string): ParamValues | null {
    let found = this.#params.get(file);
    if (found === undefined) {
      found = readParams(this.#root, file, this.#read);
      this.#params.set(file, found);
    }
    return found;
  }

  /** Metrics, plots and params that dvc.yaml names outside of its stages. */
  #declare(
    top: Record<string, unknown>,
    file: string,
    expand: (section: string, item: unknown) => unknown,
  ): void {
    for (const section of ['metrics', 'plots', 'params'] as const) {
      const items = Array.isArray(top[section]) ? top[section] : [];
      for (const item of items) {
        const value = expand(section, item);
        const names =
          typeof value === 'string' ? [value] : Object.keys(isRecord(value) ? value : {});
        for (const name of names) {
          const { path, reach } = resolvePath(this.#root, folderOf(file), name);
          if (reach === 'workspace') this.declared[section].push(path);
        }
      }
    }
  }

  #dataFile(file: string): Stage[] {
    const place: Place = { file, line: null, column: null };
    const data = parseDvcFile(this.#read(file) ?? '', file);
    const wdir = joinPath(folderOf(file), data.wdir);
    return [
      {
        address: file,
        name: file,
        file,
        place,
        kind: 'data',
        wdir,
        cmd: null,
        commands: [],
        deps: [],
        params: [],
        outs: data.outs.map((out) => ({
          ...resolvePath(this.#root, wdir, out.path),
          place,
          role: out.metric ? 'metric' : out.plot ? 'plot' : 'out',
          cache: out.cache !== false,
          persist: out.persist === true,
        })),
        frozen: data.frozen,
        alwaysChanged: false,
        desc: data.desc,
        lock: { outs: data.outs },
      },
    ];
  }
}

/** Looked up when somebody asks: there are many places, and few are ever told. */
class LazyPlace implements Place {
  readonly file: string;
  readonly #find: () => Position | null;

  constructor(file: string, find: () => Position | null) {
    this.file = file;
    this.#find = find;
  }

  get line(): number | null {
    return this.#find()?.line ?? null;
  }

  get column(): number | null {
    return this.#find()?.column ?? null;
  }
}

function closed(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}
