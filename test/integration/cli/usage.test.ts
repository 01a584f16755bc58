/** Every command as a user types it, rightly and wrongly. */
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Cairn, expectRefusal, gitProject } from '../../support/cairn.ts';
import { tempFolder } from '../../support/temp.ts';

const commands = [
  'open',
  'serve',
  'run',
  'repro',
  'status',
  'ls',
  'show',
  'timeline',
  'log',
  'stop',
  'note',
  'experiments',
  'diff',
  'export',
  'verify',
  'reproduce',
];

test('every command has help with an example', async () => {
  const cairn = new Cairn();
  const folder = tempFolder();
  const overview = await cairn.run(folder, '--help');
  expect(overview.code).toBe(0);
  for (const command of commands) {
    expect(overview.stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    const help = await cairn.run(folder, command, '--help');
    expect(help.code).toBe(0);
    expect(help.stdout).toMatch(new RegExp(`Example:\\n  \\$ cairn ${command} ?`));
    expect(help.stdout).toContain('--json');
  }
  expect(overview.stdout).not.toContain('__runner');
});

test.each([
  [['nope'], /Unknown command 'nope'/],
  [['lss'], /Did you mean ls/],
  [['show'], /Missing required argument 'run'/],
  [['run'], /Missing required argument 'command'/],
  [['status', '--what'], /Unknown option '--what'/],
  [['export', '01.1'], /--output <file>' not specified/],
  [['repro', '-j', '0'], /--jobs takes a whole number from 1 on, not “0”/],
  [['repro', '-j', 'many'], /--jobs/],
  [['timeline', '--limit', '0'], /--limit takes a whole number from 1 to 1000/],
  [['serve', '--port', '70000'], /--port takes a number/],
  [['reproduce', 'x.zip', '--tolerance', 'few'], /--tolerance takes a number/],
  [['experiments', '--merge', '01'], /no experiment “01”/],
  [['experiments', '--rename', '7=x'], /no experiment “7”/],
  [['experiments', '--undo'], /nothing to take back|undo/i],
  [['show', '99.9'], /no run “99.9”/],
  [['log', '99.9'], /no run “99.9”/],
  [['stop', '99.9'], /no run “99.9”/],
  [['note', '99.9', 'text'], /no run “99.9”/],
  [['export', '99.9', '-o', 'x.zip'], /no run “99.9”/],
  [['diff', '99.9'], /nothing called “99.9”/],
  [['verify', 'missing.zip'], /no file .*missing\.zip/],
  [['reproduce', 'missing.zip'], /no file .*missing\.zip/],
  [['run', '-e', '9', '--', 'true'], /no experiment “9”/],
  [['repro'], /no pipeline/],
])('refuses %j in one sentence, as text and as JSON', async (args, what) => {
  const cairn = new Cairn();
  const folder = gitProject({ 'a.txt': 'a' });
  expectRefusal(await cairn.run(folder, ...args), what);
  const [command = '', ...rest] = args;
  const json = await cairn.run(folder, command, '--json', ...rest);
  expect(json.code).not.toBe(0);
  expect(JSON.parse(json.stdout).error.message).toMatch(what);
});

test.each(['ls', 'status', 'timeline', 'open', 'experiments'])(
  '%s: a folder that does not exist, and a file',
  async (command) => {
    const cairn = new Cairn();
    const folder = tempFolder();
    writeFileSync(join(folder, 'file.txt'), '');
    expectRefusal(
      await cairn.run(folder, '-C', 'missing', command),
      /There is no folder .*missing/,
    );
    expectRefusal(await cairn.run(folder, command, '-C', 'file.txt'), /file\.txt is a file/);
  },
);

test('serve: a folder that does not exist', async () => {
  const folder = tempFolder();
  expectRefusal(await new Cairn().run(folder, 'serve', 'missing'), /There is no folder .*missing/);
});

test('an empty folder has nothing, and says so', async () => {
  const cairn = new Cairn();
  const folder = tempFolder();
  for (const [command, what] of [
    ['ls', 'No runs yet'],
    ['timeline', 'Nothing has happened here yet'],
    ['experiments', 'No experiments yet'],
    ['status', 'neither a pipeline nor Git'],
    ['open', 'not trusted'],
  ] as const) {
    const ended = await cairn.run(folder, command);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain(what);
  }
});

test('finds the workspace from a subfolder and with -C, and runs where it was meant', async () => {
  const cairn = new Cairn();
  const folder = gitProject({ 'src/deep/a.txt': 'a', 'src/b.txt': 'b' });
  const outside = tempFolder();
  const deep = join(folder, 'src', 'deep');
  const pwd = [process.execPath, '-p', 'process.cwd()'];
  expect((await cairn.run(deep, 'run', '--', ...pwd)).stdout).toBe(`${deep}\n`);
  expect((await cairn.run(folder, '-C', 'src', 'run', '--', ...pwd)).stdout).toBe(
    `${folder}/src\n`,
  );
  expect((await cairn.run(outside, 'run', '-C', folder, '--', ...pwd)).stdout).toBe(`${folder}\n`);
  for (const [from, ...args] of [[deep], [outside, '-C', deep], [outside, '-C', folder]]) {
    const { rows } = await cairn.json<{ rows: { label: string }[] }>(from as string, 'ls', ...args);
    expect(rows.map((row) => row.label)).toEqual(['01.3', '01.2', '01.1']);
  }
  const { workspace } = await cairn.json<{ workspace: { root: string } }>(deep, 'open');
  expect(workspace.root).toBe(realpathSync(folder));
});

test('options of a command that is run are its own', async () => {
  const cairn = new Cairn();
  const folder = tempFolder();
  const ended = await cairn.run(
    folder,
    ...['run', process.execPath, '-p', 'process.argv.slice(1).join()', '--', '--json', '-C', '/x'],
  );
  expect(ended).toMatchObject({ code: 0, stdout: '--json,-C,/x\n' });
});

test('records, shows and numbers runs, as text and as JSON', async () => {
  const cairn = new Cairn();
  const folder = gitProject({ 'params.yaml': 'lr: 0.1\n' });
  await cairn.run(folder, 'run', '-e', 'first', '-n', 'one', '--', 'echo', 'hello');
  await cairn.run(folder, 'run', '-e', 'second', '-m', 'a note', '--', 'echo', '--seed=7');
  expect((await cairn.run(folder, 'log', '01.1')).stdout).toBe('hello\n');
  expect(await cairn.json(folder, 'show', '02.1')).toMatchObject({
    status: 'FINISHED',
    note: 'a note',
    experimentName: 'second',
    params: { lr: '0.1', seed: '7' },
  });
  expect((await cairn.run(folder, 'note', '02.1', 'better')).code).toBe(0);
  expect((await cairn.run(folder, 'show', '02.1')).stdout).toContain('better');
  await cairn.run(folder, 'experiments', '--merge', '02', '--into', '01');
  expect((await cairn.run(folder, 'ls')).stdout).toMatch(/01\.2 +echo/);
  await cairn.run(folder, 'experiments', '--undo');
  expect((await cairn.run(folder, 'ls')).stdout).toMatch(/02\.1 +echo/);
  expect((await cairn.run(folder, 'diff', '01.1', '02.1')).code).toBe(0);
  const timeline = await cairn.json<{ cells: { kind: string }[] }>(folder, 'timeline');
  expect(timeline.cells.map((cell) => cell.kind)).toEqual(['run', 'run', 'commit']);
});

test('a reader that has seen enough is no error', async () => {
  const cairn = new Cairn();
  const folder = tempFolder();
  await cairn.run(folder, 'run', '--', process.execPath, '-e', 'console.log("x".repeat(5e6))');
  const child = cairn.start(folder, 'log', '01.1');
  const errors: Buffer[] = [];
  child.stderr?.on('data', (bytes: Buffer) => errors.push(bytes));
  child.stdout?.once('data', () => child.stdout?.destroy());
  const code = await new Promise((done) => child.once('exit', done));
  expect(Buffer.concat(errors).toString()).toBe('');
  expect(code).toBe(0);
});

test('a command that is not there fails, and is recorded as failed', async () => {
  const cairn = new Cairn();
  const folder = tempFolder();
  mkdirSync(join(folder, 'sub'));
  expectRefusal(await cairn.run(folder, 'run', '--', 'no-such-program'), /no program “no-such-pro/);
  const failed = await cairn.run(folder, 'run', '--', process.execPath, '-e', 'process.exit(7)');
  expect(failed.code).toBe(7);
  const { rows } = await cairn.json<{ rows: { status: string }[] }>(folder, 'ls');
  expect(rows.map((row) => row.status)).toEqual(['FAILED', 'FAILED']);
});
