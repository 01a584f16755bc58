/** The root of the workspace that a folder belongs to. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * The nearest folder at or above `path` with `.cairn`, `.dvc` or `.git`; else `path` itself. A
 * `dvc.yaml` below a DVC project belongs to the project; without one around it, its own folder is
 * the root. The home folder and the file system's root are only taken when asked for: many people
 * keep their settings in Git there.
 * @param path absolute
 */
export function findRoot(path: string, home = homedir()): string {
  let pipelineFolder: string | null = null;
  for (let folder = path; ; folder = dirname(folder)) {
    const asked = folder === path;
    const isTop = dirname(folder) === folder;
    if (!asked && (isTop || folder === home)) return pipelineFolder ?? path;
    const has = (name: string) => existsSync(join(folder, name));
    if (has('dvc.yaml')) pipelineFolder ??= folder;
    if (has('.cairn') || has('.dvc')) return folder;
    if (has('.git')) return pipelineFolder ?? folder;
    if (isTop) return pipelineFolder ?? path;
  }
}
