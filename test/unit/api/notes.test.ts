import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ApiContext } from '../../../src-main/api/context.ts';
import { noteHandlers } from '../../../src-main/api/notes.ts';
import { tempFolder } from '../../support/temp.ts';

/** What a note that names these paths is told of them. */
async function kinds(root: string, ...paths: string[]): Promise<string[]> {
  const session = { workspace: { root } };
  const handlers = noteHandlers({ session: () => session } as unknown as ApiContext);
  const { files } = await handlers['notes.files']({ paths }, {} as never);
  return files.map((file) => file.kind);
}

test('a note learns of files in the folder, and of nothing outside of it', async () => {
  const outside = tempFolder();
  writeFileSync(join(outside, 'secret'), 'x');
  const root = join(outside, 'folder');
  mkdirSync(join(root, 'data'), { recursive: true });
  writeFileSync(join(root, 'data', '数据 1.csv'), 'a,b\n');
  symlinkSync(outside, join(root, 'away'));
  const inside = await kinds(root, 'data/数据 1.csv', './data', 'data/none.csv');
  expect(inside).toEqual(['file', 'folder', 'missing']);
  const hostile = [
    '../secret',
    join(outside, 'secret'),
    'away/secret',
    'data/%2e%2e/%2e%2e/secret',
  ];
  expect(new Set(await kinds(root, ...hostile))).toEqual(new Set(['missing']));
});
