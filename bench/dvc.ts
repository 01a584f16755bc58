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
import { alternate } from './alternate.ts';

const files = Number(process.argv[2] ?? 100_000);
const stages = Number(process.argv[3] ?? 50);
const rounds = 7;
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
  const ms = await alternate(rounds, {
    git: () => program(root, 'git', ...apart, 'status', '--porcelain'),
    dvc: () => program(root, dvc, 'status', '--quiet'),
    process: () => pipelineStatus(services),
    cairn: () => program(root, cairn, 'status', '--json'),
  });
  services.cache.close();
  console.log(`status, ${files} files in one tracked directory, warm, median of ${rounds}`);
  print('git status', ms.git, ms.dvc);
  print('dvc status', ms.dvc, ms.dvc);
  print('cairn, in the process', ms.process, ms.dvc);
  print('cairn status', ms.cairn, ms.dvc);
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
  program(root, cairn, 'repro', '--json');
  const ms = await alternate(rounds, {
    dvc: () => program(root, dvc, 'repro', '--quiet'),
    process: again,
    empty: () => program(root, process.execPath, '-e', '0'),
    version: () => program(root, cairn, '--version'),
    list: () => program(root, cairn, 'ls'),
    cairn: () => program(root, cairn, 'repro'),
  });
  cache.close();
  console.log(`\nrepro with nothing to do, ${stages} stages, median of ${rounds}`);
  print('dvc repro', ms.dvc, ms.dvc);
  print('cairn, in the process', ms.process, ms.dvc);
  print('cairn repro', ms.cairn, ms.dvc);
  console.log('\nwhere the time of that command goes');
  const steps: [string, number][] = [
    ['an empty Node', ms.empty],
    ['the launcher and the command line', ms.version - ms.empty],
    ['modules, workspace and store', ms.list - ms.version],
    ['reading, looking and planning', ms.cairn - ms.list],
  ];
  for (const [what, taken] of steps) {
    console.log(`  ${what.padEnd(34)}${taken.toFixed(0).padStart(7)} ms`);
  }
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

function print(what: string, ms: number, dvcMs: number): void {
  const ratio = dvcMs / ms;
  console.log(
    `  ${what.padEnd(24)}${ms.toFixed(0).padStart(7)} ms   ${ratio.toFixed(1)}× DVC's speed`,
  );
}
