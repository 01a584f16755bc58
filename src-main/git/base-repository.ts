/** What a repository and a shadow repository have in common: reading commits and their files. */
import { join } from 'node:path';
import type { Place } from './code-state.ts';
import type { GitMachine } from './config.ts';
import { diffTrees } from './diff-trees.ts';
import { CommitReader } from './history.ts';
import type { Layout } from './layout.ts';
import { ObjectDatabase } from './object-database.ts';
import { parseTag } from './parse.ts';
import { RefReader } from './refs.ts';
import { findRenames } from './renames.ts';
import { resolveRevision } from './revision.ts';
import { safeFs } from './safe-fs.ts';
import { directoryMode, TreeReader } from './tree-reader.ts';
import type {
  CodeStore,
  Commit,
  Snapshot,
  SnapshotOptions,
  TreeChange,
  TreeEntry,
} from './types.ts';

/** Every method that reads throws CairnError `corrupt` where an object is missing or damaged. */
export abstract class BaseRepository implements CodeStore {
  protected readonly layout: Layout;
  protected readonly machine: GitMachine;
  protected readonly objects: ObjectDatabase;
  protected readonly refReader: RefReader;
  protected readonly trees: TreeReader;
  protected readonly commits: CommitReader;

  protected constructor(layout: Layout, machine: GitMachine) {
    this.layout = layout;
    this.machine = machine;
    this.objects = new ObjectDatabase(join(layout.commonDir, 'objects'));
    this.refReader = new RefReader(layout);
    this.trees = new TreeReader(this.objects);
    this.commits = new CommitReader(layout, this.objects, this.trees);
  }

  protected get place(): Place {
    return { layout: this.layout, machine: this.machine, objects: this.objects };
  }

  resolve(revision: string): string {
    return resolveRevision(revision, this.refReader, this.objects, (oid) =>
      this.commits.isRoot(oid),
    );
  }

  readCommit(oid: string): Commit {
    return this.commits.read(oid);
  }

  listTree(commit: string): Map<string, TreeEntry> {
    const tree = this.treeOf(commit);
    return tree === null ? new Map() : this.trees.files(tree);
  }

  readBlob(commit: string, path: string): Uint8Array | null {
    const tree = this.treeOf(commit);
    const entry = tree === null ? null : this.trees.at(tree, path);
    if (entry === null || entry.mode === directoryMode || entry.mode === '160000') return null;
    return this.objects.readAs(entry.oid, 'blob');
  }

  readObject(oid: string): Uint8Array {
    return this.objects.read(oid).data;
  }

  diffTrees(left: string | null, right: string | null): TreeChange[] {
    const changes = diffTrees(
      this.trees,
      left === null ? null : this.treeOf(left),
      right === null ? null : this.treeOf(right),
    );
    return findRenames(changes, (oid) =>
      this.objects.has(oid) ? this.objects.readAs(oid, 'blob') : null,
    );
  }

  abstract snapshot(options: SnapshotOptions): Promise<Snapshot>;

  async forget(ref: `refs/cairn/${string}`): Promise<void> {
    const { deleteRef } = await import('isomorphic-git');
    await deleteRef({ fs: safeFs, gitdir: this.layout.commonDir, ref });
  }

  close(): void {
    this.objects.close();
  }

  /**
   * Tree of the opened folder in a commit or annotated tag (null when the commit does not have the
   * folder); a tree is given back as it is.
   */
  treeOf(oid: string): string | null {
    const object = this.objects.read(oid);
    if (object.type === 'tree') return oid;
    if (object.type === 'tag') return this.treeOf(parseTag(oid, object.data).object);
    return this.commits.tree(this.commits.read(oid));
  }
}
