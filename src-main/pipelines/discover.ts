/**
 * Finds the pipeline files of a workspace as DVC does: every dvc.yaml and *.dvc, except below what
 * .dvcignore or .gitignore leave out, and below outputs (they are data, and may be huge).
 */
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { CairnError, errnoOf } from '../base/errors.ts';

/** Never entered: their insides belong to other programs. */
const alwaysSkipped = new Set(['.git', '.hg', '.dvc', '.cairn']);

export function isPipelineFile(name: string): boolean {
  return name === 'dvc.yaml';
}

export function isDataFile(name: string): boolean {
  return name.endsWith('.dvc') && name !== '.dvc';
}

export interface DiscoverOptions {
  /** Whether .dvcignore leaves a workspace path out. */
  readonly ignored: (path: string, directory: boolean) => boolean;
  /**
   * Reads a file that was found and says which workspace paths are its outputs; directories among
   * them are not entered.
   */
  readonly visit: (path: string) => readonly string[];
  readonly signal?: AbortSignal | undefined;
}

interface Level {
  readonly base: string;
  readonly rules: Ignore;
}

/**
 * Walks the workspace, parents before children, names in code-point order.
 * @throws CairnError `not-found` when the root cannot be listed; folders inside that cannot be are passed over
 */
export function discover(root: string, options: DiscoverOptions): void {
  const outputs = new Set<string>();
  const walk = (folder: string, levels: readonly Level[]): void => {
    options.signal?.throwIfAborted();
    const entries = list(root, folder);
    const own = entries.some((entry) => entry.name === '.gitignore')
      ? [...levels, ...readLevel(root, folder)]
      : levels;
    const folders: string[] = [];
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!alwaysSkipped.has(entry.name)) folders.push(path);
        continue;
      }
      if (!isPipelineFile(entry.name) && !isDataFile(entry.name)) continue;
      if (!entry.isFile() && !entry.isSymbolicLink()) continue;
      if (options.ignored(path, false) || isIgnored(own, path)) continue;
      for (const output of options.visit(path)) outputs.add(output);
    }
    for (const path of folders) {
      if (outputs.has(path) || options.ignored(path, true) || isIgnored(own, `${path}/`)) continue;
      walk(path, own);
    }
  };
  walk('', []);
}

function list(root: string, folder: string): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
  } catch (error) {
    if (folder !== '') return [];
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') {
      throw new CairnError('not-found', `There is no folder ${root}.`, { cause: error });
    }
    throw error;
  }
}

function readLevel(root: string, folder: string): Level[] {
  try {
    const text = readFileSync(join(root, folder, '.gitignore'), 'utf8');
    if (text.trim() === '') return [];
    const base = folder === '' ? '' : `${folder}/`;
    return [{ base, rules: ignore({ allowRelativePaths: true }).add(text) }];
  } catch {
    return [];
  }
}

function isIgnored(levels: readonly Level[], path: string): boolean {
  for (let at = levels.length - 1; at >= 0; at--) {
    const { base, rules } = levels[at] as Level;
    const { ignored, unignored } = rules.test(path.slice(base.length));
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}
