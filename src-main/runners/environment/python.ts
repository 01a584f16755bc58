/** The Python that a command runs with, and what is installed in it, read from disk. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from '../../contract/runs.ts';
import { behindPyenv } from './pyenv.ts';

type Python = NonNullable<Environment['python']>;

const run = promisify(execFile);
const pattern = /^(python|pypy)(\d+(\.\d+)*)?(\.exe)?$/i;
/** Isolated, without site: nothing of the project, of the user, or of an environment is imported. */
const question = `import sys,sysconfig
p=sysconfig.get_paths()
try: user=sysconfig.get_path('purelib',sysconfig.get_preferred_scheme('user'))
except Exception: user=None
for line in (sys.executable,sys.version.split()[0],sys.implementation.name,
"%d.%d"%sys.version_info[:2],sys.base_prefix,user,p['purelib'],p['platlib']):
  sys.stdout.buffer.write(((line or '')+'\\n').encode('utf-8','surrogateescape'))`;

interface Answer {
  /** What runs in the end, where a launcher was asked. */
  readonly executable: string;
  readonly version: string;
  readonly implementation: string;
  /** `3.12` */
  readonly short: string;
  readonly base: string;
  /** Packages of this user alone, below the home folder; empty where it has no such place. */
  readonly user: string;
  readonly sites: readonly string[];
}

/** Absolute path of the interpreter: the command itself, the active or the project's environment. */
export function findInterpreter(
  command: string,
  root: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string | null {
  const inFolder = (folder: string) =>
    platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python3');
  const candidates: (string | null)[] = [];
  if (pattern.test(basename(command))) {
    candidates.push(command === basename(command) ? onPath(command, env) : resolve(root, command));
  }
  if (env.VIRTUAL_ENV) candidates.push(inFolder(env.VIRTUAL_ENV));
  if (env.CONDA_PREFIX) {
    const conda = env.CONDA_PREFIX;
    candidates.push(platform === 'win32' ? join(conda, 'python.exe') : inFolder(conda));
  }
  for (const name of ['.venv', 'venv', 'env']) {
    if (existsSync(join(root, name, 'pyvenv.cfg'))) candidates.push(inFolder(join(root, name)));
  }
  candidates.push(
    onPath(platform === 'win32' ? 'python.exe' : 'python3', env),
    onPath('python', env),
  );
  const found = candidates.find((path) => path !== null && existsSync(path)) ?? null;
  return found === null ? null : behindPyenv(found, root, env);
}

/** Null when the interpreter does not answer. @param env that of the run */
export async function readPython(
  executable: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Python | null> {
  try {
    const { stdout } = await run(executable, ['-I', '-S', '-c', question], { timeout: 10_000 });
    const answer = parseAnswer(stdout);
    const found = answer.executable || executable;
    const venv = virtualEnvironment(found);
    return {
      executable: found,
      version: answer.version,
      implementation: answer.implementation,
      prefix: venv?.prefix ?? answer.base,
      packages: readPackages(packageFolders(answer, venv, env)),
    };
  } catch {
    return null;
  }
}

function parseAnswer(text: string): Answer {
  const lines = text.split(/\r?\n/);
  const [executable = '', version = '', implementation = '', short = '', base = '', user = ''] =
    lines;
  if (short === '') throw new Error('it is no Python');
  return { executable, version, implementation, short, base, user, sites: lines.slice(6, 8) };
}

/** Distributions of these folders by their metadata (PyPA, “Recording installed projects”). */
export function readPackages(folders: readonly string[]): Python['packages'] {
  const found = new Map<string, Python['packages'][number]>();
  for (const folder of folders) {
    for (const name of namesIn(folder)) {
      const info = /\.(dist|egg)-info$/.exec(name);
      if (info === null) continue;
      const read = readDistribution(join(folder, name), info[1] === 'dist');
      // The first folder wins, as on the interpreter's own path.
      if (read !== null && !found.has(read.name.toLowerCase()))
        found.set(read.name.toLowerCase(), read);
    }
  }
  return [...found.values()].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

function readDistribution(folder: string, modern: boolean): Python['packages'][number] | null {
  const isFile = !modern && statSync(folder).isFile();
  const metadata = textOf(isFile ? folder : join(folder, modern ? 'METADATA' : 'PKG-INFO'));
  const head = metadata?.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const name = /^Name:\s*(.+)$/m.exec(head)?.[1]?.trim();
  const version = /^Version:\s*(.+)$/m.exec(head)?.[1]?.trim();
  if (name === undefined || version === undefined) return null;
  return { name, version, origin: isFile ? null : originOf(join(folder, 'direct_url.json')) };
}

/** Where a package that did not come from an index came from (PEP 610), as pip would be told. */
function originOf(path: string): string | null {
  const text = textOf(path);
  if (text === null) return null;
  try {
    const {
      url,
      dir_info: folder,
      vcs_info: vcs,
    } = JSON.parse(text) as {
      url: string;
      dir_info?: { editable?: boolean };
      vcs_info?: { vcs: string; commit_id: string };
    };
    // Names and passwords in a URL are nobody else's business.
    const clean = url.replace(/\/\/[^/@]*@/, '//');
    if (vcs !== undefined) return `${vcs.vcs}+${clean}@${vcs.commit_id}`;
    return folder?.editable === true ? `-e ${clean}` : clean;
  } catch {
    return null;
  }
}

function virtualEnvironment(executable: string): { prefix: string; system: boolean } | null {
  const prefix = dirname(dirname(executable));
  const text = textOf(join(prefix, 'pyvenv.cfg'));
  if (text === null) return null;
  return { prefix, system: /^include-system-site-packages\s*=\s*true/im.test(text) };
}

/** Where packages are looked for, in the order of the interpreter's own path. */
function packageFolders(
  { base, user, sites, short }: Answer,
  venv: ReturnType<typeof virtualEnvironment>,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  const own =
    venv === null
      ? []
      : [
          join(venv.prefix, 'lib', `python${short}`, 'site-packages'),
          join(venv.prefix, 'Lib', 'site-packages'),
        ];
  if (venv?.system === false) return own;
  const personal = user === '' || env.PYTHONNOUSERSITE ? [] : [user];
  // Debian's own Python, and what was installed beside its packages.
  const debian =
    base === '/usr'
      ? [`/usr/local/lib/python${short}/dist-packages`, '/usr/lib/python3/dist-packages']
      : [];
  return [...new Set([...own, ...personal, ...sites, ...debian])];
}

function onPath(name: string, env: Readonly<Record<string, string | undefined>>): string | null {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const path = join(folder, name);
    if (existsSync(path) && statSync(path).isFile()) return path;
  }
  return null;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(realpathSync(folder));
  } catch {
    return [];
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
