/** Runs pipelines in throw-away folders, with a recorder that remembers. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { HashCache, ObjectStore } from '../../../src-main/cas/index.ts';
import type { PipelineGraph } from '../../../src-main/contract/pipeline.ts';
import { pipelineStatus } from '../../../src-main/pipelines/index.ts';
import { shellArgv, startProcess } from '../../../src-main/processes/index.ts';
import { type PipelineSpec, runPipeline } from '../../../src-main/runners/pipeline.ts';
import type {
  PipelineOutcome,
  PipelineRecorder,
  PipelineRunContext,
  StageFile,
} from '../../../src-main/runners/pipeline-types.ts';
import { tempFolder } from '../../support/temp.ts';

export interface Project {
  readonly root: string;
  /** Commands that were run, in the order in which they began: `train: python train.py`. */
  readonly ran: string[];
  readonly files: Map<string, readonly StageFile[]>;
  readonly params: Map<string, string>;
  readonly metrics: Map<string, number>;
  write(path: string, text: string): void;
  read(path: string): string;
  repro(spec?: Partial<PipelineSpec>, signal?: AbortSignal): Promise<PipelineOutcome>;
  status(): Promise<PipelineGraph>;
  context(): PipelineRunContext;
}

export function projectOf(files: Readonly<Record<string, string>>): Project {
  const root = tempFolder();
  const own = tempFolder();
  const cache = HashCache.open(join(own, 'hashes.db'));
  onTestFinished(() => cache.close());
  const objects = new ObjectStore(join(root, '.dvc/cache/files/md5'), join(root, '.dvc/cache'));
  const kept = new ObjectStore(join(own, 'kept/files/md5'));
  const ran: string[] = [];
  const seen = { files: new Map(), params: new Map(), metrics: new Map() };
  const recorder: PipelineRecorder = {
    planned: () => undefined,
    stage: () => undefined,
    files: (address, list) => seen.files.set(address, list),
    params: (list) => {
      for (const { file, key, value } of list) seen.params.set(`${file}:${key}`, value);
    },
    metrics: (list) => {
      for (const { key, value } of list) seen.metrics.set(key, value);
    },
  };
  const context = (): PipelineRunContext => ({
    root,
    cache,
    objects,
    kept,
    recorder,
    command: 'cairn repro',
    beforeStages: async () => undefined,
    async runStage(stage, signal) {
      for (const line of stage.commands) {
        ran.push(`${stage.stage}: ${line}`);
        const env = { ...process.env, ...stage.env };
        const argv = shellArgv(line, process.platform, env);
        const logPath = join(own, 'log');
        const child = await startProcess({ argv, cwd: stage.cwd, env, logPath });
        const stop = () => void child.stop(200);
        signal.addEventListener('abort', stop);
        const end = await child.done;
        signal.removeEventListener('abort', stop);
        if (end.exitCode !== 0) return end;
      }
      return { exitCode: 0, signal: null, peakMemoryBytes: null, cpuSeconds: null };
    },
  });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  mkdirSync(join(root, '.dvc'));
  mkdirSync(join(root, '.git'));
  for (const [path, text] of Object.entries(files)) write(path, text);
  return {
    root,
    ran,
    ...seen,
    write,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    repro: (spec, signal) =>
      runPipeline(context(), { ...defaults, ...spec }, signal === undefined ? {} : { signal }),
    status: () => pipelineStatus({ root, cache, objects }),
    context,
  };
}

const defaults: PipelineSpec = {
  kind: 'pipeline',
  targets: [],
  jobs: 1,
  setParams: [],
  force: false,
  singleItem: false,
  downstream: false,
  keepGoing: false,
};

/** What became of each stage: `{ train: 'done' }`. */
export function statesOf(outcome: PipelineOutcome): Record<string, string> {
  return Object.fromEntries(outcome.stages.map((stage) => [stage.address, stage.state]));
}
