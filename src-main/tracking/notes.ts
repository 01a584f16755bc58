/** Free notes of the timeline. Every earlier text is kept. */
import { CairnError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import * as noteStore from '../store/notes.ts';
import type { Store } from '../store/store.ts';

export class Notes {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @param at where it stands in the timeline, epoch ms; now when null */
  create(body: string, at: number | null): string {
    const id = newId();
    const now = Date.now();
    this.#store.transaction(() =>
      noteStore.insertNote(this.#store, {
        id,
        at: at ?? now,
        updated_at: now,
        body,
        deleted_at: null,
      }),
    );
    return id;
  }

  update(id: string, body: string): void {
    this.#store.transaction(() => {
      const before = this.#note(id);
      if (before.body !== body) noteStore.updateNote(this.#store, before, body, Date.now());
    });
  }

  /** Takes the note out of the timeline; {@link restore} brings it back. */
  delete(id: string): void {
    this.#setDeleted(id, Date.now());
  }

  restore(id: string): void {
    this.#setDeleted(id, null);
  }

  #setDeleted(id: string, at: number | null): void {
    this.#store.transaction(() => {
      this.#note(id);
      noteStore.setNoteDeleted(this.#store, id, at);
    });
  }

  #note(id: string): noteStore.NoteRecord {
    const note = noteStore.readNote(this.#store, id);
    if (note === undefined)
      throw new CairnError('not-found', `There is no note with the id ${id}.`);
    return note;
  }
}
