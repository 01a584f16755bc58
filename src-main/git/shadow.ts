/** Snapshots of a folder without Git: a repository of Cairn's own inside the store's folder. */
import type {
  CodeStore,
  Commit,
  Snapshot,
  SnapshotOptions,
  TreeChange,
  TreeEntry,
} from './types.ts';

export class ShadowRepository implements CodeStore {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /**
   * Opens `<storeDir>/shadow.git`, making it when it is not there.
   * @param root absolute folder whose files are kept
   */
  static async open(_storeDir: string, root: string): Promise<ShadowRepository> {
    return new ShadowRepository(root);
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

  async snapshot(_options: SnapshotOptions): Promise<Snapshot> {
    throw new Error('being written');
  }

  close(): void {}
}
