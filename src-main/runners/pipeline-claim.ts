/** Claims the paths of a stage, so that no other program runs over them, and none is run over. */
import { setTimeout } from 'node:timers/promises';
import { CairnError } from '../base/errors.ts';
import { claimPaths } from '../cas/index.ts';
import type { Observer, Stage } from '../pipelines/index.ts';

/** As long as DVC waits for another program. */
const waitMs = 3000;
const pollMs = 200;

/**
 * @returns gives the paths back; what it cannot give back now is freed by the end of this process
 * @throws CairnError `locked`, naming the program that is in the way, after a short wait
 */
export async function claimStage(
  stage: Stage,
  { root, command }: { readonly root: string; readonly command: string },
  observer: Observer,
  signal: AbortSignal,
): Promise<() => Promise<void>> {
  const local = (entries: readonly { path: string; reach: string }[]) =>
    entries.filter((one) => one.reach !== 'remote').map((one) => observer.absolute(one.path));
  const paths = {
    read: [...local(stage.deps), ...stage.params.map((one) => observer.absolute(one.file))],
    write: local(stage.outs),
  };
  const deadline = Date.now() + waitMs;
  for (;;) {
    try {
      const release = await claimPaths(root, command, paths);
      return () => release().catch(() => undefined);
    } catch (error) {
      const busy = error instanceof CairnError && error.code === 'locked';
      if (!busy || Date.now() >= deadline) throw error;
      await setTimeout(pollMs, undefined, { signal });
    }
  }
}
