/**
 * Opening a repository of 2 000 commits for the first and the second time, through packs as `git gc`
 * leaves them. The yardstick is `git log --name-status` on the same commits: it has to read the same
 * commits and trees. Run: `node bench/open-history.ts [COMMITS]`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Repository } from '../src-main/git/index.ts';
import { Store } from '../src-main/store/index.ts';
import { indexHistory, openWorkspace } from '../src-main/workspace/index.ts';

const commits = Number(process.argv[2] ?? 2000);
const scratch = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
const root = join(scratch, 'repository');

try {
  makeRepository();
  const gitMs = median(5, () => {
    execFileSync('git', ['-C', root, 'log', '--name-status', '-m', '--first-parent'], {
      maxBuffer: 1 << 30,
    });
  });
  const cold = await open();
  const warm = await open();
  const rows = [
    ['git log --name-status', gitMs],
    ['Cairn, first opening', cold],
    ['Cairn, second opening', warm],
  ] as const;
  console.log(`${commits} commits, packed`);
  for (const [name, ms] of rows) {
    console.log(
      `${name.padEnd(24)}${ms.toFixed(0).padStart(7)} ms ${(ms / gitMs).toFixed(2).padStart(8)} × git`,
    );
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Milliseconds from nothing open to every commit and its changes stored. */
async function open(): Promise<number> {
  const folders = {
    data: join(scratch, 'd'),
    cache: join(scratch, 'c'),
    config: join(scratch, 'f'),
  };
  const begun = performance.now();
  const workspace = openWorkspace(root, folders);
  const store = Store.open(workspace.storePath);
  const repository = await Repository.open(root);
  if (repository === null) throw new Error('no repository');
  await indexHistory(workspace, repository, store);
  const ms = performance.now() - begun;
  const { count } = store
    .prepare<[], { count: number }>('SELECT count(*) AS count FROM commits WHERE examined = 1')
    .get() ?? { count: 0 };
  if (count !== commits) throw new Error(`${count} commits instead of ${commits}`);
  repository.close();
  store.close();
  return ms;
}

/** Code in 200 files, params and a lockfile that change every tenth commit, data every 25th. */
function makeRepository(): void {
  const input: string[] = ['reset refs/heads/main\n'];
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const file = (path: string, text: string) => `M 100644 inline ${path}\n${data(text)}`;
  const md5 = (number: number) => number.toString(16).padStart(32, '0');
  for (let number = 0; number < commits; number += 1) {
    const who = `Ada <ada@example.org> ${1_600_000_000 + number * 60} +0100`;
    input.push(
      `commit refs/heads/main\nmark :${number + 1}\nauthor ${who}\ncommitter ${who}\n`,
      data(`Change ${number}\n\nWhy it was changed.\n`),
      number === 0 ? '' : `from :${number}\n`,
      file(`src/part${number % 50}/file${number % 200}.py`, `# ${number}\n`.repeat(20)),
    );
    if (number % 10 === 0) {
      const out = `    - path: model.bin\n      hash: md5\n      md5: '${md5(number)}'\n      size: ${number}\n`;
      input.push(
        file('params.yaml', `train:\n  lr: ${0.1 / (number + 1)}\n  epochs: ${number}\n`),
        file(
          'dvc.lock',
          `schema: '2.0'\nstages:\n  train:\n    cmd: python train.py\n    outs:\n${out}`,
        ),
      );
    }
    if (number % 25 === 0) {
      input.push(
        file('data.dvc', `outs:\n- md5: '${md5(number)}'\n  size: 1\n  hash: md5\n  path: data\n`),
      );
    }
  }
  execFileSync('git', ['init', '-q', '-b', 'main', root]);
  execFileSync('git', ['-C', root, 'fast-import', '--quiet'], { input: input.join('') });
  execFileSync('git', ['-C', root, 'gc', '-q']);
}

function median(times: number, action: () => void): number {
  const taken = Array.from({ length: times }, () => {
    const begun = performance.now();
    action();
    return performance.now() - begun;
  });
  return taken.sort((a, b) => a - b)[times >> 1] as number;
}
