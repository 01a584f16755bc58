/** The digits project in a throw-away folder, with the real `git` and `dvc`, and Cairn's command. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const checkout = join(import.meta.dirname, '..', '..');
const programs = join(
  checkout,
  '.venv',
  'interop',
  process.platform === 'win32' ? 'Scripts' : 'bin',
);

export interface Project {
  readonly root: string;
  read(path: string): string;
  write(path: string, text: string): void;
  /** Runs a program in the folder; its standard output. Throws with both streams when it fails. */
  run(program: string, ...args: string[]): string;
  /** What `cairn … --json` says. */
  cairn<T>(...args: string[]): T;
  commit(message: string): void;
}

/** Registers what is to be done at the end of the test, or of all tests. */
type OnEnd = (cleanUp: () => void) => void;

/** The digits project under Git and DVC, with one commit. */
export function digitsProject(onEnd: OnEnd): Project {
  const project = dvcProject(onEnd);
  cpSync(join(import.meta.dirname, 'projects', 'digits'), project.root, { recursive: true });
  project.commit('Begin');
  return project;
}

/** An empty folder under Git and DVC. */
export function dvcProject(onEnd: OnEnd): Project {
  if (!existsSync(join(programs, process.platform === 'win32' ? 'dvc.exe' : 'dvc'))) {
    throw new Error('The Python tools are missing: run “node scripts/venv.mjs” first.');
  }
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'cairn-interop-')));
  onEnd(() => rmSync(base, { recursive: true, force: true, maxRetries: 5 }));
  const root = join(base, 'project');
  mkdirSync(root);
  const home = join(base, 'home');
  mkdirSync(home);
  const env = {
    ...process.env,
    PATH: [programs, process.env.PATH ?? ''].join(delimiter),
    // Nothing of the user's: neither Git's and DVC's configuration nor Cairn's folders.
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'roaming'),
    LOCALAPPDATA: join(home, 'local'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.org',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.org',
    DVC_NO_ANALYTICS: '1',
    OMP_NUM_THREADS: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    NO_COLOR: '1',
  };
  const run = (program: string, ...args: string[]): string => {
    const result = spawnSync(program, args, {
      cwd: root,
      env,
      encoding: 'utf8',
      maxBuffer: 64 * 2 ** 20,
    });
    if (result.status === 0) return result.stdout;
    const why = result.error?.message ?? `exit code ${result.status}`;
    throw new Error(`${program} ${args.join(' ')}: ${why}\n${result.stdout}\n${result.stderr}`);
  };
  const project: Project = {
    root,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    write: (path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    run,
    cairn: (...args) =>
      JSON.parse(run(process.execPath, join(checkout, 'bin', 'cairn.js'), ...args, '--json')),
    commit: (message) => {
      run('git', 'add', '--all');
      run('git', 'commit', '--quiet', '--message', message);
    },
  };
  run('git', 'init', '--quiet', '--initial-branch', 'main');
  run('dvc', 'init', '--quiet');
  return project;
}

/** What `dvc status` finds to do; empty when there is nothing. */
export function dvcStatus(project: Project): Record<string, unknown> {
  return JSON.parse(project.run('dvc', 'status', '--json'));
}

/** The stages that `dvc repro` ran or took from its run-cache; empty when it did nothing. */
export function dvcRepro(project: Project, ...args: string[]): string[] {
  const said = project.run('dvc', 'repro', ...args);
  return Array.from(
    said.matchAll(/^(?:Running stage '(.+)':|Stage '(.+)' is cached)/gm),
    (match) => (match[1] ?? match[2]) as string,
  );
}
