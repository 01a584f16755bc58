import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import {
  type Output,
  type QueryCache,
  topics,
  useCall,
  useConnection,
  useOperation,
} from '../../../client/index.ts';
import { filterRuns, useFilters } from '../../../state/index.ts';
import { plainView, type View } from './view.ts';

type Layout = Omit<View, 'filter' | 'experimentId'>;

interface TableState {
  /** The folder that this is of; null before any was looked at. */
  readonly root: string | null;
  readonly layout: Layout;
  /** The saved view that is shown, perhaps changed since. */
  readonly viewId: string | null;
  /** Runs whose nested runs are hidden, and groups whose runs are shown. */
  readonly folds: ReadonlySet<string>;
}

const { filter: _, experimentId: _e, ...plainLayout } = plainView;
const none: TableState = { root: null, layout: plainLayout, viewId: null, folds: new Set() };

/** How the table is looked at; kept while the window is open, and with the workspace beyond that. */
const useTable = create<TableState>(() => none);

/** What the table shows now: its layout with what it is narrowed to. */
export function useView(): View {
  const layout = useTable((state) => state.layout);
  const { text, experimentId } = useFilters((state) => state.runs);
  const before = useRef<View>(plainView);
  const next = { ...layout, filter: text, experimentId };
  // The same object while nothing changed.
  const keys = Object.keys(next) as (keyof View)[];
  if (keys.some((key) => before.current[key] !== next[key])) before.current = next;
  return before.current;
}

export function useViewId(): string | null {
  return useTable((state) => state.viewId);
}

export function useFolds(): ReadonlySet<string> {
  return useTable((state) => state.folds);
}

/** Changes how the table is looked at. */
export function changeView(change: (view: View) => View): void {
  const { layout } = useTable.getState();
  const { text, experimentId } = useFilters.getState().runs;
  setView(change({ ...layout, filter: text, experimentId }));
}

function setView({ filter, experimentId, ...layout }: View): void {
  const before = useTable.getState().layout;
  const isRegrouped = JSON.stringify(before.group) !== JSON.stringify(layout.group);
  useTable.setState(isRegrouped ? { layout, folds: new Set() } : { layout });
  const { runs } = useFilters.getState();
  if (runs.text !== filter || runs.experimentId !== experimentId) {
    filterRuns({ text: filter, experimentId });
  }
}

/** Shows a saved view, or the table as it is by itself with null. */
export function applyView(view: { readonly id: string; readonly state: View } | null): void {
  setView(view?.state ?? plainView);
  useTable.setState({ viewId: view?.id ?? null, folds: new Set() });
}

/** Says which saved view the table is now: it was saved as that. */
export function nameView(viewId: string | null): void {
  useTable.setState({ viewId });
}

export function toggleFold(key: string): void {
  const folds = new Set(useTable.getState().folds);
  if (!folds.delete(key)) folds.add(key);
  useTable.setState({ folds });
}

export function setFolds(keys: readonly string[]): void {
  useTable.setState({ folds: new Set(keys) });
}

const keepAfterMs = 200;
/** What the folder has on record; it outlives the view, which may be left before that is written. */
let kept: Layout | null = null;
const viewTopics = [topics.views, topics.runs];
const noViews: Output<'views.list'> = { views: [], standard: null, current: null };

/** Looks at the table of a folder as that says, unless it is looked at already. */
function beginTable(root: string, saved: Output<'views.list'>): void {
  if (useTable.getState().root === root) return;
  const standard = saved.views.find(({ id }) => id === saved.standard) ?? null;
  const { text, experimentId } = useFilters.getState().runs;
  // Somebody who came with a filter wants that one.
  const isNarrowed = text !== '' || experimentId !== null;
  if (standard !== null && !isNarrowed) applyView(standard);
  else {
    const { filter: _f, experimentId: _x, ...current } = saved.current ?? plainView;
    useTable.setState({ layout: current, viewId: null, folds: new Set() });
  }
  kept = useTable.getState().layout;
  useTable.setState({ root });
}

/** Begins the table before it is drawn. @returns how it will be looked at */
export async function beginTableAhead(queries: QueryCache): Promise<View> {
  const [info, saved] = await Promise.all([
    queries.ahead('workspace.info', {}, [topics.workspace]),
    queries.ahead('views.list', {}, viewTopics),
  ]);
  if (info != null && saved !== undefined) beginTable(info.root, saved);
  const { text, experimentId } = useFilters.getState().runs;
  return { ...useTable.getState().layout, filter: text, experimentId };
}

/**
 * The saved views. The table begins as the folder says, or as it was left there, and is kept as it
 * is whenever it changes.
 * @returns null until that is known
 */
export function useSavedViews(): Output<'views.list'> | null {
  const call = useCall();
  const online = useConnection().phase === 'online';
  const root =
    useOperation('workspace.info', {}, { topics: [topics.workspace] }).data?.root ?? null;
  const list = useOperation('views.list', {}, { topics: viewTopics });
  // A folder whose views cannot be read has none, and its runs are shown all the same.
  const saved = list.data ?? (list.error === null ? undefined : noViews);
  const known = useTable((state) => state.root);
  const layout = useTable((state) => state.layout);
  useEffect(() => {
    if (saved !== undefined && root !== null) beginTable(root, saved);
  }, [saved, root]);
  useEffect(() => {
    if (known === null || known !== root || !online || kept === layout) return;
    if (kept === null) {
      kept = layout;
      return;
    }
    const timer = setTimeout(() => {
      kept = layout;
      // It is a convenience: a folder that cannot be written to does without.
      call('views.keep', { state: { ...plainView, ...layout } }).catch(() => {});
    }, keepAfterMs);
    return () => clearTimeout(timer);
  }, [layout, known, root, online, call]);
  return known !== null && known === root ? (saved ?? null) : null;
}
