import { expect, it } from 'vitest';
import { locateFolders } from '../../../src-main/workspace/folders.ts';

it('follows XDG on Linux, passing over relative paths', () => {
  expect(locateFolders('linux', {}, '/home/ada')).toEqual({
    data: '/home/ada/.local/share/cairn',
    cache: '/home/ada/.cache/cairn',
    config: '/home/ada/.config/cairn',
  });
  const env = { XDG_DATA_HOME: '/data', XDG_CACHE_HOME: 'relative', XDG_CONFIG_HOME: '' };
  expect(locateFolders('linux', env, '/home/ada')).toEqual({
    data: '/data/cairn',
    cache: '/home/ada/.cache/cairn',
    config: '/home/ada/.config/cairn',
  });
});

it('uses the Library on macOS', () => {
  expect(locateFolders('darwin', {}, '/Users/ada')).toEqual({
    data: '/Users/ada/Library/Application Support/Cairn',
    cache: '/Users/ada/Library/Caches/Cairn',
    config: '/Users/ada/Library/Application Support/Cairn/Config',
  });
});

it('uses AppData on Windows', () => {
  const env = { LOCALAPPDATA: 'D:\\Local', APPDATA: 'D:\\Roaming' };
  expect(locateFolders('win32', env, 'C:\\Users\\ada')).toEqual({
    data: 'D:\\Local\\Cairn\\Data',
    cache: 'D:\\Local\\Cairn\\Cache',
    config: 'D:\\Roaming\\Cairn',
  });
  expect(locateFolders('win32', {}, 'C:\\Users\\ada').config).toBe(
    'C:\\Users\\ada\\AppData\\Roaming\\Cairn',
  );
});

it('lets the environment decide', () => {
  const env = { CAIRN_DATA_DIR: '/d', CAIRN_CACHE_DIR: '/c', CAIRN_CONFIG_DIR: '/f' };
  expect(locateFolders('linux', env, '/home/ada')).toEqual({
    data: '/d',
    cache: '/c',
    config: '/f',
  });
});
