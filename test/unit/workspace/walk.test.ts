import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { walkFolder } from '../../../src-main/workspace/index.ts';
import { tempFolder } from '../../support/temp.ts';

const run = 'a'.repeat(32);

it('leaves out what runs and models logged, wherever their artifacts are kept', async () => {
  const root = tempFolder();
  const put = (path: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '{}');
  };
  const own = ['01-look.ipynb', 'artifacts/02-own.ipynb', `notes/${run}/03.ipynb`];
  const logged = [
    `store/${run}/artifacts/copy.ipynb`,
    `store/models/m-${run}/artifacts/deep/copy.ipynb`,
    `mlruns/1/${run}/artifacts/copy.ipynb`,
  ];
  for (const path of [...own, ...logged]) put(path);
  const { files } = await walkFolder(root);
  expect([...files].sort()).toEqual([...own].sort());
});
