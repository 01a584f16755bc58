/** Views of the runs table, kept with the workspace. */
import { z } from 'zod';
import { CairnError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { type SavedView, savedView, type ViewState, viewState } from '../contract/views.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { type EditKind, recordEdit } from './undo.ts';

const viewsSetting = 'runs.views';
const currentSetting = 'runs.table';
/** A list longer than this is no help to anybody. */
const mostViews = 500;

const kept = z.object({ views: z.array(savedView), standard: z.string().nullable() });
type Kept = z.infer<typeof kept>;

/** The views, and how the table was left. What cannot be read counts as not there. */
export function readViews(store: Store): Kept & { current: ViewState | null } {
  const current = viewState.safeParse(parse(readSetting(store, currentSetting)));
  return { ...readKept(store), current: current.success ? current.data : null };
}

/** Keeps how the table is, for the next time. */
export function keepCurrent(store: Store, state: ViewState): void {
  const text = JSON.stringify(state);
  if (readSetting(store, currentSetting) !== text) writeSetting(store, currentSetting, text);
}

/**
 * Saves a view, under a new id when `id` is null.
 * @throws CairnError `not-found` for an id that is not there, `conflict` for a name that another has
 */
export function saveView(
  store: Store,
  view: { readonly id: string | null; readonly name: string; readonly state: ViewState },
): string {
  const saved: SavedView = { ...view, id: view.id ?? newId() };
  edit(store, 'Save a view', (before) => {
    requireFreeName(before, view.name, view.id);
    if (view.id === null) {
      if (before.views.length >= mostViews) {
        throw new CairnError(
          'invalid',
          `There are ${mostViews} views already. Delete some that nobody uses.`,
        );
      }
      return { ...before, views: [...before.views, saved] };
    }
    return changed(before, view.id, () => saved);
  });
  return saved.id;
}

/** @throws CairnError `not-found`, `conflict` as {@link saveView} */
export function renameView(store: Store, id: string, name: string): void {
  edit(store, 'Rename a view', (before) => {
    requireFreeName(before, name, id);
    return changed(before, id, (view) => ({ ...view, name }));
  });
}

/** @throws CairnError `not-found` */
export function removeView(store: Store, id: string): void {
  edit(store, 'Delete a view', (before) => {
    requireView(before, id);
    return {
      views: before.views.filter((view) => view.id !== id),
      standard: before.standard === id ? null : before.standard,
    };
  });
}

/** The view that a table begins with; null for none. @throws CairnError `not-found` */
export function setStandardView(store: Store, id: string | null): void {
  edit(store, 'Choose the view to begin with', (before) => {
    if (id !== null) requireView(before, id);
    return { ...before, standard: id };
  });
}

/** Edits of the views, as the undo log knows them. */
export function viewEdits(store: Store): EditKind {
  return { inStore: (state: Kept) => write(store, state) };
}

function edit(store: Store, label: string, change: (before: Kept) => Kept): void {
  store.transaction(() => {
    const before = readKept(store);
    const after = change(before);
    recordEdit(store, { kind: 'views', label, before, after });
    write(store, after);
  });
}

function write(store: Store, state: Kept): void {
  writeSetting(store, viewsSetting, JSON.stringify(state));
}

function readKept(store: Store): Kept {
  const parsed = kept.safeParse(parse(readSetting(store, viewsSetting)));
  return parsed.success ? parsed.data : { views: [], standard: null };
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function changed(before: Kept, id: string, change: (view: SavedView) => SavedView): Kept {
  requireView(before, id);
  return { ...before, views: before.views.map((view) => (view.id === id ? change(view) : view)) };
}

function requireView({ views }: Kept, id: string): void {
  if (views.some((view) => view.id === id)) return;
  throw new CairnError('not-found', 'This view is not there any more. Somebody has deleted it.');
}

function requireFreeName({ views }: Kept, name: string, id: string | null): void {
  if (!views.some((view) => view.name === name && view.id !== id)) return;
  throw new CairnError('conflict', `There is a view “${name}” already. Choose another name.`);
}
