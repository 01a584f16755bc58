/** Which runs that were seen running have ended, and whether that is worth a word. */
import type { RunStatus } from '../../client/index.ts';

/** Who starts a shorter run waits for it. */
export const worthMs = 10_000;

export interface Ended {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** Ids that were running and are not among those that are now; a new set to look at next time. */
export function step(
  seen: ReadonlySet<string>,
  running: readonly string[],
): { gone: readonly string[]; seen: ReadonlySet<string> } {
  const now = new Set(running);
  return { gone: [...seen].filter((id) => !now.has(id)), seen: now };
}

/** Whether to say that a run has ended: not of one that goes on, or that took but a moment. */
export function isWorthAWord(run: Ended): boolean {
  if (run.status === 'RUNNING' || run.status === 'SCHEDULED') return false;
  return durationOf(run) >= worthMs;
}

export function durationOf({ startedAt, endedAt }: Ended): number {
  return startedAt === null || endedAt === null ? 0 : endedAt - startedAt;
}

/** How far a pipeline is, by its stages; null where nobody knows. */
export function fractionOf(
  runs: readonly { readonly stages: readonly { readonly state: string }[] }[],
): number | null {
  const [first] = runs;
  // A run of one stage says nothing of how far it is, and several at once have no common end.
  if (first === undefined || runs.length > 1 || first.stages.length < 2) return null;
  const open = first.stages.filter(({ state }) => state === 'waiting' || state === 'running');
  return (first.stages.length - open.length) / first.stages.length;
}
