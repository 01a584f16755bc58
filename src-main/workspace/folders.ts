/**
 * The user's folders for data, caches and configuration on each system. Sources: XDG Base Directory
 * Specification, Apple's File System Programming Guide, Microsoft's Known Folders.
 */
import { posix, win32 } from 'node:path';
import type { Folders } from './types.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * `CAIRN_DATA_DIR`, `CAIRN_CACHE_DIR` and `CAIRN_CONFIG_DIR` win over what the system says.
 * @param home the user's home folder
 */
export function locateFolders(platform: NodeJS.Platform, env: Env, home: string): Folders {
  const usual = usualFolders(platform, env, home);
  return {
    data: env.CAIRN_DATA_DIR || usual.data,
    cache: env.CAIRN_CACHE_DIR || usual.cache,
    config: env.CAIRN_CONFIG_DIR || usual.config,
  };
}

function usualFolders(platform: NodeJS.Platform, env: Env, home: string): Folders {
  if (platform === 'win32') {
    const local = env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local');
    const roaming = env.APPDATA || win32.join(home, 'AppData', 'Roaming');
    return {
      data: win32.join(local, 'Cairn', 'Data'),
      cache: win32.join(local, 'Cairn', 'Cache'),
      config: win32.join(roaming, 'Cairn'),
    };
  }
  if (platform === 'darwin') {
    const support = posix.join(home, 'Library', 'Application Support', 'Cairn');
    return {
      data: support,
      cache: posix.join(home, 'Library', 'Caches', 'Cairn'),
      config: posix.join(support, 'Config'),
    };
  }
  const xdg = (name: string, ...usual: string[]): string => {
    const value = env[name];
    // The specification: a relative path is invalid and shall be ignored.
    const base = value?.startsWith('/') ? value : posix.join(home, ...usual);
    return posix.join(base, 'cairn');
  };
  return {
    data: xdg('XDG_DATA_HOME', '.local', 'share'),
    cache: xdg('XDG_CACHE_HOME', '.cache'),
    config: xdg('XDG_CONFIG_HOME', '.config'),
  };
}
