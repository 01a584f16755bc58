import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Store } from '../../../src-main/store/index.ts';
import {
  addRecent,
  type Folders,
  findRoot,
  forgetRecent,
  listRecents,
  openWorkspace,
  setTrust,
} from '../../../src-main/workspace/index.ts';
import { tempFolder } from '../../support/temp.ts';

function userFolders(): Folders {
  const base = tempFolder();
  return { data: join(base, 'data'), cache: join(base, 'cache'), config: join(base, 'config') };
}

function makeFolders(root: string, ...paths: string[]): void {
  for (const path of paths) mkdirSync(join(root, path), { recursive: true });
}

function write(storePath: string, key: string): void {
  const store = Store.open(storePath);
  store.transaction(() => store.prepare('INSERT INTO settings VALUES (?, ?)').run(key, 'x'));
  store.close();
}

function keys(storePath: string): string[] {
  const store = Store.open(storePath);
  const rows = store.prepare<[], { key: string }>('SELECT key FROM settings ORDER BY key').all();
  store.close();
  return rows.map((row) => row.key);
}

describe('the root', () => {
  it('is the nearest project at or above', () => {
    const top = tempFolder();
    makeFolders(
      top,
      'repo/.git',
      'repo/src/deep',
      'repo/inner/.cairn',
      'repo/inner/src',
      'plain/sub',
    );
    expect(findRoot(join(top, 'repo/src/deep'))).toBe(join(top, 'repo'));
    expect(findRoot(join(top, 'repo/inner/src'))).toBe(join(top, 'repo/inner'));
    expect(findRoot(join(top, 'plain/sub'))).toBe(join(top, 'plain/sub'));
  });

  it('of a dvc.yaml below is that of the DVC project around it', () => {
    const top = tempFolder();
    makeFolders(top, 'dvc/.dvc', 'dvc/train/src', 'git/.git', 'git/train/src');
    for (const path of ['dvc/train/dvc.yaml', 'git/train/dvc.yaml'])
      writeFileSync(join(top, path), '');
    expect(findRoot(join(top, 'dvc/train/src'))).toBe(join(top, 'dvc'));
    expect(findRoot(join(top, 'git/train/src'))).toBe(join(top, 'git/train'));
  });

  it('is not the home folder unless asked for', () => {
    const home = tempFolder();
    makeFolders(home, '.git', 'project');
    expect(findRoot(join(home, 'project'), home)).toBe(join(home, 'project'));
    expect(findRoot(home, home)).toBe(home);
  });
});

describe('opening', () => {
  it('writes nothing into a folder that is not trusted', () => {
    const [root, folders] = [tempFolder(), userFolders()];
    const workspace = openWorkspace(root, folders);
    expect(workspace).toMatchObject({ root, trusted: false, readOnly: false });
    expect(workspace.storeDir.startsWith(folders.data)).toBe(true);
    expect(workspace.cacheDir.startsWith(folders.cache)).toBe(true);
    write(workspace.storePath, 'a');
    expect(readdirSync(root)).toEqual([]);
  });

  it('says in a sentence what cannot be opened', () => {
    const [top, folders] = [tempFolder(), userFolders()];
    writeFileSync(join(top, 'file.txt'), '');
    expect(() => openWorkspace(join(top, 'none'), folders)).toThrow(
      expect.objectContaining({ code: 'not-found', message: expect.stringContaining('none') }),
    );
    expect(() => openWorkspace(join(top, 'file.txt'), folders)).toThrow(
      expect.objectContaining({ code: 'invalid', message: expect.stringContaining('is a file') }),
    );
    expect(() => openWorkspace(join(top, 'file.txt', 'below'), folders)).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });

  it('knows a folder under any of its names', async () => {
    const [top, folders] = [tempFolder(), userFolders()];
    makeFolders(top, 'real');
    symlinkSync(join(top, 'real'), join(top, 'link'));
    await setTrust(openWorkspace(join(top, 'real'), folders), true, folders);
    expect(openWorkspace(join(top, 'link'), folders)).toMatchObject({
      root: join(top, 'real'),
      trusted: true,
    });
  });
});

describe('trust', () => {
  it('moves the store into the folder, hidden from Git', async () => {
    const [root, folders] = [tempFolder(), userFolders()];
    const before = openWorkspace(root, folders);
    write(before.storePath, 'a');
    makeFolders(before.storeDir, 'runs/1');
    const trusted = await setTrust(before, true, folders);
    expect(trusted).toMatchObject({ trusted: true, storeDir: join(root, '.cairn') });
    expect(keys(trusted.storePath)).toEqual(['a']);
    expect(readFileSync(join(root, '.cairn', '.gitignore'), 'utf8')).toBe('*\n');
    expect(existsSync(join(root, '.cairn', 'runs', '1'))).toBe(true);
    expect(existsSync(before.storeDir)).toBe(false);
  });

  it('keeps a store that the folder has, rather than an unrelated one', async () => {
    const [root, folders] = [tempFolder(), userFolders()];
    write(join(root, '.cairn', 'cairn.db'), 'theirs');
    const before = openWorkspace(root, folders);
    write(before.storePath, 'mine');
    const trusted = await setTrust(before, true, folders);
    expect(keys(trusted.storePath)).toEqual(['theirs']);
    expect(keys(before.storePath)).toEqual(['mine']);
  });

  it('taken back leaves the folder alone; given again brings back what was written since', async () => {
    const [root, folders] = [tempFolder(), userFolders()];
    const trusted = await setTrust(openWorkspace(root, folders), true, folders);
    write(trusted.storePath, 'a');
    const without = await setTrust(trusted, false, folders);
    expect(without.trusted).toBe(false);
    expect(keys(without.storePath)).toEqual(['a']);
    write(without.storePath, 'b');
    const again = await setTrust(openWorkspace(root, folders), true, folders);
    expect(keys(again.storePath)).toEqual(['a', 'b']);
    expect(readdirSync(join(root, '.cairn')).some((name) => name.includes('.before-'))).toBe(true);
  });

  it('of a folder that cannot be written to keeps the store outside, with what is inside', async () => {
    const [root, folders] = [tempFolder(), userFolders()];
    const trusted = await setTrust(openWorkspace(root, folders), true, folders);
    write(trusted.storePath, 'a');
    const readOnly = openWorkspace(root, folders, () => false);
    expect(readOnly).toMatchObject({ trusted: true, readOnly: true });
    expect(readOnly.storeDir.startsWith(folders.data)).toBe(true);
    expect(keys(readOnly.storePath)).toEqual(['a']);
  });

  it('is not given by a broken list', async () => {
    const [root, folders] = [tempFolder(), userFolders()];
    await setTrust(openWorkspace(root, folders), true, folders);
    writeFileSync(join(folders.config, 'trust.json'), '{"trusted": {');
    expect(openWorkspace(root, folders).trusted).toBe(false);
    await setTrust(openWorkspace(root, folders), true, folders);
    expect(openWorkspace(root, folders).trusted).toBe(true);
  });
});

describe('recent folders', () => {
  it('are listed newest first, once each, and forgotten', async () => {
    const [folders, one] = [userFolders(), tempFolder()];
    await addRecent(folders, one);
    await addRecent(folders, '/nowhere/two');
    await addRecent(folders, one);
    expect(await listRecents(folders)).toEqual([
      expect.objectContaining({ path: one, exists: true }),
      expect.objectContaining({ path: '/nowhere/two', name: 'two', exists: false }),
    ]);
    await forgetRecent(folders, '/nowhere/two');
    expect(await listRecents(folders)).toHaveLength(1);
  });
});
