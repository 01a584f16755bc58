import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { userConfigs } from '../../../src-main/pipelines/config.ts';
import { cacheFolder, linksOf, loadDvcConfig } from '../../../src-main/pipelines/index.ts';
import { projectOf } from './fixture.ts';

describe("DVC's configuration", () => {
  it('is read from the user down to the local file', () => {
    const project = projectOf({
      '.dvc/config': '[cache]\n    type = hardlink\n[\'remote "r"\']\n    url = /x\n',
      '.dvc/config.local': '[cache]\n    dir = ../../shared\n',
      'home/.config/dvc/config': '[cache]\n    type = symlink\n[core]\n    no_scm = True\n',
    });
    const machine = { platform: 'linux' as const, env: {}, home: join(project.root, 'home') };
    const config = loadDvcConfig(project.root, machine);
    expect(linksOf(config)).toEqual(['hardlink']);
    expect(config.core?.no_scm).toBe('True');
    expect(cacheFolder(project.root, config)).toBe(join(project.root, '..', 'shared'));
  });

  it.each([
    ['linux', { XDG_CONFIG_HOME: '/c' }, ['/etc/xdg/dvc/config', '/c/dvc/config']],
    [
      'darwin',
      {},
      ['/Library/Application Support/dvc/config', '/h/Library/Application Support/dvc/config'],
    ],
    [
      'win32',
      { PROGRAMDATA: 'P:', LOCALAPPDATA: 'L:' },
      ['P:\\iterative\\dvc\\config', 'L:\\iterative\\dvc\\config'],
    ],
  ] as const)('is looked for where %s keeps it', (platform, env, files) => {
    expect(userConfigs({ platform, env, home: '/h' })).toEqual(files);
  });

  it('writes no .gitignore without Git, or when DVC is told that there is none', async () => {
    const files = { 'dvc.yaml': 'stages:\n  a:\n    cmd: echo 1 > x\n    outs: [x]\n' };
    const told = projectOf({ ...files, '.dvc/config': '[core]\n    no_scm = True\n' });
    await told.repro();
    expect(existsSync(join(told.root, '.gitignore'))).toBe(false);
    const git = projectOf(files);
    await git.repro();
    expect(git.read('.gitignore')).toBe('/x\n');
  });
});
