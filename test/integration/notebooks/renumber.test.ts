/** Renumbering notebooks in a real repository: done, undone, refused, interrupted. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Repository } from '../../../src-main/git/index.ts';
import {
  planOrder,
  type RenumberContext,
  recover,
  renumber,
  turnRound,
} from '../../../src-main/notebooks/index.ts';
import { withRenumberLock } from '../../../src-main/notebooks/lock.ts';
import { walkFolder } from '../../../src-main/workspace/index.ts';
import { tempFolder } from '../../support/temp.ts';

let root: string;
let storeDir: string;
let context: RenumberContext;
let edit: { label: string; before: unknown; after: unknown } | null;
let committed: string[];

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'core.quotePath=false', ...args], { cwd: root, encoding: 'utf8' });
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const notebook = (...sources: string[]) =>
  `${JSON.stringify({ cells: sources.map((source) => ({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: [source] })), metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;

const files = {
  'nb/01_load.ipynb': notebook('x = 1'),
  'nb/02_train.ipynb': notebook('%run 01_load.ipynb', 'y = 2'),
  'nb/04_plot 图.ipynb': notebook('z = 3'),
  'README.md':
    '# Notes\n\nStart with [loading](nb/01_load.ipynb), then [plot](<nb/04_plot 图.ipynb>).\n',
  'dvc.yaml':
    'stages:\n  run:   # keep this\n    cmd: papermill nb/02_train.ipynb out.ipynb\n    deps:\n      - nb/02_train.ipynb\n      - "nb/01_load.ipynb"\n',
};
const order = ['02_train.ipynb', '01_load.ipynb', '04_plot 图.ipynb'];

function allFiles(): Record<string, string> {
  return Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && !one.parentPath.includes('.git'))
      .map((one) => join(one.parentPath, one.name))
      .sort()
      .map((path) => [path, readFileSync(path, 'utf8')]),
  );
}

beforeEach(async () => {
  root = tempFolder('renumber-');
  storeDir = tempFolder('renumber-store-');
  mkdirSync(join(root, 'nb'));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '-qm', 'begin');
  const repository = (await Repository.open(root)) as Repository;
  edit = null;
  committed = [];
  context = {
    root,
    storeDir,
    git: {
      entries: (paths) => repository.indexEntries(paths),
      set: (entries) => repository.setIndexEntries(entries),
    },
    files: async () => (await walkFolder(root)).files,
    committed: (id) => committed.includes(id),
    commit: (id, _renames, made) => {
      committed.push(id);
      if (made !== null) edit = made;
    },
  };
});

async function swap(): Promise<void> {
  const { stamp } = await planOrder(context, { folder: 'nb', order }, {});
  await renumber(context, { folder: 'nb', order, stamp }, {});
}

describe('renumbering', () => {
  it('swaps names, changes what refers to them, and lets Git see renames', async () => {
    await swap();
    expect(readdirSync(join(root, 'nb')).sort()).toEqual([
      '01_train.ipynb',
      '02_load.ipynb',
      '03_plot 图.ipynb',
    ]);
    expect(read('nb/01_train.ipynb')).toBe(notebook('%run 02_load.ipynb', 'y = 2'));
    expect(read('README.md')).toBe(
      '# Notes\n\nStart with [loading](nb/02_load.ipynb), then [plot](<nb/03_plot 图.ipynb>).\n',
    );
    expect(read('dvc.yaml')).toBe(
      'stages:\n  run:   # keep this\n    cmd: papermill nb/01_train.ipynb out.ipynb\n    deps:\n      - nb/01_train.ipynb\n      - "nb/02_load.ipynb"\n',
    );
    const status = git('status', '--porcelain').split('\n').filter(Boolean).sort();
    expect(status).toEqual([
      ' M README.md',
      ' M dvc.yaml',
      'R  "nb/04_plot 图.ipynb" -> "nb/03_plot 图.ipynb"',
      'R  nb/01_load.ipynb -> nb/02_load.ipynb',
      'RM nb/02_train.ipynb -> nb/01_train.ipynb',
    ]);
    git('fsck', '--strict');
    expect(existsSync(join(storeDir, 'renumbering'))).toBe(false);
  });

  it('is taken back to the byte, and done again', async () => {
    const before = allFiles();
    await swap();
    const after = allFiles();
    await turnRound(context, edit?.before);
    expect(allFiles()).toEqual(before);
    expect(git('status', '--porcelain')).toBe('');
    await turnRound(context, edit?.after);
    expect(allFiles()).toEqual(after);
  });

  it('does nothing when a file changed since the plan, or since it was done', async () => {
    const { stamp } = await planOrder(context, { folder: 'nb', order }, {});
    writeFileSync(join(root, 'README.md'), `${files['README.md']}more: nb/01_load.ipynb\n`);
    const before = allFiles();
    await expect(renumber(context, { folder: 'nb', order, stamp }, {})).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(allFiles()).toEqual(before);
    await swap();
    writeFileSync(join(root, 'README.md'), 'new\n');
    const now = allFiles();
    await expect(turnRound(context, edit?.before)).rejects.toMatchObject({ code: 'conflict' });
    expect(allFiles()).toEqual(now);
  });

  it('takes everything back when Git holds its index, or the store cannot be written', async () => {
    const before = allFiles();
    writeFileSync(join(root, '.git/index.lock'), '');
    await expect(swap()).rejects.toMatchObject({ code: 'locked' });
    expect(allFiles()).toEqual(before);
    execFileSync('rm', [join(root, '.git/index.lock')]);
    const { commit } = context;
    context = {
      ...context,
      commit: () => {
        throw new Error('disk');
      },
    };
    await expect(swap()).rejects.toThrow('disk');
    expect(allFiles()).toEqual(before);
    expect(git('status', '--porcelain')).toBe('');
    context = { ...context, commit };
    await swap();
  });

  it('refuses a name that is taken', async () => {
    writeFileSync(join(root, 'nb/01_train.ipynb'), notebook());
    await expect(planOrder(context, { folder: 'nb', order }, {})).rejects.toMatchObject({
      code: 'exists',
    });
  });
});

describe('two renumberings at once', () => {
  it('do not mix: one is done, the other does nothing or starts from what the first has left', async () => {
    const backwards = [...order].reverse();
    const [one, other] = await Promise.all(
      [order, backwards].map((wanted) => planOrder(context, { folder: 'nb', order: wanted }, {})),
    );
    const before = allFiles();
    const ends = await Promise.allSettled([
      renumber(context, { folder: 'nb', order, stamp: one?.stamp ?? '' }, {}),
      renumber(context, { folder: 'nb', order: backwards, stamp: other?.stamp ?? '' }, {}),
    ]);
    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1);
    expect(ends.find((end) => end.status === 'rejected')).toMatchObject({
      reason: { code: 'conflict' },
    });
    expect(committed).toHaveLength(1);
    await turnRound(context, edit?.before);
    expect(allFiles()).toEqual(before);
  });

  it('wait for one another, in whatever process', async () => {
    const { stamp } = await planOrder(context, { folder: 'nb', order }, {});
    const lock = join(storeDir, 'renumbering.lock');
    const script = `
      import Database from 'better-sqlite3';
      const lock = new Database(${JSON.stringify(lock)});
      lock.exec('BEGIN EXCLUSIVE');
      process.stdout.write('taken');
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 700);
    `;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = new Promise((done) => holder.once('exit', done));
    await new Promise((taken) => holder.stdout.once('data', taken));
    await expect(withRenumberLock(storeDir, 100, async () => 'mine')).rejects.toMatchObject({
      code: 'locked',
    });
    await renumber(context, { folder: 'nb', order, stamp }, {});
    await gone;
    expect(readdirSync(join(root, 'nb')).sort()[0]).toBe('01_train.ipynb');
  });
});

describe('a renumbering that was killed', () => {
  /** Runs it in a process of its own that ends itself at the nth rename. */
  const killedAt = (count: number): boolean => {
    const script = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      let left = ${count};
      const real = fs.renameSync;
      fs.renameSync = (...args) => { if (left-- === 0) process.kill(process.pid, 'SIGKILL'); return real(...args); };
      syncBuiltinESMExports();
      const { planOrder, renumber } = await import('${join(import.meta.dirname, '../../../src-main/notebooks/index.ts')}');
      const { walkFolder } = await import('${join(import.meta.dirname, '../../../src-main/workspace/index.ts')}');
      const context = { root: ${JSON.stringify(root)}, storeDir: ${JSON.stringify(storeDir)}, git: null,
        files: async () => (await walkFolder(${JSON.stringify(root)})).files, committed: () => false, commit: () => {} };
      const request = { folder: 'nb', order: ${JSON.stringify(order)} };
      const { stamp } = await planOrder(context, request, {});
      await renumber(context, { ...request, stamp }, {});
    `;
    try {
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'pipe' });
      return false;
    } catch (error) {
      if ((error as { signal?: string }).signal === 'SIGKILL') return true;
      throw error;
    }
  };

  it('is taken back wherever it was', async () => {
    const before = allFiles();
    let killed = 0;
    for (let count = 0; killedAt(count); count += 1) {
      killed += 1;
      await recover(context);
      expect(allFiles(), `killed at rename ${count}`).toEqual(before);
    }
    // Journal, three names away, journal, three names home, three edits.
    expect(killed).toBe(11);
  }, 60_000);
});
