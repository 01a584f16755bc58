import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkOut, isSafePath } from '../../../src-main/api/run-page/check-out.ts';
import type { CodeStore, TreeEntry } from '../../../src-main/git/index.ts';
import { tempFolder } from '../../support/temp.ts';

/** A store that holds one commit: path → [mode, content]. */
function codeOf(files: Record<string, [TreeEntry['mode'], string]>): CodeStore {
  const code: Pick<CodeStore, 'listTree' | 'readObject'> = {
    listTree: () =>
      new Map(Object.entries(files).map(([path, [mode]]) => [path, { mode, oid: path }])),
    readObject: (oid) => Buffer.from(files[oid]?.[1] ?? ''),
  };
  return code as CodeStore;
}

describe('the code of a run as files', () => {
  it('is written whole, with what may be executed and links that stay inside', async () => {
    const folder = join(tempFolder(), 'new');
    const code = codeOf({
      'src/train.py': ['100644', 'print(1)'],
      'run.sh': ['100755', '#!/bin/sh'],
      'src/link.py': ['120000', '../src/train.py'],
      vendored: ['160000', ''],
    });
    const made = await checkOut(code, 'c', folder, '02.7', process.platform);
    expect(made).toEqual({ folder, files: 3, left: [] });
    expect(readFileSync(join(folder, 'src/train.py'), 'utf8')).toBe('print(1)');
    if (process.platform !== 'win32') {
      expect(lstatSync(join(folder, 'run.sh')).mode & 0o100).toBe(0o100);
      expect(readlinkSync(join(folder, 'src/link.py'))).toBe('../src/train.py');
    }
    expect(existsSync(join(folder, 'vendored'))).toBe(false);
  });

  it('leaves out names and links that a hostile repository could reach further with', async () => {
    const outside = tempFolder();
    const folder = join(outside, 'in');
    const code = codeOf({
      '../escaped': ['100644', 'x'],
      'a/../../escaped': ['100644', 'x'],
      '/escaped': ['100644', 'x'],
      '.git/hooks/post-checkout': ['100755', 'x'],
      'sub/.GIT/config': ['100644', 'x'],
      up: ['120000', '../..'],
      root: ['120000', '/etc/passwd'],
      'through/it': ['100644', 'fine'],
      through: ['120000', outside],
      good: ['100644', 'x'],
    });
    const made = await checkOut(code, 'c', folder, '02.7', 'linux');
    expect(made.files).toBe(2);
    expect(made.left.sort()).toEqual(
      [
        ...['../escaped', '.git/hooks/post-checkout', '/escaped', 'a/../../escaped'],
        ...['root', 'sub/.GIT/config', 'through', 'up'],
      ].sort(),
    );
    expect(existsSync(join(outside, 'escaped'))).toBe(false);
  });

  it('refuses names that only some systems read as others', () => {
    for (const path of ['.git', 'git~1', 'a/.git /x', '.gi\u200ct', '.git::$INDEX_ALLOCATION']) {
      expect(isSafePath(path, 'linux'), path).toBe(false);
    }
    for (const path of ['aux.txt', 'a:b', 'a\\..\\b', 'end.', 'COM1']) {
      expect(isSafePath(path, 'win32'), path).toBe(false);
      expect(isSafePath(path, 'linux'), path).toBe(true);
    }
    expect(isSafePath('.github/workflows/a.yml', 'win32')).toBe(true);
  });

  it('writes into a new or an empty folder only', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'mine'));
    writeFileSync(join(folder, 'mine/kept'), 'x');
    const code = codeOf({ kept: ['100644', 'y'] });
    await expect(checkOut(code, 'c', join(folder, 'mine'), '1', 'linux')).rejects.toMatchObject({
      code: 'invalid',
    });
    expect(readFileSync(join(folder, 'mine/kept'), 'utf8')).toBe('x');
  });
});
