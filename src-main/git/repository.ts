/** A Git repository as the workspace at `root` sees it. */
import { BaseRepository } from './base-repository.ts';
import { type GitMachine, thisMachine } from './config.ts';
import { diffTrees } from './diff-trees.ts';
import { readHead } from './head.ts';
import { IgnoreRules } from './ignore-rules.ts';
import { readIndex } from './index-file.ts';
import { changeIndex } from './index-write.ts';
import { findLayout, type Layout } from './layout.ts';
import type { NamedEntry } from './parse.ts';
import { type RefLogEntry, readRefLog } from './ref-log.ts';
import { peel } from './revision.ts';
import { takeSnapshot } from './snapshot.ts';
import { readStatus } from './status.ts';
import type {
  Head,
  HistoryOptions,
  Ref,
  Snapshot,
  SnapshotOptions,
  StatusEntry,
  StatusOptions,
  TreeChange,
  TreeEntry,
} from './types.ts';

const refKinds: readonly (readonly [string, Ref['kind']])[] = [
  ['refs/heads/', 'branch'],
  ['refs/remotes/', 'remote'],
  ['refs/tags/', 'tag'],
];

export class Repository extends BaseRepository {
  #headFiles: { tree: string; files: ReadonlyMap<string, TreeEntry> } | null = null;

  /**
   * Opens the repository that `root` lies in. Null when there is none, or when one further up
   * ignores the folder: then it is not part of that code.
   * @throws CairnError `corrupt` when it is damaged, `unsupported` for SHA-256 or reftable.
   */
  static async open(root: string, machine = thisMachine()): Promise<Repository | null> {
    const layout = findLayout(root, machine);
    if (layout === null || isForeign(layout, machine)) return null;
    const repository = new Repository(layout, machine);
    try {
      repository.objects.refresh();
      const { oid } = repository.head();
      if (oid !== null) repository.commits.read(oid);
      return repository;
    } catch (error) {
      repository.close();
      throw error;
    }
  }

  /** Absolute folder of the work tree: `root`, or above it. */
  get workTree(): string {
    return this.layout.workTree;
  }

  /** `root` relative to the work tree with a trailing `/`, or empty. */
  get prefix(): string {
    return this.layout.prefix;
  }

  /** Absolute folders whose HEAD, packed refs and `refs/` tell of every change of history. */
  watchedFolders(): readonly string[] {
    return [...new Set([this.layout.gitDir, this.layout.commonDir])];
  }

  head(): Head {
    return readHead(this.layout, this.refReader);
  }

  /** Branches, remote branches and tags; HEAD too when it is detached. Not Cairn's or DVC's own. */
  refs(): Ref[] {
    const found: Ref[] = [];
    const head = this.refReader.read('HEAD');
    if (head !== null && 'oid' in head) {
      found.push({ name: 'HEAD', label: 'HEAD', kind: 'head', oid: head.oid });
    }
    for (const [name, oid] of this.refReader.list(['refs/heads', 'refs/remotes', 'refs/tags'])) {
      const kind = refKinds.find(([folder]) => name.startsWith(folder));
      if (kind === undefined || /^refs\/remotes\/[^/]+\/HEAD$/.test(name)) continue;
      const commit = this.#commitOf(oid);
      if (commit === null) continue;
      found.push({ name, label: name.slice(kind[0].length), kind: kind[1], oid: commit });
    }
    return found;
  }

  /** DVC's own refs, below `refs/exps/`, and the commits that they name. */
  experimentRefs(): ReadonlyMap<string, string> {
    return this.refReader.list(['refs/exps']);
  }

  /** What a ref was, the oldest first; empty where Git keeps no log of it. */
  refLog(name: string): readonly RefLogEntry[] {
    return readRefLog(this.layout, name);
  }

  /** Reads the commits that HEAD and `refs()` lead to, stopping at known ones. */
  async readHistory(options: HistoryOptions): Promise<void> {
    const head = this.head().oid;
    const tips = this.refs().map((ref) => ref.oid);
    await this.commits.history(head === null ? tips : [head, ...tips], options);
  }

  /**
   * The commit that history shows for `oid`: itself, or in a folder below the work tree the nearest
   * one before it that changed the folder; null when there is none.
   */
  shownCommit(oid: string): string | null {
    return this.commits.shown(oid);
  }

  /** Entries of one tree, folders among them. Those read last are kept. */
  treeEntries(tree: string): readonly NamedEntry[] {
    return this.trees.entries(tree);
  }

  /** What is at `path` below a tree. */
  entryAt(tree: string, path: string): TreeEntry | null {
    return this.trees.at(tree, path);
  }

  /** Changes from one tree to another without looking for renames: fast. */
  changedPaths(left: string | null, right: string | null): TreeChange[] {
    return diffTrees(this.trees, left, right);
  }

  /** Files that differ from HEAD, untracked ones among them. */
  async status(options: StatusOptions): Promise<StatusEntry[]> {
    return readStatus(this.place, this.#filesOfHead(this.head()), options);
  }

  async snapshot(options: SnapshotOptions): Promise<Snapshot> {
    const head = this.head();
    return takeSnapshot(this.place, head, this.#filesOfHead(head), options);
  }

  /** What the index knows of paths of the workspace: null for those that are not tracked. */
  indexEntries(paths: readonly string[]): Record<string, { oid: string; mode: number } | null> {
    const { entries } = readIndex(this.layout.gitDir);
    return Object.fromEntries(
      paths.map((path) => {
        const found = entries.get(this.prefix + path);
        return [
          path,
          found === undefined ? null : { oid: found.oid, mode: parseInt(found.mode, 8) },
        ];
      }),
    );
  }

  /**
   * Puts entries into the index, and takes those that are null out, in one write.
   * @throws CairnError `locked` while Git holds the index
   */
  async setIndexEntries(
    change: Readonly<Record<string, { oid: string; mode: number } | null>>,
  ): Promise<void> {
    const now = this.indexEntries(Object.keys(change));
    const different = Object.entries(change).filter(
      ([path, entry]) => entry?.oid !== now[path]?.oid || entry?.mode !== now[path]?.mode,
    );
    await changeIndex(
      this.layout,
      new Map(different.map(([path, entry]) => [this.prefix + path, entry])),
    );
  }

  #commitOf(oid: string): string | null {
    const notCommit = new Error('not a commit');
    try {
      return peel(oid, this.objects, () => notCommit);
    } catch (error) {
      if (error === notCommit) return null;
      throw error;
    }
  }

  /** By path relative to the work tree. */
  #filesOfHead({ oid }: Head): ReadonlyMap<string, TreeEntry> {
    if (oid === null) return new Map();
    const { tree } = this.commits.read(oid);
    if (this.#headFiles?.tree !== tree) {
      this.#headFiles = { tree, files: this.trees.files(tree) };
    }
    return this.#headFiles.files;
  }
}

/** Whether a repository further up ignores the opened folder and tracks nothing in it. */
function isForeign(layout: Layout, machine: GitMachine): boolean {
  if (!IgnoreRules.above(layout, machine).ignored) return false;
  const paths = readIndex(layout.gitDir).entries.keys();
  return !paths.some((path) => path.startsWith(layout.prefix));
}
