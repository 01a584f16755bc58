/** What a stage's state looks like and in which terms the graph and the list speak of it. */
import type { ExecutionState, StageNode } from '../../client/index.ts';

/** The state of a stage in the folder, or in the run that is under way. */
export type ShownState = StageNode['state'] | 'waiting' | 'done';

export interface Look {
  readonly shape: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'active' | 'dim';
}

export const looks: Readonly<Record<ShownState, Look>> = {
  fresh: { shape: '✓', tone: 'good' },
  stale: { shape: '~', tone: 'warn' },
  'upstream stale': { shape: '↑', tone: 'warn' },
  frozen: { shape: '❄', tone: 'dim' },
  running: { shape: '◐', tone: 'active' },
  failed: { shape: '✕', tone: 'bad' },
  waiting: { shape: '◌', tone: 'dim' },
  done: { shape: '✓', tone: 'good' },
};

/** Keys of the translations, which hold no spaces. */
export const stateWords = {
  fresh: 'fresh',
  stale: 'stale',
  'upstream stale': 'upstream',
  frozen: 'frozen',
  running: 'running',
  failed: 'failed',
  waiting: 'waiting',
  done: 'done',
} as const satisfies Record<ShownState, string>;

const live: Readonly<Record<ExecutionState, ShownState | null>> = {
  waiting: 'waiting',
  running: 'running',
  cached: 'fresh',
  done: 'done',
  failed: 'failed',
  killed: 'failed',
  skipped: null,
};

/** While a run is under way, what it says of a stage goes before what the folder says. */
export function shownState(
  stage: Pick<StageNode, 'address' | 'state'>,
  running: ReadonlyMap<string, ExecutionState>,
): ShownState {
  const state = running.get(stage.address);
  return (state === undefined ? null : live[state]) ?? stage.state;
}

/** Stages that `reproduce` would run, counted by what they wait for. */
export function countStates(states: readonly ShownState[]): ReadonlyMap<ShownState, number> {
  const counts = new Map<ShownState, number>();
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}
