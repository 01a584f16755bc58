/**
 * Taking runs of other tools into the store for good: their files are copied beside the store, and
 * they are detached from where they were found, run by run, so that the old folder can be deleted.
 * Until a run's files are all there and on the disk it stays as it was: cut short at any moment,
 * the next attempt goes on.
 */
import { mkdir, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CairnError } from '../../base/errors.ts';
import type { Work } from '../../base/progress.ts';
import { isKept, type KeepableRun, markKept } from '../../store/kept-runs.ts';
import { readRun } from '../../store/runs.ts';
import { modelArtifactFolder } from '../../tracking/artifacts.ts';
import { copyOnce, flushFolders, removeUnfinished } from './copy.ts';
import {
  type KeepContext,
  KeepPlan,
  type PlannedFile,
  type PlannedRun,
  readWanted,
} from './plan.ts';

export type { KeepContext } from './plan.ts';

const runsBetweenReports = 50;

/** Of some sources, or some runs. */
export type Wanted = { readonly sources: readonly number[] } | { readonly runs: readonly string[] };

export interface KeepOptions {
  /** Also runs that their tool says go on; nothing that it logs later would be read. */
  readonly includeRunning: boolean;
}

export interface Kept {
  /** Ids. */
  readonly runs: readonly string[];
  readonly files: number;
  /** Bytes of these files. */
  readonly bytes: number;
  /** Runs that were left, since they go on. */
  readonly running: number;
  /** What could not be copied, each in a sentence. */
  readonly problems: readonly string[];
}

/** What {@link keepRuns} would do. */
export async function measureRuns(
  context: KeepContext,
  wanted: Wanted,
  options: KeepOptions,
  work: Work,
): Promise<Kept> {
  const { runs, running } = readWanted(context.store, wanted, options.includeRunning);
  const plan = new KeepPlan(context);
  let [files, bytes] = [0, 0];
  const problems: string[] = [];
  for (const [index, run] of runs.entries()) {
    work.signal?.throwIfAborted();
    const planned = await plan.of(run);
    files += filesOf(planned).length;
    bytes += bytesOf(planned);
    problems.push(...planned.problems);
    if (index % runsBetweenReports === 0) {
      work.onProgress?.({ phase: 'measure', done: index, total: runs.length, unit: 'items' });
    }
  }
  return { runs: runs.map((run) => run.id), files, bytes, running: running.length, problems };
}

/**
 * @throws CairnError when the disk has too little room, a file cannot be read, or changes meanwhile;
 * the runs before it are kept. AbortError when cancelled.
 */
export async function keepRuns(
  context: KeepContext,
  wanted: Wanted,
  options: KeepOptions,
  work: Work,
): Promise<Kept> {
  const { bytes: total } = await measureRuns(context, wanted, options, work);
  await requireRoom(context.storeDir, total);
  const { runs, running } = readWanted(context.store, wanted, options.includeRunning);
  const plan = new KeepPlan(context);
  const kept: string[] = [];
  const problems: string[] = [];
  let [files, bytes] = [0, 0];
  for (const run of runs) {
    work.signal?.throwIfAborted();
    const planned = await plan.of(run);
    const onFile = (size: number) => {
      bytes += size;
      work.onProgress?.({ phase: 'copy', done: bytes, total, unit: 'bytes' });
      work.signal?.throwIfAborted();
    };
    await copyFiles(join(context.storeDir, 'artifacts', run.id), planned.files, onFile);
    for (const model of planned.models) {
      await copyFiles(modelArtifactFolder(context.storeDir, model.id).path, model.files, onFile);
    }
    if (!detach(context, run, planned)) continue;
    kept.push(run.id);
    files += filesOf(planned).length;
    problems.push(...planned.problems);
  }
  return { runs: kept, files, bytes, running: running.length, problems };
}

async function copyFiles(
  folder: string,
  files: readonly PlannedFile[],
  onFile: (size: number) => void,
): Promise<void> {
  if (files.length === 0) return;
  await mkdir(folder, { recursive: true });
  await removeUnfinished(folder);
  const folders = new Set([dirname(folder), folder]);
  for (const { from, to, size } of files) {
    const target = join(folder, ...to.split('/'));
    await copyOnce(from, target);
    for (let above = dirname(target); !folders.has(above); above = dirname(above)) {
      folders.add(above);
    }
    onFile(size);
  }
  await flushFolders(folders);
}

/** @returns false when the run has been kept, moved or purged by another process meanwhile */
function detach({ store }: KeepContext, run: KeepableRun, planned: PlannedRun): boolean {
  return store.transaction(() => {
    const now = readRun(store, run.id);
    if (now === undefined || isKept(store, run.id)) return false;
    if (now.artifact_root !== run.artifact_root) return false;
    const { artifactRoot, media } = planned;
    const models = planned.models.map(({ id }) => id);
    markKept(store, run, { artifactRoot, media, models, at: Date.now() });
    return true;
  });
}

async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const room = bavail * bsize;
  if (room > bytes) return;
  throw new CairnError(
    'failed',
    `The files take ${megabytes(bytes)}, and only ${megabytes(room)} are free where ${folder} lies. Make room, or keep fewer runs.`,
  );
}

function filesOf({ files, models }: PlannedRun): readonly PlannedFile[] {
  return [...files, ...models.flatMap((model) => model.files)];
}

function bytesOf(planned: PlannedRun): number {
  return filesOf(planned).reduce((sum, file) => sum + file.size, 0);
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
