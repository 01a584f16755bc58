/** Notes in memory for the made-up core: texts with their history, pictures, and no files. */
import { CairnError } from '../../src-main/base/errors.ts';
import type { NoteCell } from '../../src-main/contract/timeline.ts';
import type { Handlers } from '../../src-main/rpc/index.ts';
import { fakeId } from './fake-runs.ts';

type NoteOperation = Extract<keyof Handlers, `notes.${string}`>;

export class FakeNotes {
  cells: NoteCell[];
  readonly #deleted = new Map<string, NoteCell>();
  readonly #versions: { owner: string; at: number; body: string }[] = [];
  readonly #images = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #changed: () => void;

  constructor(cells: NoteCell[], changed: () => void) {
    this.cells = cells;
    this.#changed = changed;
    for (const { id, at, body } of cells) this.keep(id, body, at);
  }

  keep(owner: string, body: string, at = Date.now()): void {
    this.#versions.push({ owner, at, body });
  }

  readonly handlers: Pick<Handlers, NoteOperation> = {
    'notes.create': async ({ body }) => {
      const id = fakeId(70_000 + this.cells.length + this.#deleted.size);
      const now = Date.now();
      this.cells.push({ kind: 'note', key: `note:${id}`, id, at: now, updatedAt: now, body });
      this.keep(id, body);
      this.#changed();
      return { id };
    },
    'notes.update': async ({ id, body }) => {
      this.cells = this.cells.map((note) => (note.id === id ? { ...note, body } : note));
      this.keep(id, body);
      this.#changed();
      return {};
    },
    'notes.delete': async ({ id }) => {
      const note = this.cells.find((one) => one.id === id);
      if (note) this.#deleted.set(id, note);
      this.cells = this.cells.filter((one) => one.id !== id);
      this.#changed();
      return {};
    },
    'notes.restore': async ({ id }) => {
      const note = this.#deleted.get(id);
      if (note) this.cells.push(note);
      this.#changed();
      return {};
    },
    'notes.history': async ({ id }) => ({
      versions: this.#versions
        .flatMap(({ owner, at, body }, version) =>
          owner === id ? [{ version, at, characters: body.length, start: body.slice(0, 160) }] : [],
        )
        .reverse(),
    }),
    'notes.version': async ({ version }) => {
      const found = this.#versions[version];
      if (found === undefined) throw new CairnError('not-found', 'There is no such text.');
      return { at: found.at, body: found.body };
    },
    'notes.addImage': async ({ bytes }) => {
      const name = `${this.#images.size.toString(16).padStart(64, '0')}.png`;
      this.#images.set(name, new Uint8Array(bytes));
      return { name };
    },
    'notes.image': async ({ name }) => {
      const bytes = this.#images.get(name);
      if (bytes === undefined) throw new CairnError('not-found', 'There is no such picture.');
      return { type: 'image/png', bytes };
    },
    'notes.files': async ({ paths }) => ({
      files: paths.map((path) =>
        path.startsWith('data/')
          ? { path, kind: 'file' as const, size: 15_000, modifiedAt: Date.now() - 86_400_000 }
          : { path, kind: 'missing' as const, size: null, modifiedAt: null },
      ),
    }),
  };
}
