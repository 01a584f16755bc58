/** The lock entry of a stage: what is written into dvc.lock after it ran. */
import { CairnError } from '../base/errors.ts';
import type { Hashed } from '../cas/index.ts';
import type { LockEntry, LockStage } from '../formats/dvc-lock.ts';
import type { Observed } from './plan.ts';
import { trackedParams } from './plan-params.ts';
import { placed, told } from './problem.ts';
import type { ParamsDep, Stage } from './types.ts';

/**
 * Command, deps and params as they are observed.
 * @throws CairnError `invalid`, with the place in dvc.yaml, for a dep, params file or param that is
 * not there
 */
export function recordInputs(stage: Stage, observed: Observed): LockStage {
  const params = stage.params.map((dep) => [dep.declared, recordParams(stage, dep, observed)]);
  const deps = stage.deps.map((dep): LockEntry => {
    if (dep.reach === 'remote') {
      // Never looked at over the network: what was recorded stays.
      const kept = stage.lock?.deps?.find((entry) => entry.path === dep.declared);
      return kept ?? { path: dep.declared };
    }
    const content = observed.content(dep.path);
    if (content !== null) return lockEntry(dep.declared, content);
    throw placed(
      dep.place,
      `stage ${stage.address} needs “${dep.path}”, which does not exist and no stage makes. Put it there, or correct the path.`,
    );
  });
  return {
    ...(stage.cmd === null ? {} : { cmd: stage.cmd }),
    ...(deps.length === 0 ? {} : { deps }),
    ...(params.length === 0 ? {} : { params: Object.fromEntries(params) }),
  };
}

function recordParams(stage: Stage, dep: ParamsDep, observed: Observed): Record<string, unknown> {
  const values = observed.params(dep.file);
  if (values === null) {
    throw placed(
      dep.place,
      `stage ${stage.address} needs the params file ${dep.file}, which does not exist.`,
    );
  }
  const found = trackedParams(dep, values);
  const missing = dep.keys?.filter((key) => !found.some((one) => one.key === key)) ?? [];
  if (missing.length > 0) {
    throw placed(
      dep.place,
      `stage ${stage.address} needs “${missing.join('”, “')}”, which is not in ${dep.file}.`,
    );
  }
  return Object.fromEntries(found.map(({ key, value }) => [key, value]));
}

/**
 * The whole entry after a run. Files and params count as they were when it began: an edit made while
 * it ran did not go into what it made. Directories count as they are now, since running may leave
 * something in them (`__pycache__`), which would make the stage stale at once.
 * @param observed as things are now
 * @throws CairnError `failed` when an output was not made, or a dep is gone
 */
export function recordRun(stage: Stage, inputs: LockStage, observed: Observed): LockStage {
  const deps = inputs.deps?.map((entry) => {
    const dep = stage.deps.find((one) => one.declared === entry.path);
    if (dep === undefined || dep.reach === 'remote') return entry;
    const content = observed.content(dep.path);
    if (content !== null) return content.files === null ? entry : lockEntry(entry.path, content);
    throw new CairnError(
      'failed',
      `${stage.address} removed its own dep ${dep.path} while it ran, so nothing was recorded. Bring it back, and do not delete inputs in a stage.`,
      { place: told(dep.place) },
    );
  });
  return { ...inputs, ...(deps === undefined ? {} : { deps }), ...recordOutputs(stage, observed) };
}

/** @throws CairnError `failed` when an output is not there */
export function recordOutputs(stage: Stage, observed: Observed): Pick<LockStage, 'outs'> {
  const outs = stage.outs.map((out): LockEntry => {
    const content = observed.content(out.path);
    if (content !== null) return lockEntry(out.declared, content);
    if (out.reach === 'remote') return { path: out.declared };
    const sentence =
      stage.kind === 'data'
        ? `${out.path} is missing, and the cache does not have it. Fetch it with “dvc pull”, or put it back.`
        : `${stage.address} did not make ${out.path}, which ${stage.file} lists as its ${nouns[out.role]}.`;
    throw new CairnError('failed', sentence, { place: told(out.place) });
  });
  return outs.length === 0 ? {} : { outs };
}

const nouns = { out: 'output', metric: 'metric', plot: 'plot' } as const;

function lockEntry(path: string, content: Hashed): LockEntry {
  return {
    path,
    hash: 'md5',
    md5: content.hash,
    size: content.size,
    ...(content.files === null ? {} : { nfiles: content.files }),
    ...(content.executable ? { isexec: true } : {}),
  };
}
