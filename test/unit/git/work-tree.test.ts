import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { IndexEntry } from '../../../src-main/git/index-file.ts';
import type { FileMode } from '../../../src-main/git/types.ts';
import { scanWorkTree } from '../../../src-main/git/work-tree.ts';

/** `é` in one character, as Git keeps it on macOS, and in two, as its disks may give it. */
const composed = '\u00e9';
const decomposed = 'e\u0301';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'work-tree-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Machine {
  readonly platform?: NodeJS.Platform;
  readonly config?: Record<string, string>;
  /** Path → mode. */
  readonly tracked: Readonly<Record<string, FileMode>>;
  readonly files: readonly string[];
  readonly ignored?: string;
}

/** What a scan finds: path, mode, and the path that the index has for it. */
async function scan({ platform = 'linux', config = {}, tracked, files, ignored }: Machine) {
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), 'x', { mode: 0o755 });
  }
  if (ignored !== undefined) writeFileSync(join(root, '.gitignore'), ignored);
  const gitDir = join(root, '.git');
  const found = await scanWorkTree({
    layout: {
      workTree: root,
      gitDir,
      commonDir: gitDir,
      prefix: '',
      config: new Map(Object.entries(config)),
    },
    machine: { platform, env: {}, home: join(root, 'nowhere') },
    index: {
      entries: new Map(Object.entries(tracked).map(([path, mode]) => [path, entry(path, mode)])),
      writtenNs: 0n,
    },
  });
  return found
    .filter(({ path }) => path !== '.gitignore')
    .map((file) => [file.path, file.mode, file.tracked?.path ?? null]);
}

function entry(path: string, mode: FileMode): IndexEntry {
  const stat = { ctimeSeconds: 0, mtimeSeconds: 0, mtimeNanoseconds: 0, ino: 0, size: 0 };
  const oid = '0'.repeat(40);
  return { path, mode, oid, stage: 0, skipWorktree: false, intentToAdd: false, stat };
}

it('takes a file under the name that the index has, where case does not count', async () => {
  const tree = { tracked: { 'README.md': '100755' }, files: ['ReadMe.md', 'new.md'] } as const;
  expect(await scan({ ...tree, config: { 'core.ignorecase': 'true' } })).toEqual([
    ['README.md', '100755', 'README.md'],
    ['new.md', '100755', null],
  ]);
});

it('tells names apart by case where it counts', async () => {
  expect(await scan({ tracked: { 'README.md': '100755' }, files: ['ReadMe.md'] })).toEqual([
    ['ReadMe.md', '100755', null],
  ]);
});

it('finds tracked files in an ignored folder of another case', async () => {
  const tree = {
    tracked: { 'Data/kept.csv': '100755' },
    files: ['data/kept.csv', 'data/other.csv'],
    ignored: 'DATA/\n',
  } as const;
  expect(await scan({ ...tree, config: { 'core.ignorecase': 'true' } })).toEqual([
    ['Data/kept.csv', '100755', 'Data/kept.csv'],
  ]);
});

it('composes the names of files and folders on macOS', async () => {
  const path = `d${composed}/f${composed}`;
  const tree = { tracked: { [path]: '100755' }, files: [`d${decomposed}/f${decomposed}`] } as const;
  expect(await scan({ ...tree, platform: 'darwin' })).toEqual([[path, '100755', path]]);
});

it('leaves names as they are elsewhere', async () => {
  const name = `f${decomposed}`;
  expect(await scan({ tracked: { [`f${composed}`]: '100755' }, files: [name] })).toEqual([
    [name, '100755', null],
  ]);
});

it('takes modes from the index where the file system has none', async () => {
  const tree = {
    tracked: { plain: '100644', run: '100755', link: '120000' },
    files: ['plain', 'run', 'link', 'new'],
  } as const;
  const expected = [
    ['link', '120000', 'link'],
    ['new', '100644', null],
    ['plain', '100644', 'plain'],
    ['run', '100755', 'run'],
  ];
  const config = { 'core.symlinks': 'false' };
  expect(await scan({ ...tree, platform: 'win32', config })).toEqual(expected);
  expect(await scan({ ...tree, config: { ...config, 'core.filemode': 'false' } })).toEqual(
    expected,
  );
});
