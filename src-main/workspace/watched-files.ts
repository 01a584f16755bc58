/** Which files of a workspace matter to the views, and what they look like from outside. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Topic } from './types.ts';
import { isSkippedFolder } from './walk.ts';

/** Folders looked into; what lies deeper is seen when the folder is opened again. */
const deepest = 4;
const mostFolders = 500;
const mostFiles = 2000;
/** Entries read in one folder: a data set is not a place for pipeline files. */
const mostEntries = 5000;

/** Files whose change may make the working tree differ from HEAD, or be metrics. */
const codeFile =
  /\.(?:py|ipynb|r|rmd|jl|sh|c|cc|cpp|cu|h|hpp|rs|go|js|ts|md|rst|tex|txt|cfg|ini|toml|json|ya?ml)$/i;

const gitPrefix = '.git:';

/**
 * The topic that a changed file belongs to; null when nothing depends on it.
 * @param path relative to the workspace root, or a key of {@link fingerprint}
 */
export function topicOf(path: string): Topic | null {
  if (path.startsWith(gitPrefix)) return 'git';
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'dvc.yaml' || name === 'dvc.lock' || name === '.dvcignore') return 'pipeline';
  if (name.endsWith('.dvc') && name !== '.dvc') return 'pipeline';
  if (/^params\.(?:ya?ml|json|toml|py)$/.test(name)) return 'pipeline';
  return name === '.gitignore' || codeFile.test(name) ? 'workspace' : null;
}

/** Size and times of every file that matters, by relative path; Git's under keys of their own. */
export function fingerprint(root: string, gitDirs: readonly string[]): Map<string, string> {
  const seen = new Map<string, string>();
  for (const folder of projectFolders(root)) {
    for (const name of folder.files) {
      if (seen.size >= mostFiles) break;
      note(seen, folder.prefix + name, join(folder.absolute, name));
    }
  }
  gitDirs.forEach((gitDir, index) => {
    for (const name of gitFiles) note(seen, `${gitPrefix}${index}/${name}`, join(gitDir, name));
    for (const folder of refFolders(gitDir)) {
      for (const name of entries(folder).files) {
        if (!name.endsWith('.lock')) note(seen, gitPrefix + join(folder, name), join(folder, name));
      }
    }
  });
  return seen;
}

/** Absolute folders in which a watched file may appear or change. */
export function watchedFolders(root: string, gitDirs: readonly string[]): string[] {
  const project = projectFolders(root).map((folder) => folder.absolute);
  return [...project, ...gitDirs.flatMap((gitDir) => [gitDir, ...refFolders(gitDir)])];
}

const gitFiles = ['HEAD', 'index', 'packed-refs', 'MERGE_HEAD', 'CHERRY_PICK_HEAD', 'BISECT_LOG'];
const refRoots = ['refs/heads', 'refs/remotes', 'refs/tags'];

/** Not `refs/cairn`: every run writes one there. */
function refFolders(gitDir: string): string[] {
  const found: string[] = [];
  const pending = refRoots.map((name) => join(gitDir, name));
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    if (found.length >= mostFolders) break;
    const { folders, exists } = entries(folder);
    if (!exists) continue;
    found.push(folder);
    for (const name of folders) pending.push(join(folder, name));
  }
  return found;
}

interface ProjectFolder {
  readonly absolute: string;
  /** Relative to the root, with a trailing `/`, or empty. */
  readonly prefix: string;
  readonly files: readonly string[];
}

/** Breadth first, so that what is near the root is never crowded out. */
function projectFolders(root: string): ProjectFolder[] {
  const found: ProjectFolder[] = [];
  let level = [''];
  for (let depth = 0; depth <= deepest && found.length < mostFolders; depth += 1) {
    const next: string[] = [];
    for (const prefix of level) {
      if (found.length >= mostFolders) break;
      const absolute = join(root, prefix);
      const { files, folders } = entries(absolute);
      const important = files.filter((name) => topicOf(name) !== null);
      found.push({ absolute, prefix, files: important });
      for (const name of folders) if (!isSkippedFolder(name)) next.push(`${prefix}${name}/`);
    }
    level = next;
  }
  return found;
}

function entries(folder: string): { files: string[]; folders: string[]; exists: boolean } {
  try {
    const all = readdirSync(folder, { withFileTypes: true });
    if (all.length > mostEntries) return { files: [], folders: [], exists: true };
    return {
      files: all.filter((entry) => entry.isFile()).map((entry) => entry.name),
      folders: all.filter((entry) => entry.isDirectory()).map((entry) => entry.name),
      exists: true,
    };
  } catch {
    return { files: [], folders: [], exists: false };
  }
}

function note(seen: Map<string, string>, key: string, path: string): void {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stat?.isFile()) seen.set(key, `${stat.size} ${stat.mtimeNs} ${stat.ino}`);
}
