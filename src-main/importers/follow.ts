/**
 * Notices what changes in the sources by looking at the times of their files and of the folders
 * around them. Looking is cheap where watching is not: a watch of a folder of a million files costs
 * each of them, and network folders tell nothing.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';

export interface Followed {
  /** Absolute workspace root. */
  readonly root: string;
  /** The files of the workspace: what appears in their folders may be a new source or run. */
  readonly files: readonly string[];
  /** By source: workspace paths whose change means that it must be read again. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
}

export interface Change {
  /** Whether something appeared or went, so that the folder must be walked again. */
  readonly folders: boolean;
  /** The sources to read again. */
  readonly sources: ReadonlySet<string>;
}

const everyMs = 400;
/** On a slow disk looking takes at most this share of the time. */
const shareOfTime = 1 / 20;
/** The nearest to the root. */
const mostFolders = 1000;
const mostPaths = 4000;

/**
 * @param options.onChange answers whether the folders were walked again; if not they are told again
 * @returns a function that ends it
 */
export function followPaths(options: {
  readonly paths: () => Followed;
  readonly onChange: (change: Change) => Promise<boolean>;
}): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let seen = look(options.paths());
  const next = (ms: number) => {
    if (stopped) return;
    timer = setTimeout(() => void round(), ms);
    timer.unref();
  };
  const round = async () => {
    const begun = performance.now();
    const now = look(options.paths(), seen);
    if (stopped) return;
    const took = performance.now() - begun;
    const change = difference(seen, now);
    // What changes while it is being read is noticed the next time: the look came before.
    if (!change.folders && change.sources.size === 0) seen = now;
    else {
      const walked = await options.onChange(change);
      seen = carryOver(look(options.paths()), now, walked ? now : seen);
    }
    next(Math.max(everyMs, took / shareOfTime));
  };
  next(everyMs);
  return () => {
    stopped = true;
    if (timer !== null) clearTimeout(timer);
  };
}

interface Look {
  readonly files: readonly string[];
  readonly folders: ReadonlyMap<string, number>;
  /** By source and path. */
  readonly paths: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** @param before saves finding the folders of the same files again */
function look({ root, files, sources }: Followed, before?: Look): Look {
  const names =
    before !== undefined && before.files === files ? before.folders.keys() : foldersOf(files);
  const folders = new Map<string, number>();
  for (const name of names) folders.set(name, timeOf(join(root, name)));
  const paths = new Map<string, Map<string, string>>();
  let left = mostPaths;
  for (const [source, own] of sources) {
    const seen = new Map<string, string>();
    for (const path of own) {
      if (left-- <= 0) break;
      seen.set(path, stampOf(join(root, path)));
    }
    paths.set(source, seen);
  }
  return { files, folders, paths };
}

/**
 * What to compare with the next time: everything as it was before the reading. What the reading
 * found is new, and read once more, since it may have grown between the reading and this look.
 */
function carryOver(fresh: Look, paths: Look, folders: Look): Look {
  const kept = [...fresh.paths].map(([source, own]) => {
    const known = paths.paths.get(source);
    const stamps = [...own.keys()].map((path) => [path, known?.get(path) ?? ''] as const);
    return [source, new Map(stamps)] as const;
  });
  const times = [...fresh.folders].map(
    ([name, time]) => [name, folders.folders.get(name) ?? time] as const,
  );
  return { files: fresh.files, folders: new Map(times), paths: new Map(kept) };
}

function difference(before: Look, now: Look): Change {
  let folders = false;
  for (const [name, time] of now.folders) {
    if (before.folders.has(name) && before.folders.get(name) !== time) folders = true;
  }
  const sources = new Set<string>();
  for (const [source, paths] of now.paths) {
    const known = before.paths.get(source);
    for (const [path, stamp] of paths) {
      if (known?.has(path) && known.get(path) !== stamp) sources.add(source);
    }
  }
  return { folders, sources };
}

/** Folders that hold files, and those above them; the nearest to the root first. */
function foldersOf(files: readonly string[]): string[] {
  const found = new Set(['']);
  for (const file of files) {
    for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
      const folder = file.slice(0, end);
      if (found.has(folder)) break;
      found.add(folder);
    }
  }
  return [...found].sort((a, b) => depthOf(a) - depthOf(b)).slice(0, mostFolders);
}

function depthOf(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length;
}

function timeOf(absolute: string): number {
  return statSync(absolute, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function stampOf(absolute: string): string {
  const stat = statSync(absolute, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.size} ${stat.mtimeMs}`;
}
