/** From a run to a colleague's verdict with the command itself, and without Cairn at all. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { Cairn, gitProject, until } from '../../support/cairn.ts';
import { git } from '../../support/git.ts';
import { tempFolder } from '../../support/temp.ts';

interface Report {
  readonly ok: boolean;
  readonly exitCode: number | null;
  readonly folder: string;
  readonly outputs: { path: string; verdict: string; detail: string }[];
}

/** What a training leaves: files that are the same each time, that nearly are, and that are not. */
const script = `
import json, os, pathlib, random, struct
noise = lambda: random.random() * 1e-10
out = pathlib.Path('out'); (out / 'many').mkdir(parents=True, exist_ok=True)
(out / 'same.txt').write_text('same\\n')
(out / 'close.json').write_text(json.dumps({'accuracy': 0.5 + noise(), 'seed': 1}))
(out / 'far.csv').write_text('step,loss\\n1,%r\\n' % random.random())
(out / 'many' / 'a.csv').write_text('x\\n%r\\n' % (1 + noise()))
(out / 'many' / 'b.txt').write_text('b\\n')
values = struct.pack('<3d', 1 + noise(), 2, 3)
head = json.dumps({'w': {'dtype': 'F64', 'shape': [3], 'data_offsets': [0, 24]}}).encode()
(out / 'model.safetensors').write_bytes(struct.pack('<Q', len(head)) + head + values)
if os.environ.get('FIRST_TIME'): (out / 'gone.txt').write_text('gone\\n')
`;

it('gives every output of a real run its verdict, and an exit code to match', async () => {
  const cairn = new Cairn({ FIRST_TIME: '1' });
  const folder = gitProject({ 'train.py': script, '.gitignore': 'out/\n' });
  expect((await cairn.run(folder, 'run', '--', 'python3', 'train.py')).code).toBe(0);
  const file = join(tempFolder(), 'run.zip');
  await cairn.json(folder, 'export', '01.1', '-o', file);
  expect((await cairn.run(tempFolder(), 'verify', file)).code).toBe(0);

  const colleague = new Cairn({ FIRST_TIME: '' });
  const into = join(tempFolder(), 'again');
  const ended = await colleague.run(tempFolder(), 'reproduce', file, '--into', into, '--json');
  expect(ended.code, ended.stderr).toBe(1);
  const report = JSON.parse(ended.stdout) as Report;
  expect(report).toMatchObject({ ok: false, exitCode: 0, folder: into });
  expect(Object.fromEntries(report.outputs.map((one) => [one.path, one.verdict]))).toEqual({
    'out/close.json': 'within tolerance',
    'out/far.csv': 'different',
    'out/gone.txt': 'missing',
    'out/many/a.csv': 'within tolerance',
    'out/many/b.txt': 'identical',
    'out/model.safetensors': 'within tolerance',
    'out/same.txt': 'identical',
  });
  const model = report.outputs.find((one) => one.path.endsWith('.safetensors'));
  expect(model?.detail).toMatch(/largest relative difference .* in w/);
});

it('reproduces the example pipeline: each output identical', async () => {
  const cairn = new Cairn();
  const folder = tempFolder();
  cpSync(resolve(import.meta.dirname, '../../../resources/example'), folder, { recursive: true });
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'Begin');
  const repro = await cairn.run(folder, 'repro', '-P', 'train.epochs=5');
  expect(repro.code, repro.stderr).toBe(0);
  const file = join(tempFolder(), 'example.zip');
  const made = await cairn.json<{ omitted: unknown[] }>(folder, 'export', '01.1', '-o', file);
  expect(made.omitted).toEqual([]);
  const report = await new Cairn().json<Report>(tempFolder(), 'reproduce', file);
  expect(report.ok).toBe(true);
  expect(report.outputs.map((one) => one.verdict)).toEqual(Array(6).fill('identical'));

  const leftOut = join(tempFolder(), 'without.zip');
  await cairn.json(folder, 'export', '01.1', '-o', leftOut, '--leave-out', 'build/split');
  const verified = await cairn.json<{ omitted: { path: string }[] }>(folder, 'verify', leftOut);
  expect(verified.omitted).toMatchObject([{ path: 'build/split' }]);
});

it('refuses a folder in use, and runs nothing of an altered bundle', async () => {
  const cairn = new Cairn();
  const folder = gitProject({ 'a.sh': 'echo ran > ran.txt\n' });
  await cairn.run(folder, 'run', '--', 'sh', 'a.sh');
  const file = join(tempFolder(), 'run.zip');
  await cairn.json(folder, 'export', '01.1', '-o', file);
  const used = await cairn.run(folder, 'reproduce', file, '--into', folder);
  expect(used).toMatchObject({ code: 1, stderr: expect.stringContaining('is not empty') });
  const bytes = readFileSync(file);
  const at = bytes.indexOf('ran.txt');
  bytes[at] = 0x78;
  writeFileSync(file, bytes);
  expect((await cairn.run(folder, 'verify', file)).code).toBe(1);
  const into = join(tempFolder(), 'again');
  const altered = await cairn.run(folder, 'reproduce', file, '--into', into);
  expect(altered).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing of it was') });
  expect(existsSync(into)).toBe(false);
});

it.skipIf(process.platform === 'win32')(
  'Ctrl+C in the middle of reproducing ends what runs and leaves nothing behind',
  async () => {
    const cairn = new Cairn();
    const mark = join(tempFolder(), 'pid');
    const folder = gitProject({
      'a.sh': 'test -e "$MARK" || exit 0\necho $$ > "$MARK"\nsleep 600\n',
    });
    await cairn.run(folder, 'run', '--', 'sh', 'a.sh');
    const file = join(tempFolder(), 'run.zip');
    await cairn.json(folder, 'export', '01.1', '-o', file);
    writeFileSync(mark, '');
    const parent = tempFolder();
    const colleague = new Cairn({ MARK: mark });
    const child = colleague.start(parent, 'reproduce', file, '--into', join(parent, 'again'));
    const pid = await until(() => Number(readFileSync(mark, 'utf8')), 30_000);
    child.kill('SIGINT');
    const code = await new Promise((done) => child.once('exit', done));
    expect(code).toBe(130);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    expect(readdirSync(parent)).toEqual([]);
    const trust = readFileSync(join(colleague.folders.config, 'trust.json'), 'utf8');
    expect(JSON.parse(trust)).toEqual({ trusted: {} });
  },
);

it.skipIf(spawnSync('bash', ['-c', 'command -v unzip sha256sum python3']).status !== 0)(
  'REPRODUCE.md works as it is written, in bash, without Cairn',
  async () => {
    const cairn = new Cairn();
    const write = `import sys; open(sys.argv[1], 'w').write(open(sys.argv[2]).read().upper())\n`;
    const folder = gitProject({
      'sub/lib/up.py': write,
      "sub/it's here/in.txt": 'hello\n',
      'dvc.yaml': [
        'stages:',
        '  first:',
        '    wdir: sub',
        `    cmd: python3 lib/up.py a.txt "it's here/in.txt"`,
        `    deps: ["it's here/in.txt", lib/up.py]`,
        '    outs: [a.txt]',
        '  second:',
        '    cmd:',
        '      - mkdir -p many',
        '      - python3 sub/lib/up.py many/b.txt sub/a.txt',
        '    deps: [sub/a.txt]',
        '    outs: [many]',
        '',
      ].join('\n'),
    });
    expect((await cairn.run(folder, 'repro')).code).toBe(0);
    const inside = join(folder, 'sub');
    const words = ['python3', 'lib/up.py', 'c d.txt', "it's here/in.txt"];
    expect((await cairn.run(inside, 'run', '--', ...words)).code).toBe(0);
    for (const [label, output] of [
      ['01.1', 'many/b.txt'],
      ['01.2', 'sub/c d.txt'],
    ] as const) {
      const file = join(tempFolder(), `run of ${label}.zip`);
      await cairn.json(folder, 'export', label, '-o', file);
      const place = tempFolder();
      cpSync(file, join(place, basename(file)));
      execFileSync('unzip', ['-q', file, 'REPRODUCE.md', '-d', join(place, 'read')]);
      const text = readFileSync(join(place, 'read', 'REPRODUCE.md'), 'utf8');
      const [, steps = ''] = text.split('## Without Cairn');
      const blocks = [...steps.matchAll(/^```sh\n(.*?)\n```$/gms)].map((match) => match[1] ?? '');
      expect(blocks).toHaveLength(4);
      // Installing packages takes the network; this script needs none.
      const commands = blocks.filter((block) => !block.includes('pip install'));
      const shell = `set -e\n${commands.join('\n')}\n`;
      const ended = spawnSync('bash', ['-c', shell], { cwd: place, encoding: 'utf8' });
      expect(ended, `${ended.stderr}${shell}`).toMatchObject({ status: 0 });
      expect(readFileSync(join(place, 'bundle', 'project', output), 'utf8')).toBe('HELLO\n');
      // The comparison is one: it fails when an output is another.
      mkdirSync(join(place, 'bundle', 'outputs'), { recursive: true });
      writeFileSync(join(place, 'bundle', 'outputs', output), 'other\n');
      const compare = spawnSync('bash', ['-c', `set -e\n${commands.at(-1)}`], {
        cwd: join(place, 'bundle'),
      });
      expect(compare.status).toBe(1);
    }
  },
);
