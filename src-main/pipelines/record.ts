/** The lock entry of a stage as things are: what is written into dvc.lock after it ran. */
import { CairnError } from '../base/errors.ts';
import type { Hashed } from '../cas/index.ts';
import type { LockEntry, LockStage } from '../formats/dvc-lock.ts';
import type { Observed } from './plan.ts';
import { trackedParams } from './plan-params.ts';
import { placed } from './problem.ts';
import type { Stage } from './types.ts';

/**
 * @param observed must know every dep, out and params file of the stage as it is now
 * @throws CairnError `invalid` or `failed`, in a sentence, when something of it is not there
 */
export function recordStage(stage: Stage, observed: Observed): LockStage {
  const params: Record<string, Record<string, unknown>> = {};
  for (const dep of stage.params) {
    const values = observed.params(dep.file);
    if (values === null) {
      throw placed(dep.place, `${stage.address} needs ${dep.file}, which does not exist.`);
    }
    const found = trackedParams(dep, values);
    const missing = dep.keys?.filter((key) => !found.some((one) => one.key === key)) ?? [];
    if (missing.length > 0) {
      throw placed(
        dep.place,
        `${stage.address} needs ${missing.join(', ')}, which ${dep.file} does not have.`,
      );
    }
    params[dep.declared] = Object.fromEntries(found.map(({ key, value }) => [key, value]));
  }
  const deps = stage.deps.flatMap((dep) => {
    const kept = stage.lock?.deps?.find((entry) => entry.path === dep.declared);
    if (dep.reach === 'remote') return kept === undefined ? [{ path: dep.declared }] : [kept];
    const content = observed.content(dep.path);
    if (content === null) {
      throw placed(dep.place, `${stage.address} needs ${dep.path}, which does not exist.`);
    }
    return [lockEntry(dep.declared, content)];
  });
  const outs = stage.outs.map((out) => {
    const content = observed.content(out.path);
    if (content !== null) return lockEntry(out.declared, content);
    throw new CairnError(
      'failed',
      `${stage.address} did not make ${out.path}, which ${stage.file} names as its ${nouns[out.role]}.`,
      { place: out.place },
    );
  });
  return {
    ...(stage.cmd === null ? {} : { cmd: stage.cmd }),
    ...(deps.length === 0 ? {} : { deps }),
    ...(Object.keys(params).length === 0 ? {} : { params }),
    ...(outs.length === 0 ? {} : { outs }),
  };
}

const nouns = { out: 'output', metric: 'metric', plot: 'plot' } as const;

export function lockEntry(path: string, content: Hashed): LockEntry {
  return {
    path,
    hash: 'md5',
    md5: content.hash,
    size: content.size,
    ...(content.files === null ? {} : { nfiles: content.files }),
    ...(content.executable ? { isexec: true } : {}),
  };
}
