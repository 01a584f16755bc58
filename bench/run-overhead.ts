/**
 * What recording a run costs: `cairn run -- true` against `true` alone, in a Git repository with a
 * few files. Beside it, starting an empty Node twice, which is the least that a command with a
 * detached runner can take. Aim: less than 0.4 s on top of the bare command.
 * Run: `node bench/run-overhead.ts [ROUNDS]`, after `npm run build`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alternate } from './alternate.ts';

const rounds = Number(process.argv[2] ?? 15);
const checkout = join(import.meta.dirname, '..');
const built = join(checkout, 'out', 'main', 'cli.js');
const scratch = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
const root = join(scratch, 'project');
const env = {
  ...process.env,
  CAIRN_DATA_DIR: join(scratch, 'data'),
  CAIRN_CACHE_DIR: join(scratch, 'cache'),
  CAIRN_CONFIG_DIR: join(scratch, 'config'),
};

interface Run {
  readonly createdAt: number;
  readonly executions: { readonly startedAt: number }[];
}

try {
  makeProject();
  const command = ['run', '--', 'true'];
  const ms = await alternate(rounds, {
    bare: () => program('true'),
    nodes: () => {
      program(process.execPath, '-e', '0');
      program(process.execPath, '-e', '0');
    },
    recorded: () => program(process.execPath, built, ...command),
    fromCheckout: () => program(join(checkout, 'bin', 'cairn'), ...command),
    detached: () => program(process.execPath, built, 'run', '--detach', '--', 'true'),
  });
  console.log(`Overhead of a recorded run, median of ${rounds}`);
  print('true', ms.bare, ms.bare);
  print('an empty Node, twice', ms.nodes, ms.bare);
  print('cairn run -- true', ms.recorded, ms.bare);
  print('the same by bin/cairn', ms.fromCheckout, ms.bare);
  print('cairn run --detach -- true', ms.detached, ms.bare);
  console.log(`until the command began     ${untilBegun().toFixed(0).padStart(7)} ms`);
  const overhead = ms.recorded - ms.bare;
  const verdict = overhead < 400 ? 'within' : 'NOT within';
  console.log(
    `overhead                    ${overhead.toFixed(0).padStart(7)} ms, ${verdict} 400 ms`,
  );
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

function makeProject(): void {
  mkdirSync(join(root, 'src'), { recursive: true });
  for (let number = 0; number < 50; number += 1) {
    writeFileSync(join(root, 'src', `file${number}.py`), `# file ${number}\n`.repeat(40));
  }
  writeFileSync(join(root, 'params.yaml'), 'train:\n  epochs: 10\n');
  execFileSync('git', ['init', '-q', '-b', 'main', root]);
  execFileSync('git', ['-C', root, 'add', '-A']);
  const person = ['-c', 'user.name=a', '-c', 'user.email=b'];
  execFileSync('git', ['-C', root, ...person, 'commit', '-q', '-m', '1']);
  // The first run makes the store and fills the caches.
  program(process.execPath, built, 'run', '--', 'true');
}

/** From the start of the program to the start of the command. */
function untilBegun(): number {
  const taken = Array.from({ length: rounds }, () => {
    const begun = Date.now();
    const text = program(process.execPath, built, 'run', '--json', '--', 'true');
    const [execution] = (JSON.parse(text) as Run).executions;
    return (execution?.startedAt ?? Number.NaN) - begun;
  });
  return taken.sort((a, b) => a - b)[rounds >> 1] as number;
}

function program(name: string, ...args: string[]): string {
  return execFileSync(name, args, {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function print(name: string, ms: number, bareMs: number): void {
  console.log(
    `${name.padEnd(28)}${ms.toFixed(0).padStart(7)} ms ${(ms / bareMs).toFixed(0).padStart(6)} × true`,
  );
}
