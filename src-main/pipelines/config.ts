/** DVC's configuration of a workspace: system, global, `.dvc/config`, `.dvc/config.local`. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, posix, win32 } from 'node:path';
import type { LinkKind } from '../cas/index.ts';
import { type DvcConfig, mergeDvcConfigs, parseDvcConfig } from '../formats/dvc-config.ts';
import type { Parsing } from './interpolate.ts';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

export function thisMachine(): Machine {
  return { platform: process.platform, env: process.env, home: homedir() };
}

/** @param root absolute workspace folder */
export function loadDvcConfig(root: string, machine: Machine = thisMachine()): DvcConfig {
  const files = [
    ...userConfigs(machine),
    join(root, '.dvc', 'config'),
    join(root, '.dvc', 'config.local'),
  ];
  return mergeDvcConfigs(files.map((file) => parseDvcConfig(read(file))));
}

/** System-wide, then the user's. Source: DVC's reference, “config”. */
export function userConfigs({ platform, env, home }: Machine): string[] {
  if (platform === 'win32') {
    const system = env.PROGRAMDATA ?? 'C:\\ProgramData';
    const user = env.LOCALAPPDATA ?? win32.join(home, 'AppData', 'Local');
    return [system, user].map((folder) => win32.join(folder, 'iterative', 'dvc', 'config'));
  }
  if (platform === 'darwin') {
    const support = 'Library/Application Support/dvc/config';
    return [posix.join('/', support), posix.join(home, support)];
  }
  const system = env.XDG_CONFIG_DIRS?.split(':')[0] || '/etc/xdg';
  const user = env.XDG_CONFIG_HOME || posix.join(home, '.config');
  return [system, user].map((folder) => posix.join(folder, 'dvc', 'config'));
}

/** How dicts are printed into commands. */
export function parsingOf(config: DvcConfig, platform: NodeJS.Platform): Parsing {
  const { bool, list } = config.parsing ?? {};
  return {
    bool: bool === 'boolean_optional' ? bool : 'store_true',
    list: list === 'append' ? list : 'nargs',
    platform,
  };
}

/** How files of the workspace may share their content with the cache, best first. */
export function linksOf(config: DvcConfig): LinkKind[] {
  const known: readonly string[] = ['reflink', 'hardlink', 'symlink', 'copy'];
  const named = (config.cache?.type ?? '')
    .split(',')
    .map((kind) => kind.trim())
    .filter((kind): kind is LinkKind => known.includes(kind));
  return named.length > 0 ? named : ['reflink', 'copy'];
}

/** Whether DVC was told that there is no Git; then it writes no .gitignore. */
export function withoutGit(config: DvcConfig): boolean {
  return /^(true|yes|on|1)$/i.test(config.core?.no_scm ?? '');
}

/** Absolute folder of the cache (above `files/md5`): `.dvc/cache`, or what `cache.dir` says. */
export function cacheFolder(root: string, config: DvcConfig): string {
  const set = config.cache?.dir;
  if (set === undefined) return join(root, '.dvc', 'cache');
  return isAbsolute(set) ? set : join(root, '.dvc', set);
}

/**
 * The remotes that are folders of this machine, or mounted on it, the default one first. Others are
 * reached over a network, which is DVC's affair.
 */
export function folderRemotes(
  root: string,
  config: DvcConfig,
): { readonly name: string; readonly folder: string }[] {
  const preferred = config.core?.remote;
  return Object.entries(config)
    .flatMap(([section, { url }]) => {
      const name = /^remote "(.+)"$/.exec(section)?.[1];
      // A drive's letter is no scheme.
      if (name === undefined || url === undefined || /^[a-z][a-z0-9+.-]+:/i.test(url)) return [];
      return { name, folder: isAbsolute(url) ? url : join(root, '.dvc', url) };
    })
    .sort((a, b) => Number(b.name === preferred) - Number(a.name === preferred));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
