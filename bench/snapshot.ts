/**
 * A snapshot of a folder of 10 000 files with one changed since the last. The yardstick is
 * `git add -A && git write-tree` with an index of its own, which does the same for the same files.
 * Run: `node bench/snapshot.ts [FILES]`.
 */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Repository, ShadowRepository } from '../src-main/git/index.ts';

const files = Number(process.argv[2] ?? 10_000);
const rounds = 7;
const scratch = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
const root = join(scratch, 'project');
const changing = join(root, 'part1', 'file1.py');

try {
  makeFolder();
  const gitMs = await median(() => snapshotWithGit());
  const repository = await Repository.open(root);
  if (repository === null) throw new Error('no repository');
  const inGit = await snapshots(repository);
  const shadow = await ShadowRepository.open(join(scratch, 'store'), root);
  const withoutGit = await snapshots(shadow);
  console.log(`${files} files, one changed`);
  print('git add -A, write-tree', gitMs, gitMs);
  print('Cairn in a repository', inGit.next, gitMs);
  print('Cairn, the first time', inGit.first, gitMs);
  print('Cairn without Git', withoutGit.next, gitMs);
  print('Cairn without Git, first', withoutGit.first, gitMs);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function snapshots(
  code: Repository | ShadowRepository,
): Promise<{ first: number; next: number }> {
  const statCacheFile = join(scratch, `stat-cache-${code.constructor.name}`);
  let number = 0;
  const take = async () => {
    const ref = `refs/cairn/runs/bench${number}`;
    number += 1;
    await code.snapshot({ ref, message: 'A run', statCacheFile });
  };
  const begun = performance.now();
  await take();
  const first = performance.now() - begun;
  const next = await median(take);
  code.close();
  return { first, next };
}

function snapshotWithGit(): void {
  const index = join(scratch, 'index');
  copyFileSync(join(root, '.git', 'index'), index);
  const options = { cwd: root, env: { ...process.env, GIT_INDEX_FILE: index } };
  execFileSync('git', ['add', '-A'], options);
  execFileSync('git', ['write-tree'], options);
}

function makeFolder(): void {
  for (let number = 0; number < files; number += 1) {
    const folder = join(root, `part${number % 100}`);
    if (number < 100) mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `file${number}.py`), `# file ${number}\n`.repeat(40));
  }
  writeFileSync(join(root, '.gitignore'), '*.pyc\n__pycache__/\n/data/\n*.log\n/out/\n.venv\n');
  execFileSync('git', ['init', '-q', '-b', 'main', root]);
  execFileSync('git', ['-C', root, 'add', '-A']);
  execFileSync('git', [
    '-C',
    root,
    '-c',
    'user.name=a',
    '-c',
    'user.email=b',
    'commit',
    '-q',
    '-m',
    '1',
  ]);
}

async function median(action: () => void | Promise<void>): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    appendFileSync(changing, `# round ${round}\n`);
    const begun = performance.now();
    await action();
    taken.push(performance.now() - begun);
  }
  return taken.sort((a, b) => a - b)[rounds >> 1] as number;
}

function print(name: string, ms: number, gitMs: number): void {
  console.log(
    `${name.padEnd(26)}${ms.toFixed(0).padStart(7)} ms ${(ms / gitMs).toFixed(2).padStart(8)} × git`,
  );
}
