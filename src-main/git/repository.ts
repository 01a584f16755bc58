/** A Git repository as the workspace at `root` sees it. */
import type {
  CodeStore,
  Commit,
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

export class Repository implements CodeStore {
  /** Absolute folder of the work tree: `root`, or above it. */
  readonly workTree: string;
  /** `root` relative to the work tree with a trailing `/`, or empty. */
  readonly prefix: string;

  private constructor(workTree: string, prefix: string) {
    this.workTree = workTree;
    this.prefix = prefix;
  }

  /**
   * Opens the repository that `root` lies in, or gives null when there is none.
   * @throws CairnError `corrupt` when it is damaged, `unsupported` for SHA-256 or reftable.
   */
  static async open(_root: string): Promise<Repository | null> {
    throw new Error('being written');
  }

  head(): Head {
    throw new Error('being written');
  }

  /** Branches, remote branches and tags; HEAD too when it is detached. Not Cairn's or DVC's own. */
  refs(): Ref[] {
    throw new Error('being written');
  }

  /** Reads commits reachable from HEAD and `refs()`, stopping at known ones. */
  async readHistory(_options: HistoryOptions): Promise<void> {
    throw new Error('being written');
  }

  resolve(_revision: string): string {
    throw new Error('being written');
  }

  readCommit(_oid: string): Commit {
    throw new Error('being written');
  }

  listTree(_commit: string): Map<string, TreeEntry> {
    throw new Error('being written');
  }

  readBlob(_commit: string, _path: string): Uint8Array | null {
    throw new Error('being written');
  }

  readObject(_oid: string): Uint8Array {
    throw new Error('being written');
  }

  diffTrees(_left: string | null, _right: string | null): TreeChange[] {
    throw new Error('being written');
  }

  /** Files that differ from HEAD, untracked ones among them. */
  async status(_options: StatusOptions): Promise<StatusEntry[]> {
    throw new Error('being written');
  }

  async snapshot(_options: SnapshotOptions): Promise<Snapshot> {
    throw new Error('being written');
  }

  close(): void {}
}
