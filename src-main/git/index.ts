/**
 * Git without `git`: history, trees, status and snapshots of the code as it is. Reading is our own
 * (packs are read in place and in part, worktrees and alternates are followed); what is written
 * goes through isomorphic-git, into the object store and `refs/cairn/`. HEAD and the working tree are
 * never touched; the index only to let tracked files keep their history when the user has Cairn
 * rename them (`index-write.ts`), and only then Git's lock of it is taken.
 */
export { blobHash } from './blob-content.ts';
export { Repository } from './repository.ts';
export { ShadowRepository } from './shadow.ts';
export type { CodeStore, Commit, Ref, StatusEntry, TreeChange, TreeEntry } from './types.ts';
