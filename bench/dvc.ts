/**
 * `status` on a tracked directory of many files, and a `repro` of a pipeline in which nothing
 * changed, against DVC and Git on the same files; and where the time of a command goes. DVC comes
 * from `node scripts/venv.mjs`. Run: `node bench/dvc.ts [FILES] [STAGES]`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HashCache, ObjectStore } from '../src-main/cas/index.ts';
import { pipelineStatus } from '../src-main/pipelines/index.ts';
import { runPipeline } from '../src-main/runners/pipeline.ts';
import type { PipelineRunContext } from '../src-main/runners/pipeline-types.ts';

const files = Number(process.argv[2] ?? 100_000);
const stages = Number(process.argv[3] ?? 50);
const rounds = 9;
const checkout = join(import.meta.dirname, '..');
const dvc = join(checkout, '.venv', 'interop', 'bin', 'dvc');
const cairn = join(checkout, 'bin', 'cairn');
const scratch = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
const environment = {
  ...process.env,
  HOME: scratch,
  XDG_CACHE_HOME: join(scratch, 'cache'),
  XDG_CONFIG_HOME: join(scratch, 'config'),
  XDG_DATA_HOME: join(scratch, 'data'),
  DVC_NO_ANALYTICS: '1',
};

if (!existsSync(dvc)) throw new Error('DVC is missing: run “node scripts/venv.mjs” first.');
try {
  await benchStatus();
  await benchRepro();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function benchStatus(): Promise<void> {
  const root = project('status', (folder) => {
    for (let number = 0; number < files; number += 1) {
      const part = join(folder, 'data', `part${Math.floor(number / 1000)}`);
      if (number % 1000 === 0) mkdirSync(part, { recursive: true });
      writeFileSync(join(part, `${number}.txt`), `${number}`);
    }
  });
  program(root, dvc, 'add', '--quiet', 'data');
  program(root, 'git', 'add', '--all');
  // The same files under Git in a repository apart (DVC ignores them in that of the project), for
  // its own way of looking at them.
  const apart = [`--git-dir=${join(scratch, 'apart.git')}`, `--work-tree=${root}`];
  program(root, 'git', 'init', '--quiet', '--bare', join(scratch, 'apart.git'));
  program(root, 'git', ...apart, 'add', '--force', 'data');
  const services = open(root);
  // Once to hash, and again until what was too fresh to be believed is older.
  for (let round = 0; round < 3; round += 1) {
    await pipelineStatus(services);
    program(root, cairn, 'status', '--json');
  }
  console.log(`status, ${files} files in one tracked directory, warm, median of ${rounds}`);
  const ours = await median(() => pipelineStatus(services));
  const command = await median(() => program(root, cairn, 'status', '--json'));
  const gits = await median(() => program(root, 'git', ...apart, 'status', '--porcelain'));
  const theirs = await median(() => program(root, dvc, 'status', '--quiet'), 3);
  services.cache.close();
  print('git status', gits, theirs);
  print('dvc status', theirs, theirs);
  print('cairn, in the process', ours, theirs);
  print('cairn status', command, theirs);
}

async function benchRepro(): Promise<void> {
  const root = project('repro', (folder) => {
    const names = Array.from({ length: stages }, (_, number) => number);
    const text = names.map((n) =>
      [
        `  stage${n}:`,
        `    cmd: echo ${n} > out${n}`,
        `    deps: [step.sh, ${n % 10 === 0 ? 'raw.txt' : `out${n - 1}`}]`,
        `    params: [p${n}]`,
        `    outs: [out${n}]`,
      ].join('\n'),
    );
    writeFileSync(join(folder, 'dvc.yaml'), `stages:\n${text.join('\n')}\n`);
    writeFileSync(join(folder, 'params.yaml'), names.map((n) => `p${n}: ${n / 2}\n`).join(''));
    writeFileSync(join(folder, 'step.sh'), '');
    writeFileSync(join(folder, 'raw.txt'), 'raw');
  });
  program(root, dvc, 'repro', '--quiet');
  const { root: folder, cache, objects } = open(root);
  const context: PipelineRunContext = {
    root: folder,
    cache,
    objects,
    kept: objects,
    command: 'cairn repro',
    beforeStages: async () => undefined,
    runStage: () => Promise.reject(new Error('something ran')),
    recorder: {
      planned: () => undefined,
      stage: () => undefined,
      files: () => undefined,
      params: () => undefined,
      metrics: () => undefined,
    },
  };
  const again = async () => {
    const outcome = await runPipeline(context, {
      kind: 'pipeline',
      targets: [],
      jobs: 1,
      setParams: [],
      force: false,
      singleItem: false,
      downstream: false,
      keepGoing: false,
    });
    if (outcome.stages.some((stage) => stage.state !== 'cached')) throw new Error('not a no-op');
  };
  await again();
  console.log(`\nrepro with nothing to do, ${stages} stages, median of ${rounds}`);
  const ours = await median(again);
  program(root, cairn, 'repro', '--json');
  const command = await median(() => program(root, cairn, 'repro'));
  const theirs = await median(() => program(root, dvc, 'repro', '--quiet'), 3);
  cache.close();
  print('dvc repro', theirs, theirs);
  print('cairn, in the process', ours, theirs);
  print('cairn repro', command, theirs);
  console.log('\nwhere the time of a command goes');
  const begun = (name: string, ...words: string[]) =>
    median(() => program(root, name, ...words), rounds * 3);
  const empty = await begun(process.execPath, '-e', '0');
  const said = await begun(cairn, '--version');
  const listed = await begun(cairn, 'ls');
  const steps: [string, number][] = [
    ['an empty Node', empty],
    ['the launcher and the command line', said - empty],
    ['modules, workspace and store', listed - said],
    ['reading, looking and planning', command - listed],
  ];
  for (const [what, ms] of steps)
    console.log(`  ${what.padEnd(34)}${ms.toFixed(0).padStart(7)} ms`);
}

function project(name: string, fill: (folder: string) => void): string {
  const root = join(scratch, name);
  mkdirSync(root);
  program(root, 'git', 'init', '--quiet');
  program(root, dvc, 'init', '--quiet');
  fill(root);
  return root;
}

function open(root: string) {
  const cache = HashCache.open(join(scratch, `${root.split('/').pop()}.db`));
  return { root, cache, objects: new ObjectStore(join(root, '.dvc', 'cache', 'files', 'md5')) };
}

function program(cwd: string, name: string, ...args: string[]): void {
  execFileSync(name, args, { cwd, env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Milliseconds. */
async function median(work: () => unknown, times = rounds): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const begun = performance.now();
    await work();
    taken.push(performance.now() - begun);
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] as number;
}

function print(what: string, ms: number, dvcMs: number): void {
  const ratio = dvcMs / ms;
  console.log(
    `  ${what.padEnd(24)}${ms.toFixed(0).padStart(7)} ms   ${ratio.toFixed(1)}× DVC's speed`,
  );
}
