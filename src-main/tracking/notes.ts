/** Free notes of the timeline, and what every note has said. */
import { CairnError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import * as versionStore from '../store/note-versions.ts';
import * as noteStore from '../store/notes.ts';
import type { Store } from '../store/store.ts';
import { keepVersion } from './note-versions.ts';

/** Versions that are listed; older ones stay in the store. */
const mostVersions = 500;

export class Notes {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * @param at where it stands in the timeline, epoch ms; now when null
   * @param session the editor that will save on
   */
  create(body: string, at: number | null, session: string | null = null): string {
    const id = newId();
    const now = Date.now();
    this.#store.transaction(() => {
      const record = { id, at: at ?? now, updated_at: now, body, deleted_at: null };
      noteStore.insertNote(this.#store, record);
      keepVersion(this.#store, id, { body: '', at: now }, body, { at: now, session });
    });
    return id;
  }

  update(id: string, body: string, session: string | null = null): void {
    this.#store.transaction(() => {
      const before = this.#note(id);
      if (before.body === body) return;
      const at = Date.now();
      const was = { body: before.body, at: before.updated_at };
      keepVersion(this.#store, id, was, body, { at, session });
      noteStore.updateNote(this.#store, id, body, at);
    });
  }

  /** Takes the note out of the timeline; {@link restore} brings it back. */
  delete(id: string): void {
    this.#setDeleted(id, Date.now());
  }

  restore(id: string): void {
    this.#setDeleted(id, null);
  }

  /** What a note, or the note of a run, has said: the present text first. @param owner its id */
  history(owner: string): ReturnType<typeof versionStore.readVersions> {
    return versionStore.readVersions(this.#store, owner, mostVersions);
  }

  /** @throws CairnError `not-found` */
  version(id: number): { body: string; at: number } {
    const version = versionStore.readVersion(this.#store, id);
    if (version === undefined)
      throw new CairnError('not-found', 'This text of the note is not kept any more.');
    return { body: version.body, at: version.at };
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
