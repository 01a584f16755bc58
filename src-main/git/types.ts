/** What the rest of the program sees of Git. Object ids are 40 lower-case hex digits (SHA-1). */
import type { Work } from '../base/progress.ts';

/** A Git author or committer line. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** Epoch ms. */
  readonly at: number;
}

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  /** First line of the message. */
  readonly subject: string;
  /** The message after the subject, without the blank line between. */
  readonly body: string;
}

/** Modes as Git writes them: `100644`, `100755`, `120000` link, `160000` submodule, `40000` tree. */
export type FileMode = '100644' | '100755' | '120000' | '160000' | '40000';

export interface TreeEntry {
  readonly oid: string;
  readonly mode: FileMode;
}

/** An operation that Git has begun and not finished. */
export type GitOperation = 'merge' | 'rebase' | 'cherry-pick' | 'revert' | 'bisect' | 'am';

export interface Head {
  /** Null in a repository without commits. */
  readonly oid: string | null;
  /** Short branch name; null when HEAD is detached. */
  readonly branch: string | null;
  readonly operation: GitOperation | null;
}

/** A branch, remote branch or tag, and the commit it leads to. */
export interface Ref {
  /** `refs/heads/main`, or `HEAD` when detached. */
  readonly name: string;
  /** `main`, `origin/main`, `v1.0` */
  readonly label: string;
  readonly kind: 'branch' | 'remote' | 'tag' | 'head';
  readonly oid: string;
}

/** One difference between two trees. Paths are relative to the workspace root. */
export interface TreeChange {
  readonly path: string;
  /** The old path of a renamed file. */
  readonly from: string | null;
  readonly change: 'added' | 'removed' | 'modified' | 'renamed';
  readonly oldOid: string | null;
  readonly newOid: string | null;
  readonly oldMode: FileMode | null;
  readonly newMode: FileMode | null;
}

export interface StatusEntry {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'modified' | 'untracked' | 'conflicted';
}

export interface StatusOptions extends Work {
  /** Paths (relative to the workspace root) to leave out, besides what Git ignores. */
  readonly ignore?: (path: string, directory: boolean) => boolean;
  /** Absolute path of the cache of blob ids by stat, in the user's cache folder. */
  readonly statCacheFile: string | null;
}

export interface HistoryOptions extends Work {
  /** Commits that were read before; their ancestors are taken to be known too. */
  readonly known: (oid: string) => boolean;
  /** Called with commits, every parent before its children. */
  readonly onCommits: (batch: readonly Commit[]) => void | Promise<void>;
}

export interface LargeFile {
  readonly path: string;
  readonly size: number;
  /** As `hashLarge` gave it. */
  readonly hash: string | null;
}

export interface SnapshotOptions extends StatusOptions {
  /** `refs/cairn/runs/<id>` */
  readonly ref: string;
  readonly message: string;
  /** Untracked or changed files above this size are listed, not stored. Default 10 MB. */
  readonly maxFileBytes?: number;
  /**
   * Untracked content of one snapshot, the smallest files first; what is beyond is listed like a
   * large file. Keeps an untracked folder of a million images out of `.git`. Default 500 MB.
   */
  readonly maxTotalBytes?: number;
  /** Gives the content hash of a file that is only listed (DVC's MD5). */
  readonly hashLarge?: (absolute: string) => Promise<string | null>;
}

export interface Snapshot {
  readonly commit: string;
  /** The commit HEAD named, or null. */
  readonly baseCommit: string | null;
  readonly branch: string | null;
  /** Paths that differ from `baseCommit`, sorted. All paths when there is none. */
  readonly dirtyFiles: readonly string[];
  readonly largeFiles: readonly LargeFile[];
}

/** What both a repository and the shadow of a folder without Git can do. */
export interface CodeStore {
  /** Full commit id of a branch, tag, abbreviated id, `HEAD~2`, `v1^`, or a ref. */
  resolve(revision: string): string;
  readCommit(oid: string): Commit;
  /** Every file of a commit (or tree), by path relative to the workspace root. */
  listTree(commit: string): Map<string, TreeEntry>;
  /** The content of one file in a commit; null where there is no such file. */
  readBlob(commit: string, path: string): Uint8Array | null;
  readObject(oid: string): Uint8Array;
  /** Changes from one commit to another, with renames. Null stands for the empty tree. */
  diffTrees(left: string | null, right: string | null): TreeChange[];
  snapshot(options: SnapshotOptions): Promise<Snapshot>;
  /** Removes a ref of a snapshot; its objects go when Git collects them. */
  forget(ref: `refs/cairn/${string}`): Promise<void>;
  close(): void;
}
