/** Snapshots of a folder without Git: a repository of Cairn's own inside the store's folder. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BaseRepository } from './base-repository.ts';
import { thisMachine } from './config.ts';
import { bareLayout } from './layout.ts';
import { safeFs } from './safe-fs.ts';
import { takeSnapshot } from './snapshot.ts';
import type { Snapshot, SnapshotOptions } from './types.ts';

export class ShadowRepository extends BaseRepository {
  /**
   * Opens `<storeDir>/shadow.git`, making it when it is not there.
   * @param root absolute folder whose files are kept; its ignore files are honoured
   */
  static async open(
    storeDir: string,
    root: string,
    machine = thisMachine(),
  ): Promise<ShadowRepository> {
    const existing = ShadowRepository.existing(storeDir, root, machine);
    if (existing !== null) return existing;
    const gitDir = join(storeDir, 'shadow.git');
    const { init } = await import('isomorphic-git');
    await init({ fs: safeFs, gitdir: gitDir, bare: true, defaultBranch: 'main' });
    return new ShadowRepository(bareLayout(gitDir, root, machine), machine);
  }

  /** As {@link open}, but null when it is not there (yet: a runner of another process makes it). */
  static existing(
    storeDir: string,
    root: string,
    machine = thisMachine(),
  ): ShadowRepository | null {
    const gitDir = join(storeDir, 'shadow.git');
    const there = existsSync(join(gitDir, 'HEAD')) && existsSync(join(gitDir, 'objects'));
    return there ? new ShadowRepository(bareLayout(gitDir, root, machine), machine) : null;
  }

  /** As of a repository, but without a parent, and without dirty files: there is no base. */
  async snapshot(options: SnapshotOptions): Promise<Snapshot> {
    const head = { oid: null, branch: null, operation: null };
    return { ...(await takeSnapshot(this.place, head, new Map(), options)), dirtyFiles: [] };
  }
}
