/** Which files of a run of another tool go into the store, and where to. Nothing is opened. */
import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import { errnoOf } from '../../base/errors.ts';
import {
  type KeepableRun,
  readArtifactRoots,
  readKeepable,
  readMediaPaths,
} from '../../store/kept-runs.ts';
import { readModelsOfRun } from '../../store/logged-models.ts';
import type { Store } from '../../store/store.ts';
import { absoluteOf } from '../elsewhere.ts';

export interface KeepContext {
  readonly store: Store;
  /** Absolute folder of the database. */
  readonly storeDir: string;
  /** Absolute workspace root. */
  readonly root: string;
  /** Where files may be taken from, absolute: the workspace, or the folder that is brought in. */
  readonly within: string;
}

export interface PlannedFile {
  /** Absolute. */
  readonly from: string;
  /** Among the run's artifacts, with `/`. */
  readonly to: string;
  /** Bytes. */
  readonly size: number;
}

export interface PlannedModel {
  readonly id: string;
  /** Among the model's artifacts. */
  readonly files: readonly PlannedFile[];
}

export interface PlannedRun {
  readonly run: KeepableRun;
  /** What the run keeps as its folder: null once its files are in the store. */
  readonly artifactRoot: string | null;
  readonly files: readonly PlannedFile[];
  /** The models that it logged whose files come along, which lie in folders of their own. */
  readonly models: readonly PlannedModel[];
  /** Old path of something to look at → its path among the artifacts. */
  readonly media: ReadonlyMap<string, string>;
  /** What of it stays where it is, each in a sentence. */
  readonly problems: readonly string[];
}

/** Folders that are never a run's own. */
const foreign = new Set(['.git', '.dvc', '.cairn']);
const deepest = 32;

/** Plans runs one after the other; what lies in the folder of another run goes with that one. */
export class KeepPlan {
  readonly #context: KeepContext;
  readonly #roots: ReadonlySet<string>;

  constructor(context: KeepContext) {
    this.#context = context;
    const { root, store } = context;
    this.#roots = new Set(readArtifactRoots(store).flatMap((path) => absoluteOf(root, path) ?? []));
  }

  async of(run: KeepableRun): Promise<PlannedRun> {
    const { root, store, within } = this.#context;
    const files = new Map<string, PlannedFile>();
    const problems: string[] = [];
    const place = await this.#placeOf(run, problems);
    const { folder } = place;
    if (folder !== null) {
      for await (const file of this.#walk(folder, problems)) files.set(file.to, file);
    }
    const media = new Map<string, string>();
    const inside = await realpath(within);
    for (const path of readMediaPaths(store, run.seq)) {
      const absolute = absoluteOf(root, path);
      const from = absolute === null ? null : await realpath(absolute).catch(() => null);
      if (from === null || !isInside(inside, from)) continue;
      const info = await lstat(from).catch(() => null);
      if (info?.isFile() !== true) continue;
      const inFolder = folder !== null && isInside(folder, from);
      const to = inFolder
        ? posix(relative(folder, from))
        : `media/${posix(relative(inside, from))}`;
      if (!files.has(to)) files.set(to, { from, to, size: info.size });
      media.set(path, to);
    }
    const artifactRoot = place.stays ? run.artifact_root : null;
    const models = await this.#modelsOf(run, problems);
    return { run, artifactRoot, files: [...files.values()], models, media, problems };
  }

  /** Those that still lie where they were found. */
  async #modelsOf(run: KeepableRun, problems: string[]): Promise<PlannedModel[]> {
    const { root, store, within, storeDir } = this.#context;
    const found: PlannedModel[] = [];
    for (const { id, name, artifact_root: place } of readModelsOfRun(store, run)) {
      if (place === null) continue;
      const absolute = absoluteOf(root, place);
      const folder = absolute === null ? null : await realpath(absolute).catch(() => null);
      const isHere = folder !== null && isInside(await realpath(within), folder);
      if (!isHere || folder === (await realpath(root)) || isInside(folder, storeDir)) {
        problems.push(
          `${run.name}: the files of the model ${name} stay in ${place}, since they are not part of what is brought in.`,
        );
        continue;
      }
      const files: PlannedFile[] = [];
      for await (const file of this.#walk(folder, problems)) files.push(file);
      found.push({ id, files });
    }
    return found;
  }

  /** The run's folder, absolute, or null; `stays` with a problem where its files cannot be taken. */
  async #placeOf(
    run: KeepableRun,
    problems: string[],
  ): Promise<{ readonly folder: string | null; readonly stays: boolean }> {
    const { root, within, storeDir } = this.#context;
    const path = run.artifact_root;
    if (path === null) return { folder: null, stays: false };
    const folder = absoluteOf(root, path);
    const stays = (why: string) => {
      problems.push(`${run.name}: the files in ${path === '' ? '.' : path} stay there, ${why}.`);
      return { folder: null, stays: true };
    };
    if (folder === null) return stays('since they are not on this machine');
    let real: string;
    try {
      real = await realpath(folder);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return { folder: null, stays: false };
      throw error;
    }
    if (!isInside(await realpath(within), real)) {
      return stays('since they are not part of what is brought in');
    }
    if (real === (await realpath(root)) || isInside(real, storeDir)) {
      return stays('since that folder holds more than the run');
    }
    return { folder: real, stays: false };
  }

  async *#walk(folder: string, problems: string[]): AsyncGenerator<PlannedFile> {
    let level = [''];
    for (let depth = 0; level.length > 0; depth += 1) {
      if (depth > deepest) {
        problems.push(`Folders deeper than ${deepest} levels in ${folder} were left out.`);
        return;
      }
      const next: string[] = [];
      for (const prefix of level) {
        for (const entry of await entriesOf(join(folder, prefix))) {
          const from = join(folder, prefix, entry.name);
          const to = prefix + entry.name;
          if (entry.isDirectory()) {
            if (!foreign.has(entry.name) && !this.#roots.has(from)) next.push(`${to}/`);
          } else {
            const size = await this.#sizeOf(entry, from, problems);
            if (size !== null) yield { from, to, size };
          }
        }
      }
      level = next;
    }
  }

  /** Of a file, or of one that a link leads to within the same place. */
  async #sizeOf(entry: Dirent, path: string, problems: string[]): Promise<number | null> {
    if (entry.isFile()) return (await lstat(path)).size;
    if (!entry.isSymbolicLink()) return null;
    const real = await realpath(path).catch(() => null);
    const info = real === null ? null : await stat(real).catch(() => null);
    if (real !== null && info?.isFile() && isInside(await realpath(this.#context.within), real)) {
      return info.size;
    }
    problems.push(
      `${basename(path)} was left out: it is a link that leads away, to a folder, or nowhere.`,
    );
    return null;
  }
}

/** The runs that can be kept, and those of them that still go on. */
export function readWanted(
  store: Store,
  wanted: Parameters<typeof readKeepable>[1],
  includeRunning: boolean,
): { runs: KeepableRun[]; running: KeepableRun[] } {
  const all = readKeepable(store, wanted);
  const isRunning = ({ status }: KeepableRun) => status === 'RUNNING' || status === 'SCHEDULED';
  return {
    runs: includeRunning ? all : all.filter((run) => !isRunning(run)),
    running: includeRunning ? [] : all.filter(isRunning),
  };
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function posix(path: string): string {
  return path.split(sep).join('/');
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}
