/**
 * `dvc exp`: every experiment is a commit that only a ref of DVC's leads to,
 * `refs/exps/<sha:2>/<sha:38>/<name>` by the commit that it began from; what is queued, runs or
 * failed is in `.dvc/tmp/exps/run/` and in the logs of `refs/exps/celery/*`.
 */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { asCairnError } from '../../base/errors.ts';
import type { Work } from '../../base/progress.ts';
import type { Repository } from '../../git/index.ts';
import type { ImportedRun, Importer, RunSink, SourceReader } from '../types.ts';
import { ExperimentFiles, type Experiments } from './files.ts';
import { listTasks, type Task } from './tasks.ts';

const experimentRef = /^refs\/exps\/([0-9a-f]{2})\/([0-9a-f]{38})\/(.+)$/;
const mostWatched = 400;

/** One experiment, finished or not; its name is unique below its baseline. */
interface Found {
  readonly nativeId: string;
  readonly name: string;
  readonly baseline: string;
  /** The commit that holds its files; of a task the one that it starts from. */
  readonly commit: string;
  readonly isResult: boolean;
  readonly task: Task | null;
}

export function createDvcExperiments({
  repository,
}: {
  readonly repository: Experiments & Pick<Repository, 'watchedFolders'>;
}): Importer {
  return {
    kind: 'dvc-exp',
    find: () => (hasExperiments(repository) ? ['.dvc'] : []),
    read: (source, sink, work) => read(repository, source, sink, work),
    watch: ({ root }) => watched(repository, root),
  };
}

function hasExperiments(repository: Experiments): boolean {
  try {
    for (const name of repository.experimentRefs().keys()) {
      if (experimentRef.test(name) || name.startsWith('refs/exps/celery/')) return true;
    }
  } catch {
    // A damaged repository says so elsewhere.
  }
  return false;
}

async function read(
  repository: Experiments,
  source: SourceReader,
  sink: RunSink,
  work: Work,
): Promise<void> {
  const experiments = findAll(repository, source.root);
  const files = new ExperimentFiles(repository);
  let done = 0;
  for (const experiment of experiments.values()) {
    const { nativeId, commit, task } = experiment;
    const stamp = `${commit} ${task?.stamp ?? ''}`;
    if (source.item(nativeId)?.stamp !== stamp) {
      try {
        sink.run(toRun(repository, files, experiment));
        sink.done(nativeId, stamp);
      } catch (error) {
        sink.skipped(nativeId, asCairnError(error).message);
      }
      await setImmediate();
      work.signal?.throwIfAborted();
    }
    work.onProgress?.({ phase: 'dvc-exp', done: ++done, total: experiments.size, unit: 'items' });
  }
  for (const key of source.items().keys()) {
    if (experiments.has(key)) continue;
    sink.forget(key);
    sink.gone(key);
  }
}

function findAll(repository: Experiments, root: string): Map<string, Found> {
  const found = new Map<string, Found>();
  const tasks = new Map(
    listTasks(repository, root).map((task) => [`${task.baseline}/${task.name}`, task]),
  );
  for (const [nativeId, task] of tasks) {
    const { name, baseline, commit } = task;
    found.set(nativeId, { nativeId, name, baseline, commit, isResult: false, task });
  }
  for (const [ref, commit] of repository.experimentRefs()) {
    const match = experimentRef.exec(ref);
    if (match === null) continue;
    const [, start, rest, name] = match as unknown as [string, string, string, string];
    const baseline = start + rest;
    const nativeId = `${baseline}/${name}`;
    const task = tasks.get(nativeId) ?? null;
    // Run once more under the same name, it is what that task says until it is over.
    if (task?.status === 'RUNNING') continue;
    found.set(nativeId, { nativeId, name, baseline, commit, isResult: true, task });
  }
  return found;
}

function toRun(
  repository: Experiments,
  files: ExperimentFiles,
  { nativeId, name, baseline, commit, isResult, task }: Found,
): ImportedRun {
  const { author, committer } = repository.readCommit(commit);
  const content = files.read(commit, baseline);
  const changed = content.changed.map(({ key, value }) => `${key}=${value}`).join(', ');
  return {
    nativeId,
    experiment: 'dvc exp',
    name,
    status: isResult ? 'FINISHED' : (task?.status ?? 'FINISHED'),
    createdAt: task?.createdAt ?? author.at,
    ...(task === null ? {} : { startedAt: task.startedAt }),
    endedAt: isResult ? committer.at : (task?.endedAt ?? null),
    user: author.name,
    commit: baseline,
    ...(isResult ? { snapshot: commit, dirtyFiles: content.files } : {}),
    command: ['dvc exp run', ...content.changed.map(({ key, value }) => `-S ${key}=${value}`)].join(
      ' ',
    ),
    params: content.params,
    tags: {
      'dvc.baseline': baseline,
      'dvc.changed': changed,
      ...(task?.error == null ? {} : { error: task.error }),
    },
    ...(task?.folder == null ? {} : { artifactRoot: task.folder }),
    // What lies in the tree of a task are the metrics of the commit that it began from.
    series: isResult ? content.series(committer.at) : [],
    stages: isResult ? content.stages : [],
  };
}

/** Refs and tasks; their folders, for what is new. As paths in the workspace, or out of it. */
function watched(repository: Pick<Repository, 'watchedFolders'>, root: string): string[] {
  const gitFolder = repository.watchedFolders().at(-1);
  const folders = [join(root, '.dvc', 'tmp', 'exps', 'run')];
  if (gitFolder !== undefined) {
    folders.push(
      join(gitFolder, 'packed-refs'),
      join(gitFolder, 'refs', 'exps'),
      join(gitFolder, 'logs', 'refs', 'exps', 'celery', 'stash'),
      join(gitFolder, 'logs', 'refs', 'exps', 'celery', 'failed'),
    );
  }
  const found = folders.flatMap((folder) => [folder, ...below(folder)]);
  return found.slice(0, mostWatched).map((path) => relative(root, path).replaceAll('\\', '/'));
}

function below(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) =>
      join(entry.parentPath, entry.name),
    );
  } catch {
    return [];
  }
}
