/** What goes into a bundle, what stays out, and what is left behind when it goes wrong. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type ExportSources,
  exportBundle,
  previewBundle,
  verifyBundle,
} from '../../../src-main/bundles/index.ts';
import { expandHome, requirements, withoutPrivate } from '../../../src-main/bundles/private.ts';
import { Archive } from '../../../src-main/bundles/zip-reader.ts';
import { hashDirectory } from '../../../src-main/cas/index.ts';
import type { RunDetail, RunFile } from '../../../src-main/contract/runs.ts';
import { tempFolder } from '../../support/temp.ts';
import { makeRun, md5, write } from './support.ts';

const options = { leaveOut: [], overwrite: false };

async function contents(path: string): Promise<Map<string, string>> {
  const archive = await Archive.open(path);
  const found = new Map<string, string>();
  for (const entry of archive.entries) {
    found.set(entry.name, (await archive.read(entry)).toString('utf8'));
  }
  archive.close();
  return found;
}

function withFiles(sources: ExportSources, files: RunFile[]): ExportSources {
  return { ...sources, run: { ...sources.run, files } };
}

const input = (path: string, hash: string): RunFile => ({
  path,
  hash,
  size: null,
  files: hash.endsWith('.dir') ? 1 : null,
  role: 'dep',
  stage: '',
  available: true,
});

describe('inputs', () => {
  it('that the snapshot holds are not looked for again, and overlapping ones go in once', async () => {
    const { folder, sources } = makeRun({ 'src/a.py': 'a\n', 'src/b.py': 'b\n' }, {});
    write(folder, { 'data/raw/1.csv': '1\n', 'src/local.cfg': 'x\n' });
    const hashOf = async (path: string) =>
      (await hashDirectory(join(folder, path), { cache: sources.cache })).hash;
    const files = [
      input('src', await hashOf('src')),
      input('data', await hashOf('data')),
      input('data/raw', await hashOf('data/raw')),
      input('src/a.py', md5('a\n')),
    ];
    const path = join(folder, '..', `${folder.split('/').pop()}.zip`);
    const made = await exportBundle(withFiles(sources, files), path, {
      ...options,
      overwrite: true,
    });
    expect(made.omitted).toEqual([]);
    expect((await verifyBundle(path)).problems).toEqual([]);
    const names = [...(await contents(path)).keys()].filter((name) => name.startsWith('project/'));
    expect(names.sort()).toEqual([
      'project/data/raw/1.csv',
      'project/src/a.py',
      'project/src/b.py',
      'project/src/local.cfg',
    ]);

    // The folder has moved on, and no cache knows the old content: the snapshot still does.
    write(folder, { 'src/a.py': 'changed\n' });
    const again = withFiles(sources, [input('src/a.py', md5('a\n'))]);
    expect((await exportBundle(again, path, { ...options, overwrite: true })).omitted).toEqual([]);
  });

  it('in neither Git nor a cache are listed with the reason', async () => {
    const { folder, sources } = makeRun({ 'a.py': '' }, {});
    const path = join(folder, 'out.zip');
    const made = await exportBundle(
      withFiles(sources, [input('gone.csv', md5('x'))]),
      path,
      options,
    );
    expect(made.omitted).toMatchObject([
      { path: 'gone.csv', reason: expect.stringContaining('not in the cache') },
    ]);
    expect((await contents(path)).get('REPRODUCE.md')).toContain('`gone.csv`: its content is not');
  });

  it('whose names would clash or not exist elsewhere are listed, and the bundle verifies', async () => {
    const { folder, sources } = makeRun(
      { 'Data.csv': '1', 'data.csv': '2', 'a\\b.txt': '3', 'ok.py': '4' },
      {},
    );
    const path = join(folder, 'out.zip');
    const made = await exportBundle(sources, path, options);
    expect(made.omitted).toMatchObject([
      { path: 'data.csv', reason: 'some systems cannot tell its name from that of Data.csv' },
      { path: 'a\\b.txt', reason: 'its name cannot be used on every system' },
    ]);
    expect((await verifyBundle(path)).ok).toBe(true);
  });
});

it('previews exactly what it then writes', async () => {
  const { folder, sources } = makeRun({ 'make.py': '1\n' }, { 'out/a.txt': 'x\n' });
  const preview = await previewBundle(sources);
  expect(preview.suggestedName).toBe('01.1-make.zip');
  const path = join(folder, preview.suggestedName);
  await exportBundle(sources, path, options);
  const written = [...(await contents(path)).keys()];
  for (const file of preview.files) expect(written).toContain(file.path);
});

it('previews what cannot be had any more as what it would have been', async () => {
  const { folder, sources } = makeRun({ 'make.py': '1\n' }, { 'out/a.txt': 'x\n' });
  rmSync(join(folder, 'out'), { recursive: true });
  const { files } = await previewBundle(sources);
  expect(files.filter((file) => !file.available)).toMatchObject([
    { path: 'out/a.txt', role: 'output' },
  ]);
});

describe('when it goes wrong', () => {
  it('is cancelled in the middle of a large file and leaves nothing', async () => {
    const big = 'x'.repeat(30_000_000);
    const { folder, sources } = makeRun({}, { 'big.bin': big, 'late.txt': 'x' });
    const stop = new AbortController();
    const path = join(folder, 'bundles', 'out.zip');
    const writing = exportBundle(sources, path, options, {
      signal: stop.signal,
      onProgress: ({ phase }) => {
        if (phase === 'Writing') setTimeout(() => stop.abort(), 5);
      },
    });
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(join(folder, 'bundles'))).toEqual([]);
  });

  it('loses a file in the middle and leaves nothing', async () => {
    const { folder, sources } = makeRun({}, { 'a.bin': 'x' });
    const path = join(folder, 'bundles', 'out.zip');
    const logPath = () => join(folder, 'bundles');
    // A folder where a log should be: it opens, and reading it fails.
    mkdirSync(logPath());
    await expect(exportBundle({ ...sources, logPath }, path, options)).rejects.toThrow('EISDIR');
    expect(readdirSync(join(folder, 'bundles'))).toEqual([]);
  });

  const canMount = process.platform === 'linux' && process.getuid?.() === 0;
  it.skipIf(!canMount)(
    'fills the disk and leaves no half file (needs root for a tmpfs)',
    async () => {
      const disk = tempFolder();
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]);
      onTestFinished(() => void execFileSync('umount', [disk]));
      const noise = Array.from({ length: 60_000 }, () => Math.random()).join('');
      const { sources } = makeRun({ 'make.py': '' }, { 'noise.gz': noise });
      const writing = exportBundle(sources, join(disk, 'out.zip'), options);
      await expect(writing).rejects.toMatchObject({ code: 'ENOSPC' });
      expect(readdirSync(disk)).toEqual([]);
    },
  );
});

describe('what is nobody else’s business', () => {
  const home = process.platform === 'win32' ? 'C:\\Users\\ada' : '/home/ada';
  const machine = { home, user: 'ada', root: join(home, 'work', 'penguins') };
  const environment: NonNullable<RunDetail['environment']> = {
    os: { name: 'Debian', version: '12', kernel: 'Linux 6.1', arch: 'x64' },
    cpu: { model: 'x', cores: 2 },
    memoryBytes: 1,
    gpus: [],
    python: {
      executable: join(machine.root, '.venv', 'bin', 'python3'),
      version: '3.12.1',
      implementation: 'cpython',
      prefix: '/scratch/ada/conda',
      packages: [
        { name: 'numpy', version: '2.0', origin: null },
        { name: 'mine', version: '1', origin: `-e file://${machine.root}/pkg` },
        { name: 'other', version: '1', origin: `-e file://${home}/other` },
        { name: 'wheel', version: '3', origin: 'file:///croot/wheel_1' },
        { name: 'theirs', version: '1', origin: 'git+https://host/x.git@abc' },
      ],
    },
    lockfiles: [],
    variables: { TORCH_HOME: join(home, '.cache', 'torch'), OMP_NUM_THREADS: '4' },
    locale: 'C',
    timezone: 'UTC',
  };

  it.skipIf(process.platform === 'win32')(
    'no home, user or place of the project is in any file of a bundle',
    async () => {
      const { sources, folder } = makeRun({ 'train.py': 'x\n' }, { 'out.txt': 'y\n' });
      const argv = [
        `${machine.root}/.venv/bin/python`,
        `${machine.root}/train.py`,
        `--data=${home}/data/x.csv`,
        '-I/home/ada',
        '/home/adam/y',
      ];
      const run = {
        ...sources.run,
        command: argv.join(' '),
        executions: sources.run.executions.map((one) => ({ ...one, command: argv.join(' ') })),
        error: `Not found: ${machine.root}/train.py.`,
        environment,
      };
      const path = join(folder, 'out.zip');
      const spec = { kind: 'command' as const, argv, cwd: '.', metricsFiles: [] };
      // The contents lie in the folder of this test, the words name that of the user.
      const places = { cache: sources.cache, objects: sources.objects };
      const all = { ...sources, ...machine, ...places, run, spec };
      await exportBundle(all, path, options);
      const files = await contents(path);
      for (const [name, text] of files) {
        expect(text, name).not.toMatch(/\bada\b|penguins/);
      }
      const record = JSON.parse(files.get('cairn.json') ?? '');
      expect(record.spec.argv).toEqual([
        './.venv/bin/python',
        './train.py',
        '--data=~/data/x.csv',
        '-I~',
        '/home/adam/y',
      ]);
      expect(expandHome(record.spec, '/home/bob')).toMatchObject({
        argv: [
          './.venv/bin/python',
          './train.py',
          '--data=/home/bob/data/x.csv',
          '-I/home/bob',
          '/home/adam/y',
        ],
      });
    },
  );

  it('a command of a subfolder finds the project from there', () => {
    const { sources } = makeRun({}, {});
    const argv = ['python', join(machine.root, 'lib', 'x.py')];
    const spec = { kind: 'command' as const, argv, cwd: 'sub/dir', metricsFiles: [] };
    const run = { ...sources.run, cwd: 'sub/dir' };
    const found = withoutPrivate(run, spec, [], machine).spec;
    expect(found).toMatchObject({ argv: ['python', expect.stringMatching(/^\.\.\/\.\.[\\/]lib/)] });
  });

  it.skipIf(process.platform === 'win32')('pip is told what it can find', () => {
    const { sources } = makeRun({}, {});
    expect(requirements({ ...sources.run, environment }, machine.root)).toEqual([
      'numpy==2.0',
      '-e ./project/pkg',
      '# other 1 was installed from a folder that is not in the bundle',
      'wheel==3',
      'git+https://host/x.git@abc',
    ]);
  });
});

it('two logs of stages with odd names do not become one', async () => {
  const { folder, sources } = makeRun({ 'a.py': '' }, {});
  const first = sources.run.executions[0];
  if (first === undefined) throw new Error('a run has an execution');
  const executions = ['a/b', 'a_b'].map((stage) => ({ ...first, stage }));
  const logPath = (stage: string) => join(folder, `${encodeURIComponent(stage)}.log`);
  for (const { stage } of executions) writeFileSync(logPath(stage), stage);
  const path = join(folder, 'out.zip');
  await exportBundle({ ...sources, logPath, run: { ...sources.run, executions } }, path, options);
  const files = await contents(path);
  expect([files.get('logs/a%2Fb.log'), files.get('logs/a_b.log')]).toEqual(['a/b', 'a_b']);
});
