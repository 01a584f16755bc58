import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { type Folders, listRecents, openWorkspace } from '../../../src-main/workspace/index.ts';
import { tempFolder } from '../../support/temp.ts';

const source = join(import.meta.dirname, '../../../src-main');

/** Opens a folder's store as it is before it is trusted, closes it, trusts the folder, opens again. */
const program = `
  const [source, root, folders] = process.argv.slice(1);
  const { addRecent, openInPlace, openWorkspace, setTrust } = await import(source + '/workspace/index.ts');
  const { Store } = await import(source + '/store/index.ts');
  const user = JSON.parse(folders);
  const open = () => openInPlace(openWorkspace(root, user), user, (now) => Store.open(now.storePath));
  open().close();
  await addRecent(user, root);
  const trusted = await setTrust(openWorkspace(root, user), true, user);
  const store = open();
  if (store.path !== trusted.storePath) throw new Error('opened ' + store.path);
  store.close();
`;

/** Trusts the folder in a process of its own. @returns what it said when it failed, else '' */
async function trustElsewhere(root: string, folders: Folders): Promise<string> {
  const args = ['--input-type=module', '-e', program, pathToFileURL(source).href, root];
  const child = spawn(process.execPath, [...args, JSON.stringify(folders)]);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const [code] = await once(child, 'close');
  return code === 0 ? '' : errors;
}

test('processes that trust folders at once, the same and others, lose nothing', async () => {
  const base = tempFolder();
  const folders = {
    data: join(base, 'data'),
    cache: join(base, 'cache'),
    config: join(base, 'config'),
  };
  const roots = [tempFolder(), tempFolder(), tempFolder()];
  const all = [...roots, ...roots, ...roots];
  const errors = await Promise.all(all.map((root) => trustElsewhere(root, folders)));
  expect(errors).toEqual(all.map(() => ''));
  for (const root of roots) {
    const { trusted, storePath } = openWorkspace(root, folders);
    expect({ trusted, isThere: existsSync(storePath) }).toEqual({ trusted: true, isThere: true });
  }
  const recents = await listRecents(folders);
  expect(recents.map(({ path }) => path).sort()).toEqual([...roots].sort());
});
