/**
 * The Pythons of the interop tests, below `.venv/`: each with what its list in test/interop/ names,
 * made anew when that list changes. Runs on Node 20.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, say } from './setup.mjs';

const windows = process.platform === 'win32';

/** Folder below `.venv/` → list in `test/interop/`. MLflow's two series need each their own. */
const lists = {
  interop: 'requirements.txt',
  mlflow3: 'requirements-mlflow3.txt',
  mlflow2: 'requirements-mlflow2.txt',
  notebooks: 'requirements-notebooks.txt',
};

/** Gigabytes that only few tests need: made when they are named, `node scripts/venv.mjs torch`. */
const optional = { torch: 'requirements-torch.txt' };

/**
 * The folder of `python`, `dvc` and the others; made when it is missing or stale.
 * @param {keyof typeof lists | keyof typeof optional} name
 */
export function ensurePython(name = 'interop') {
  const folder = join(root, '.venv', name);
  const requirements = join(root, 'test', 'interop', { ...lists, ...optional }[name]);
  const stamp = join(folder, '.requirements-sha256');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const found = existsSync(stamp) ? readFileSync(stamp, 'utf8').trim() : '';
  const programs = join(folder, windows ? 'Scripts' : 'bin');
  if (found === wanted) return programs;
  say(`Installing the Python tools of the interop tests into .venv/${name} …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  execute(findPython(), ['-m', 'venv', folder]);
  // Twice quiet leaves out pip's warnings as well: one for each link of an index that it skips.
  const pip = ['-m', 'pip', 'install', '-qq', '--disable-pip-version-check'];
  execute(join(programs, 'python'), [...pip, '-r', requirements]);
  writeFileSync(stamp, `${wanted}\n`);
  return programs;
}

function findPython() {
  for (const name of windows ? ['py', 'python'] : ['python3', 'python']) {
    const { status } = spawnSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']);
    if (status === 0) return name;
  }
  throw new Error('The interop tests need Python 3.10 or newer on the PATH.');
}

function execute(program, args) {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit' });
  if (status !== 0) {
    throw new Error(`${program} ${args[0]} ${args[1]} failed${error ? `: ${error.message}` : ''}.`);
  }
}

if (import.meta.filename === process.argv[1]) {
  try {
    const asked = process.argv.slice(2);
    const known = Object.keys({ ...lists, ...optional });
    const wrong = asked.find((name) => !known.includes(name));
    if (wrong !== undefined) throw new Error(`${wrong} is none of ${known.join(', ')}.`);
    for (const name of asked.length > 0 ? asked : Object.keys(lists)) ensurePython(name);
  } catch (error) {
    say(`venv: ${error.message}`);
    process.exitCode = 1;
  }
}
