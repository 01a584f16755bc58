/** Paths in dvc.yaml: written relative to a stage's folder, kept relative to the workspace. */
import { isAbsolute, posix, relative, sep } from 'node:path';
import type { Reach } from './types.ts';

export interface ResolvedPath {
  readonly path: string;
  readonly declared: string;
  readonly reach: Reach;
}

/**
 * Resolves a path as a stage wrote it. dvc.lock has it to the letter (`data/`, `./x`), except for
 * an absolute path into the workspace, which becomes relative.
 * @param root absolute workspace folder
 * @param wdir workspace path of the folder it is relative to; `.` for the root
 */
export function resolvePath(root: string, wdir: string, written: string): ResolvedPath {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(written)) {
    return { path: written, declared: written, reach: 'remote' };
  }
  if (isAbsolute(written)) {
    const inside = relative(root, written).split(sep).join('/');
    if (leadsOut(inside) || isAbsolute(inside)) {
      return { path: written, declared: written, reach: 'outside' };
    }
    const path = inside || '.';
    const declared = posix.relative(posix.join('/', wdir), posix.join('/', path)) || '.';
    return { path, declared, reach: 'workspace' };
  }
  const path = joinPath(wdir, sep === '\\' ? written.replaceAll('\\', '/') : written);
  if (!leadsOut(path)) return { path, declared: written, reach: 'workspace' };
  const absolute = posix.join(root.split(sep).join('/'), path);
  return { path: absolute, declared: written, reach: 'outside' };
}

/** Joins and normalises workspace paths; the root is `.`; no trailing slash. */
export function joinPath(base: string, path: string): string {
  const joined = posix.normalize(posix.join(base, path));
  return joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined;
}

/** Folder of a workspace path; `.` for the root. */
export function folderOf(path: string): string {
  return posix.dirname(path);
}

function leadsOut(path: string): boolean {
  return path === '..' || path.startsWith('../');
}
