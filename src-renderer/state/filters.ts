import { create } from 'zustand';

export type CellKind = 'run' | 'commit' | 'data' | 'note' | 'bundle' | 'promotion';

/** What the lists are narrowed to. Kept while the window is open, not longer. */
export interface Filters {
  readonly timeline: {
    readonly text: string;
    /** Null shows every kind. */
    readonly kinds: readonly CellKind[] | null;
    readonly experimentId: string | null;
  };
  readonly runs: { readonly text: string; readonly experimentId: string | null };
}

const none: Filters = {
  timeline: { text: '', kinds: null, experimentId: null },
  runs: { text: '', experimentId: null },
};

export const useFilters = create<Filters>(() => none);

export function filterTimeline(change: Partial<Filters['timeline']>): void {
  useFilters.setState((state) => ({ timeline: { ...state.timeline, ...change } }));
}

export function filterRuns(change: Partial<Filters['runs']>): void {
  useFilters.setState((state) => ({ runs: { ...state.runs, ...change } }));
}

export function clearFilters(): void {
  useFilters.setState(none);
}
