/**
 * Text that was written and is not stored yet, kept in the browser so that it outlives a reload, a
 * crash of the core and a closed window.
 */
export interface Draft {
  /** What the note said when the writing began. */
  readonly base: string;
  readonly text: string;
  /** Epoch ms. */
  readonly at: number;
}

/** As much of `localStorage` as is needed. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const prefix = 'cairn.draft ';

/** @param key the id of the note or the run, or a name for a note that does not exist yet */
export function readDraft(key: string, storage: DraftStorage = localStorage): Draft | null {
  try {
    const draft = JSON.parse(storage.getItem(prefix + key) ?? 'null') as Partial<Draft> | null;
    if (typeof draft?.text !== 'string' || typeof draft.base !== 'string') return null;
    return { base: draft.base, text: draft.text, at: Number(draft.at) };
  } catch {
    return null;
  }
}

export function keepDraft(key: string, draft: Draft, storage: DraftStorage = localStorage): void {
  try {
    storage.setItem(prefix + key, JSON.stringify(draft));
  } catch {
    // The storage is full or not allowed: the text is still in the editor and on its way.
  }
}

/** Forgets the draft once `text` is stored; a newer draft stays. */
export function dropDraft(
  key: string,
  text: string | null,
  storage: DraftStorage = localStorage,
): void {
  try {
    if (text === null || readDraft(key, storage)?.text === text) storage.removeItem(prefix + key);
  } catch {
    // As above.
  }
}
