/** When anything was last heard of runs that go on without a process of ours to ask. */
import { readLastPoints } from '../store/metrics.ts';
import { readLastWritten } from '../store/sources.ts';
import type { Store } from '../store/store.ts';

export interface ForeignRun {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly heard_at: number | null;
}

/** Epoch ms by run id, for those of `runs` that a client or another tool has open. */
export function lastSigns(store: Store, runs: readonly ForeignRun[]): ReadonlyMap<string, number> {
  const open = runs.filter(isOpenElsewhere);
  if (open.length === 0) return new Map();
  const ids = open.map((run) => run.id);
  const written = readLastWritten(store, ids);
  const logged = readLastPoints(store, ids);
  const now = Date.now();
  return new Map(
    open.map((run) => {
      const signs = [
        run.created_at,
        run.started_at,
        run.heard_at,
        written.get(run.id),
        logged.get(run.id),
      ];
      // What clocks that go wrong say of the future is no sign of life.
      const past = signs.filter((at) => typeof at === 'number' && at <= now) as number[];
      return [run.id, Math.max(0, ...past)];
    }),
  );
}

/** Whether a run goes on, as far as its client or tool has said, and nobody here sees to it. */
export function isOpenElsewhere(run: Pick<ForeignRun, 'kind' | 'status'>): boolean {
  const isForeign = run.kind === 'logged' || run.kind === 'imported';
  return isForeign && (run.status === 'RUNNING' || run.status === 'SCHEDULED');
}
