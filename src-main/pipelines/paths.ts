/** Paths in dvc.yaml: written relative to a stage's folder, kept relative to the workspace. */
import { isAbsolute, posix, relative, sep } from 'node:path';
import type { Reach } from './types.ts';

export interface ResolvedPath {
  readonly path: string;
  readonly declared: string;
  readonly reach: Reach;
}

/**
 * Resolves a path as a stage wrote it.
 * @param root absolute workspace folder
 * @param wdir workspace path of the folder it is relative to; `.` for the root
 */
export function resolvePath(root: string, wdir: string, written: string): ResolvedPath {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(written)) {
    return { path: written, declared: written, reach: 'remote' };
  }
  if (isAbsolute(written)) {
    const inside = relative(root, written).split(sep).join('/');
    if (inside === '..' || inside.startsWith('../') || isAbsolute(inside)) {
      return { path: written, declared: written, reach: 'outside' };
    }
    return {
      path: inside || '.',
      declared: relativeTo(root, wdir, inside || '.'),
      reach: 'workspace',
    };
  }
  const path = joinPath(wdir, sep === '\\' ? written.replaceAll('\\', '/') : written);
  if (path === '..' || path.startsWith('../')) {
    const absolute = posix.join(root.split(sep).join('/'), path);
    return { path: absolute, declared: relativeTo(root, wdir, path), reach: 'outside' };
  }
  return { path, declared: relativeTo(root, wdir, path), reach: 'workspace' };
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

/** From one workspace path to another; both may lead above the root. */
function relativeTo(root: string, wdir: string, path: string): string {
  const base = posix.join('/', root.split(sep).join('/'));
  return posix.relative(posix.join(base, wdir), posix.join(base, path)) || '.';
}
