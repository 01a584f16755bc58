/** Contents by hash: from the object cache, or from what Cairn kept for its runs. */
import { Ignored } from '../../pipelines/ignored.ts';
import { workspaceReader } from '../../pipelines/index.ts';
import type { DiffSession } from './context.ts';

/** Absolute path of a content, or null when it is not on this machine. */
export function contentPath({ objects, kept }: DiffSession, hash: string): string | null {
  return objects.path(hash) ?? kept.path(hash);
}

/** The files of a directory by its hash; null when its list is not on this machine. */
export async function readManifest({ objects, kept }: DiffSession, hash: string) {
  return (await objects.readManifest(hash)) ?? (await kept.readManifest(hash));
}

/** What `.dvcignore` leaves out of a directory, for hashing it as DVC does. */
export function ignoreInside({ workspace }: DiffSession, path: string) {
  return new Ignored(workspaceReader(workspace.root)).inside(path);
}
