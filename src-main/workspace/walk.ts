/** A bounded walk over a folder that leaves out what is not the project's. */
import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { errnoOf } from '../base/errors.ts';

const skipped = new Set([
  '.git',
  '.cairn',
  '.hg',
  '.svn',
  '.ipynb_checkpoints',
  '.mypy_cache',
  '.nox',
  '.pytest_cache',
  '.ruff_cache',
  '.tox',
  '__pycache__',
  'node_modules',
  'site-packages',
]);

const deepest = 24;
const mostEntries = 1_000_000;
const yieldEvery = 100;
const mostUnread = 100;

export interface Walk {
  /** Files by path relative to the root, with `/`, the nearest to the root first. */
  readonly files: readonly string[];
  /** Folders of Python environments, which are named and not looked into. */
  readonly environments: readonly string[];
  /** Folders that could not be read, the first of them. */
  readonly unread: readonly string[];
  /** Whether there was more than the walk looks at. */
  readonly cut: boolean;
}

/** Folders of tools and of version control. `.dvc` holds DVC's cache and settings. */
export function isSkippedFolder(name: string): boolean {
  return skipped.has(name) || name === '.dvc';
}

/** Follows no links. Unreadable folders are passed over. */
export async function walkFolder(root: string, signal?: AbortSignal): Promise<Walk> {
  const files: string[] = [];
  const environments: string[] = [];
  const unread: string[] = [];
  let seen = 0;
  let folders = 0;
  let level = [''];
  for (let depth = 0; level.length > 0; depth += 1) {
    const next: string[] = [];
    if (depth > deepest) return { files, environments, unread, cut: true };
    for (const prefix of level) {
      signal?.throwIfAborted();
      folders += 1;
      if (folders % yieldEvery === 0) await setImmediate();
      const entries = read(join(root, prefix));
      if (entries === null) {
        if (unread.length < mostUnread) unread.push(prefix.slice(0, -1));
        continue;
      }
      const tracked = trackingFolder(prefix, entries);
      for (const entry of entries) {
        seen += 1;
        if (seen > mostEntries) return { files, environments, unread, cut: true };
        const path = prefix + entry.name;
        if (entry.isFile()) files.push(path);
        if (!entry.isDirectory() || isSkippedFolder(entry.name)) continue;
        if (tracked?.(entry.name) || (isLogged(prefix) && entry.name === 'artifacts')) continue;
        if (isEnvironment(join(root, path))) {
          environments.push(path);
          // Guild keeps the runs of an environment within it.
          if (existsSync(join(root, path, '.guild', 'runs'))) next.push(`${path}/.guild/`);
        } else next.push(`${path}/`);
      }
    }
    level = next;
  }
  return { files, environments, unread, cut: false };
}

/**
 * In a folder of MLflow's file store: which of its folders are not looked into. A run's params,
 * metrics and tags are a file each, and its artifacts are the run's own.
 */
function trackingFolder(
  prefix: string,
  entries: readonly Dirent[],
): ((name: string) => boolean) | null {
  if (!entries.some((entry) => entry.name === 'meta.yaml')) return null;
  const isRun =
    /(?:^|\/)[0-9a-f]{32}\/$/.test(prefix) ||
    ['params', 'metrics'].every((name) => entries.some((entry) => entry.name === name));
  if (isRun) return () => true;
  const isExperiment = entries.some((entry) => /^[0-9a-f]{32}$/.test(entry.name));
  return isExperiment ? (name) => ['traces', 'datasets', 'tags'].includes(name) : null;
}

/**
 * Whether a folder is that of a run or a model of MLflow's, wherever its artifacts are kept: what lies in
 * them are copies that were logged, notebooks among them, not the project's own.
 */
function isLogged(prefix: string): boolean {
  return /(?:^|\/)(?:m-)?[0-9a-f]{32}\/$/.test(prefix);
}

function isEnvironment(folder: string): boolean {
  return existsSync(join(folder, 'pyvenv.cfg')) || existsSync(join(folder, 'conda-meta'));
}

/** Null when it cannot be read; one that is just gone holds nothing. */
function read(folder: string): Dirent[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? [] : null;
  }
}
