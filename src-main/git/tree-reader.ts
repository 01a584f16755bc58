/** Trees, with those read last kept: neighbouring commits share nearly all of theirs. */
import { ByteCache } from './byte-cache.ts';
import { corrupt } from './errors.ts';
import type { ObjectDatabase } from './object-database.ts';
import { type NamedEntry, parseCommit, parseTree } from './parse.ts';
import { peel } from './revision.ts';
import type { TreeEntry } from './types.ts';

const cachedBytes = 64 << 20;
/** What an entry takes in memory, roughly. */
const entryBytes = 200;
/** No real project nests deeper; a tree that contains itself would not end. */
const deepest = 1000;

export const directoryMode = '40000';

export class TreeReader {
  readonly #objects: ObjectDatabase;
  readonly #trees = new ByteCache<readonly NamedEntry[]>(cachedBytes);

  constructor(objects: ObjectDatabase) {
    this.#objects = objects;
  }

  /** Entries of one tree in Git's order. */
  entries(tree: string): readonly NamedEntry[] {
    const cached = this.#trees.get(tree);
    if (cached !== undefined) return cached;
    const entries = parseTree(tree, this.#objects.readAs(tree, 'tree'));
    this.#trees.set(tree, entries, 100 + entries.length * entryBytes);
    return entries;
  }

  /** What is at `path` (no trailing `/`) below a tree; null when there is nothing. */
  at(tree: string, path: string): TreeEntry | null {
    let entry: TreeEntry = { oid: tree, mode: directoryMode };
    if (path === '') return entry;
    for (const name of path.split('/')) {
      if (entry.mode !== directoryMode) return null;
      const next: NamedEntry | undefined = this.entries(entry.oid).find((e) => e.name === name);
      if (next === undefined) return null;
      entry = next;
    }
    return { oid: entry.oid, mode: entry.mode };
  }

  /** The tree of a commit, tag or tree. */
  treeOf(oid: string): string {
    const { type } = this.#objects.read(oid);
    if (type === 'tree') return oid;
    const commit = peel(oid, this.#objects, () => corrupt(`object ${oid} has no tree`));
    return parseCommit(commit, this.#objects.readAs(commit, 'commit')).tree;
  }

  /** Every file below a tree, by path with `prefix` before it. */
  files(tree: string, prefix = '', into = new Map<string, TreeEntry>(), depth = 0) {
    if (depth > deepest) throw corrupt(`tree ${tree} is nested too deeply`);
    for (const { name, mode, oid } of this.entries(tree)) {
      const path = prefix + name;
      if (mode === directoryMode) this.files(oid, `${path}/`, into, depth + 1);
      else into.set(path, { oid, mode });
    }
    return into;
  }
}
