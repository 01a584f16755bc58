/** The code as it is now, as a commit that nothing of the user's points to. */
import { asCairnError } from '../base/errors.ts';
import { hashPath } from '../cas/index.ts';
import { ShadowRepository } from '../git/index.ts';
import { loadPipeline } from '../pipelines/index.ts';
import type { RunnerContext } from './context.ts';

/** A repository that cannot be read does not keep a run from running; the run says so. */
export async function takeSnapshot(context: RunnerContext, id: string): Promise<void> {
  const { tracking, cache, statCacheFile, root } = context;
  try {
    const code = await context.code();
    const outputs =
      code instanceof ShadowRepository ? await cachedOutputs(root) : new Set<string>();
    const snapshot = await code.snapshot({
      ref: `refs/cairn/runs/${id}`,
      message: `Code of run ${id}\n`,
      statCacheFile,
      ignore: (path, directory) => leftOut(path, directory) || outputs.has(path),
      hashLarge: async (absolute) => (await hashPath(absolute, { cache }))?.hash ?? null,
    });
    tracking.setSnapshot(id, {
      commit: snapshot.commit,
      baseCommit: snapshot.baseCommit,
      branch: snapshot.branch,
      dirtyFiles: snapshot.dirtyFiles,
      largeFiles: snapshot.largeFiles.map((file) => ({ ...file, files: null })),
    });
  } catch (error) {
    const { message } = asCairnError(error);
    context.logger.warn(`The code in ${root} could not be kept`, error);
    tracking.setTag(id, 'cairn.snapshot.problem', message);
  }
}

/** Without Git nothing says that the outputs of stages are not code; they are kept by content. */
async function cachedOutputs(root: string): Promise<Set<string>> {
  try {
    const { stages } = await loadPipeline(root);
    return new Set(
      stages.flatMap((one) => one.outs.filter((out) => out.cache).map((out) => out.path)),
    );
  } catch {
    // A pipeline that cannot be read is for the run itself to complain about.
    return new Set();
  }
}

/** What is nobody's code, even where nothing ignores it. */
const folders = new Set([
  '.cairn',
  '.git',
  '__pycache__',
  'node_modules',
  '.venv',
  'venv',
  '.ipynb_checkpoints',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.tox',
  // What other tools logged; Cairn reads it where it lies.
  'mlruns',
  'lightning_logs',
]);

export function leftOut(path: string, directory: boolean): boolean {
  if (!directory) return /\.py[co]$|(^|\/)events\.out\.tfevents\./.test(path);
  return (
    folders.has(path.slice(path.lastIndexOf('/') + 1)) ||
    /(^|\/)(\.dvc\/(cache|tmp)|wandb\/(offline-)?run-[^/]*)$/.test(path)
  );
}
