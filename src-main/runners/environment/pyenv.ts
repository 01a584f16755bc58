/** The interpreter that a shim of pyenv would start; asking the shim itself takes a shell or two. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';

/**
 * Follows pyenv's own order: `PYENV_VERSION`, a `.python-version` here or above, the global version.
 * @param path of a command, which may be a shim
 * @param root absolute folder that the command runs in
 * @returns `path` itself for what is no shim, or one that leads to something else
 */
export function behindPyenv(
  path: string,
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const shims = dirname(path);
  const versions = join(dirname(shims), 'versions');
  if (basename(shims) !== 'shims' || !existsSync(versions)) return path;
  const chosen = env.PYENV_VERSION || localVersion(root) || firstLine(join(shims, '..', 'version'));
  const version = chosen?.split(delimiter)[0];
  if (!version || !/^[\w.+-]+$/.test(version)) return path;
  const found = join(versions, version, 'bin', basename(path));
  return existsSync(found) ? found : path;
}

function localVersion(folder: string): string | null {
  const version = firstLine(join(folder, '.python-version'));
  if (version !== null) return version;
  return dirname(folder) === folder ? null : localVersion(dirname(folder));
}

function firstLine(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim().split(/\s+/)[0] ?? null;
  } catch {
    return null;
  }
}
