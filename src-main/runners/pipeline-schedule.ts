/** Which stage is next: producers before consumers, so many at once, and what a failure means. */
import type { ExecutionState } from '../contract/runs.ts';
import type { Stage } from '../pipelines/index.ts';

export interface Scheduled {
  readonly state: ExecutionState;
  readonly reason: string;
}

export interface ScheduleOptions {
  /** Stages at once, at least 1. */
  readonly jobs: number;
  /** Whether stages that do not depend on a failed one still run. */
  readonly keepGoing: boolean;
  readonly upstream: (stage: Stage) => readonly string[];
  /** Never throws. */
  readonly perform: (stage: Stage) => Promise<Scheduled>;
  readonly settled: (address: string, result: Scheduled) => void;
  readonly signal: AbortSignal;
}

/**
 * @param stages producers first
 * @returns what became of each. Without `keepGoing` a failure lets what runs end and starts no more
 */
export async function schedule(
  stages: readonly Stage[],
  options: ScheduleOptions,
): Promise<Map<string, Scheduled>> {
  const results = new Map<string, Scheduled>();
  const among = new Set(stages.map((stage) => stage.address));
  const running = new Map<string, Promise<void>>();
  let waiting = [...stages];
  let failed: string | null = null;

  const settle = (address: string, result: Scheduled) => {
    results.set(address, result);
    if (result.state === 'failed') failed ??= address;
    options.settled(address, result);
  };
  const start = (stage: Stage) => {
    const work = options.perform(stage).then((result) => {
      running.delete(stage.address);
      settle(stage.address, result);
    });
    running.set(stage.address, work);
  };
  const blockedBy = (stage: Stage): { skip: string } | 'wait' | null => {
    let wait = false;
    for (const address of options.upstream(stage)) {
      if (!among.has(address)) continue;
      const state = results.get(address)?.state;
      if (state === undefined) wait = true;
      else if (state !== 'done' && state !== 'cached')
        return { skip: `${address} ${words[state]}` };
    }
    return wait ? 'wait' : null;
  };

  while (waiting.length > 0 || running.size > 0) {
    const later: Stage[] = [];
    for (const stage of waiting) {
      const blocked = blockedBy(stage);
      if (options.signal.aborted) {
        settle(stage.address, { state: 'skipped', reason: 'the run was stopped' });
      } else if (failed !== null && !options.keepGoing) {
        settle(stage.address, { state: 'skipped', reason: `${failed} failed` });
      } else if (blocked !== null && blocked !== 'wait') {
        settle(stage.address, { state: 'skipped', reason: blocked.skip });
      } else if (blocked === null && running.size < options.jobs) {
        start(stage);
      } else {
        later.push(stage);
      }
    }
    waiting = later;
    if (running.size > 0) await Promise.race(running.values());
  }
  return results;
}

const words: Readonly<Record<Exclude<ExecutionState, 'done' | 'cached'>, string>> = {
  failed: 'failed',
  killed: 'was stopped',
  skipped: 'was skipped',
  waiting: 'has not run',
  running: 'has not ended',
};
