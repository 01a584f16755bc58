import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { captureEnvironment } from '../../../src-main/runners/environment/index.ts';
import { readLockfiles } from '../../../src-main/runners/environment/lockfiles.ts';
import { behindPyenv } from '../../../src-main/runners/environment/pyenv.ts';
import {
  findInterpreter,
  readPackages,
  readPython,
} from '../../../src-main/runners/environment/python.ts';
import { parseGpus } from '../../../src-main/runners/environment/system.ts';
import { allowedVariables } from '../../../src-main/runners/environment/variables.ts';
import { tempFolder } from '../../support/temp.ts';

const spec = { kind: 'command' as const, argv: ['python3', 'x.py'], cwd: '.', metricsFiles: [] };

function distribution(folder: string, name: string, version: string, origin?: object): void {
  const info = join(folder, `${name}-${version}.dist-info`);
  mkdirSync(info, { recursive: true });
  writeFileSync(
    join(info, 'METADATA'),
    `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n\nName: no\n`,
  );
  if (origin !== undefined) writeFileSync(join(info, 'direct_url.json'), JSON.stringify(origin));
}

it('reads packages from their metadata, with where they came from and no passwords', () => {
  const folder = tempFolder();
  distribution(folder, 'numpy', '2.0.1');
  distribution(folder, 'Mine', '0.1', {
    url: 'file:///home/me/mine',
    dir_info: { editable: true },
  });
  const vcs_info = { vcs: 'git', commit_id: 'abc' };
  distribution(folder, 'theirs', '1', { url: 'https://me:secret@host/x.git', vcs_info });
  mkdirSync(join(folder, 'broken-1.dist-info'));
  expect(readPackages([folder, join(folder, 'nothing')])).toEqual([
    { name: 'Mine', version: '0.1', origin: '-e file:///home/me/mine' },
    { name: 'numpy', version: '2.0.1', origin: null },
    { name: 'theirs', version: '1', origin: 'git+https://host/x.git@abc' },
  ]);
});

it('executes nothing of the project to find out', async () => {
  const root = tempFolder();
  const mark = join(root, 'executed');
  const trap = `open(${JSON.stringify(mark)}, 'w').write('x')\n`;
  for (const name of [
    'sitecustomize.py',
    'usercustomize.py',
    'json.py',
    'sysconfig.py',
    'platform.py',
  ]) {
    writeFileSync(join(root, name), trap);
  }
  const env = { ...process.env, PYTHONPATH: root, PYTHONSTARTUP: join(root, 'json.py') };
  const before = process.env.PYTHONPATH;
  process.env.PYTHONPATH = root;
  try {
    const found = await captureEnvironment({ root, spec, env });
    expect(found.python?.version).toMatch(/^3\./);
  } finally {
    if (before === undefined) delete process.env.PYTHONPATH;
    else process.env.PYTHONPATH = before;
  }
  expect(existsSync(mark)).toBe(false);
});

it.skipIf(process.platform === 'win32')(
  'runs nothing that an environment of the project starts by itself, and reads what is in it',
  async () => {
    const root = tempFolder();
    execFileSync('python3', ['-m', 'venv', '--without-pip', join(root, '.venv')]);
    const [version = ''] = readdirSync(join(root, '.venv', 'lib'));
    const site = join(root, '.venv', 'lib', version, 'site-packages');
    const mark = join(root, 'executed');
    const trap = `open(${JSON.stringify(mark)}, 'w').write('x')`;
    writeFileSync(join(site, 'evil.pth'), `import sys; ${trap}\n`);
    writeFileSync(join(site, 'sitecustomize.py'), `${trap}\n`);
    distribution(site, 'inside', '1.2');
    const python = join(root, '.venv', 'bin', 'python3');
    // The trap is one: an ordinary start falls into it.
    execFileSync(python, ['-c', '']);
    expect(existsSync(mark)).toBe(true);
    rmSync(mark);
    const found = await captureEnvironment({
      root,
      spec,
      env: { PATH: join(root, '.venv', 'bin') },
    });
    expect(existsSync(mark)).toBe(false);
    expect(found.python).toMatchObject({
      executable: python,
      prefix: join(root, '.venv'),
      implementation: 'cpython',
      packages: [{ name: 'inside', version: '1.2', origin: null }],
    });
  },
);

it('looks behind the shims of pyenv, as pyenv does', () => {
  const root = tempFolder();
  const home = tempFolder();
  const put = (path: string, text = '') => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
    return join(home, path);
  };
  const shim = put('shims/python3');
  const old = put('versions/3.9.1/bin/python3');
  const recent = put('versions/3.12.0/bin/python3');
  expect(behindPyenv(shim, root, {})).toBe(shim);
  put('version', '3.9.1\n');
  expect(behindPyenv(shim, root, {})).toBe(old);
  writeFileSync(join(root, '.python-version'), '3.12.0\n3.9.1\n');
  mkdirSync(join(root, 'sub'));
  expect(behindPyenv(shim, join(root, 'sub'), {})).toBe(recent);
  expect(behindPyenv(shim, root, { PYENV_VERSION: '3.9.1' })).toBe(old);
  expect(behindPyenv(shim, root, { PYENV_VERSION: 'system' })).toBe(shim);
  expect(behindPyenv(shim, root, { PYENV_VERSION: '../..' })).toBe(shim);
  expect(behindPyenv('/usr/bin/python3', root, {})).toBe('/usr/bin/python3');
  expect(findInterpreter('python3', root, { PATH: join(home, 'shims') }, 'linux')).toBe(recent);
});

it('finds the interpreter of the command, of the active or of the project’s environment', () => {
  const root = tempFolder();
  const fake = (path: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), '');
    return join(root, path);
  };
  const system = fake('usr/python3');
  const env = { PATH: join(root, 'usr') };
  expect(findInterpreter('bash', root, env, 'linux')).toBe(system);
  const own = fake('.venv/bin/python3');
  fake('.venv/pyvenv.cfg');
  expect(findInterpreter('bash', root, env, 'linux')).toBe(own);
  const active = fake('active/bin/python3');
  expect(
    findInterpreter('make', root, { ...env, VIRTUAL_ENV: join(root, 'active') }, 'linux'),
  ).toBe(active);
  expect(findInterpreter('python3', root, env, 'linux')).toBe(system);
  const windows = fake('win/Scripts/python.exe');
  expect(findInterpreter('make', root, { VIRTUAL_ENV: join(root, 'win') }, 'win32')).toBe(windows);
  expect(findInterpreter('make', join(root, 'nothing'), {}, 'linux')).toBeNull();
});

it('gives null for an interpreter that does not answer', async () => {
  expect(await readPython(join(tempFolder(), 'python3'), {})).toBeNull();
});

it('records variables by a list, and nothing that sounds like a secret', () => {
  expect(
    allowedVariables({
      CUDA_VISIBLE_DEVICES: '0',
      PYTHONHASHSEED: '1',
      OMP_NUM_THREADS: '4',
      TORCH_TOKEN: 'no',
      HOME: '/home/me',
      USER: 'me',
      AWS_SECRET_ACCESS_KEY: 'no',
      PATH: '/bin',
      LANG: undefined,
    }),
  ).toEqual({ CUDA_VISIBLE_DEVICES: '0', OMP_NUM_THREADS: '4', PYTHONHASHSEED: '1' });
});

it('keeps lockfiles word for word, and no others', () => {
  const root = tempFolder();
  writeFileSync(join(root, 'requirements-dev.txt'), 'numpy==1\n');
  writeFileSync(join(root, 'notes.txt'), 'private');
  writeFileSync(join(root, 'uv.lock'), 'x'.repeat(2 ** 20 + 1));
  expect(readLockfiles(root).map(({ path, text }) => [path, text])).toEqual([
    ['requirements-dev.txt', 'numpy==1\n'],
  ]);
});

it('reads what nvidia-smi says, fields that it does not know among it', () => {
  expect(parseGpus('NVIDIA A100, 535.1, 40960\nNVIDIA X, [N/A], [N/A]\n')).toEqual([
    { name: 'NVIDIA A100', driver: '535.1', memoryBytes: 40_960 * 2 ** 20 },
    { name: 'NVIDIA X', driver: '[N/A]', memoryBytes: 0 },
  ]);
});
