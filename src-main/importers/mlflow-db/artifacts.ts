/** Where the artifacts of a run are now: the database knows where they were when it was made. */
import { statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The workspace path of a run's artifact folder, or null when it is not here.
 * @param uri as the database has it: a path, `file:` or `mlflow-artifacts:` address
 * @param database workspace path of the database
 */
export function artifactRootOf(root: string, database: string, uri: string | null): string | null {
  if (uri === null) return null;
  const base = posix.dirname(database);
  const tail = /([^/\\]+)[/\\]([^/\\]+)[/\\]artifacts[/\\]?$/.exec(uri);
  const candidates = [
    ...inWorkspace(root, base, uri),
    // The folder was moved: the last parts of the address are still the same.
    ...(tail === null
      ? []
      : ['mlruns', 'mlartifacts'].map((name) =>
          posix.join(base, name, tail[1] as string, tail[2] as string, 'artifacts'),
        )),
  ];
  return candidates.find((path) => isInside(path) && isFolder(join(root, path))) ?? null;
}

function inWorkspace(root: string, base: string, uri: string): string[] {
  if (/^[a-z][a-z0-9+.-]+:/i.test(uri) && !uri.startsWith('file:')) return [];
  let path = uri;
  if (uri.startsWith('file:')) {
    try {
      path = fileURLToPath(uri);
    } catch {
      return [];
    }
  }
  const slashes = path.replaceAll('\\', '/');
  const prefix = `${root.replaceAll('\\', '/')}/`;
  if (slashes.startsWith(prefix)) return [posix.normalize(slashes.slice(prefix.length))];
  return slashes.startsWith('/') ? [] : [posix.join(base, slashes)];
}

function isInside(path: string): boolean {
  return (
    path !== '..' && !path.startsWith('../') && !path.startsWith('/') && !/^[A-Za-z]:/.test(path)
  );
}

function isFolder(absolute: string): boolean {
  return statSync(absolute, { throwIfNoEntry: false })?.isDirectory() === true;
}
