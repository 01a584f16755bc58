import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { blobOfWorkFile } from '../../../src-main/api/diff/work-file.ts';
import { git, initRepository, writeFiles } from '../../support/git.ts';
import { tempFolder } from '../../support/temp.ts';

it('names contents of any size as Git does; what is no file has none', async () => {
  const folder = initRepository(tempFolder());
  const files = { empty: '', 'a/text.py': 'print(1)\r\n', large: Buffer.alloc(6_000_000, 'x') };
  writeFiles(folder, files);
  symlinkSync('empty', join(folder, 'link'));
  for (const path of Object.keys(files)) {
    expect(await blobOfWorkFile(folder, path)).toBe(
      git(folder, 'hash-object', '--no-filters', path),
    );
  }
  for (const path of ['link', 'a', 'gone', 'gone/too']) {
    expect(await blobOfWorkFile(folder, path)).toBeNull();
  }
  await expect(blobOfWorkFile(folder, '../outside')).rejects.toMatchObject({ code: 'invalid' });
});
