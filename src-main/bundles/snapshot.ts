/** The code of a run, asked whether it holds what went into the run. */
import { createHash } from 'node:crypto';
import { serialiseManifest } from '../cas/index.ts';
import type { CodeStore, TreeEntry } from '../git/index.ts';

export class Snapshot {
  /** Every file by path. */
  readonly files: ReadonlyMap<string, TreeEntry>;
  readonly #code: CodeStore;

  constructor(code: CodeStore, commit: string) {
    this.#code = code;
    this.files = code.listTree(commit);
  }

  /** @param hash DVC's, of the file or (`….dir`) the whole directory */
  holds(path: string, hash: string): boolean {
    if (!hash.endsWith('.dir')) return this.#fileHash(path) === hash;
    const folder = `${path}/`;
    const inside = [...this.files.keys()].filter((name) => name.startsWith(folder));
    const entries = inside.map((name) => ({
      path: name.slice(folder.length),
      hash: this.#fileHash(name) ?? '',
    }));
    return entries.length > 0 && `${md5(serialiseManifest(entries))}.dir` === hash;
  }

  #fileHash(path: string): string | null {
    const entry = this.files.get(path);
    // What a link or a submodule leads to is not in the snapshot.
    if (entry === undefined || !entry.mode.startsWith('100')) return null;
    return md5(this.#code.readObject(entry.oid));
  }
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
