/**
 * Undo and redo of the workspace's edits. Every edit has a kind, and every kind says here how to
 * bring things to one of the two states that its edits keep.
 */
import { CairnError } from '../base/errors.ts';
import type { UndoState } from '../contract/experiments.ts';
import type { Store } from '../store/store.ts';
import {
  markUndone,
  pushEdit,
  readRedoable,
  readUndoable,
  type UndoRecord,
} from '../store/undo.ts';

/**
 * How edits of one kind are turned round. `state` is the `before` of an edit when it is undone, its
 * `after` when it is redone. What is returned, unless nothing, takes the place of the other one.
 */
export type EditKind =
  /** Changes only the store: called within the transaction that marks the edit as undone. */
  | { readonly inStore: (state: never) => unknown }
  /** Changes files: the edit is marked once it is done, and stays as it was when this throws. */
  | { readonly onDisk: (state: never) => Promise<unknown> };

export type EditKinds = Readonly<Record<string, EditKind>>;

/** Adds an edit that was made. Call inside the transaction that makes it. */
export function recordEdit(
  store: Store,
  edit: {
    readonly kind: string;
    /** What was done, in words: the menu says “Undo: …”. */
    readonly label: string;
    readonly before: unknown;
    readonly after: unknown;
  },
): void {
  pushEdit(store, {
    at: Date.now(),
    kind: edit.kind,
    label: edit.label,
    before: JSON.stringify(edit.before),
    after: JSON.stringify(edit.after),
  });
}

/** What undo and redo would do next. */
export function readUndoState(store: Store): UndoState {
  return { undo: readUndoable(store)?.label ?? null, redo: readRedoable(store)?.label ?? null };
}

export class UndoLog {
  readonly #store: Store;
  readonly #load: () => EditKinds | Promise<EditKinds>;

  /** @param load asked for the kinds when an edit is to be turned round: most of a program's life is without */
  constructor(store: Store, load: () => EditKinds | Promise<EditKinds>) {
    this.#store = store;
    this.#load = load;
  }

  state(): UndoState {
    return readUndoState(this.#store);
  }

  /** @throws CairnError `not-found` when there is nothing to undo, and what the kind throws */
  undo(): Promise<UndoState> {
    return this.#turn('undo');
  }

  /** @throws CairnError `not-found` when there is nothing to redo, and what the kind throws */
  redo(): Promise<UndoState> {
    return this.#turn('redo');
  }

  async #turn(way: 'undo' | 'redo'): Promise<UndoState> {
    const store = this.#store;
    const kinds = await this.#load();
    const read = way === 'undo' ? readUndoable : readRedoable;
    const next = (): UndoRecord => {
      const edit = read(store);
      if (edit !== undefined) return edit;
      throw new CairnError(
        'not-found',
        way === 'undo' ? 'There is nothing to undo.' : 'There is nothing to redo.',
      );
    };
    const kind = kindOf(kinds, next());
    if ('onDisk' in kind) {
      const edit = next();
      const reverse = await kind.onDisk(stateOf(edit, way));
      store.transaction(() => mark(store, edit, way, reverse));
    } else {
      store.transaction(() => {
        // Another window may have turned one round meanwhile.
        const edit = next();
        const now = kindOf(kinds, edit);
        if ('onDisk' in now)
          throw new CairnError('conflict', 'Something else was changed meanwhile. Try again.');
        mark(store, edit, way, now.inStore(stateOf(edit, way)));
      });
    }
    return this.state();
  }
}

function kindOf(kinds: EditKinds, edit: UndoRecord): EditKind {
  const kind = kinds[edit.kind];
  if (kind !== undefined) return kind;
  throw new CairnError(
    'unsupported',
    `“${edit.label}” was done by a newer Cairn, and only that can take it back.`,
  );
}

function stateOf(edit: UndoRecord, way: 'undo' | 'redo'): never {
  return JSON.parse(way === 'undo' ? edit.before : edit.after) as never;
}

function mark(store: Store, edit: UndoRecord, way: 'undo' | 'redo', reverse: unknown): void {
  const other = way === 'undo' ? 'after' : 'before';
  const changed = reverse === undefined ? {} : { [other]: JSON.stringify(reverse) };
  markUndone(store, { ...edit, ...changed, undone: way === 'undo' ? 1 : 0 });
}
