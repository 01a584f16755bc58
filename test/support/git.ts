/** Repositories made with the real Git, away from the settings of whoever runs the tests. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const quiet = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };

/** A machine without any Git settings of its own. */
export const cleanMachine = {
  platform: process.platform,
  env: quiet,
  home: '/nonexistent',
} as const;

/** Runs Git in `folder` and gives what it prints. Every commit has the same author and its own time. */
export function git(folder: string, ...args: string[]): string {
  return gitBytes(folder, ...args)
    .toString('utf8')
    .trimEnd();
}

let clock = 1_700_000_000;

export function gitBytes(folder: string, ...args: string[]): Buffer {
  clock += 60;
  const person = { NAME: 'Ada', EMAIL: 'ada@example.org', DATE: `${clock} +0100` };
  const names = Object.entries(person).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ]);
  return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...quiet, ...Object.fromEntries(names) },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
}

/** Writes files by relative path. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Writes files and commits everything. @returns the commit */
export function commit(
  folder: string,
  files: Readonly<Record<string, string | Buffer>>,
  message = 'change',
): string {
  writeFiles(folder, files);
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', message);
  return git(folder, 'rev-parse', 'HEAD');
}

/** A new repository on branch `main`. */
export function initRepository(folder: string, ...options: string[]): string {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '-q', '-b', 'main', ...options);
  return folder;
}
