/** Contents by hash: from the object cache, or from what Cairn kept for its runs. */
import { Ignored } from '../../pipelines/ignored.ts';
import { workspaceReader } from '../../pipelines/index.ts';
import type { DiffSession } from './context.ts';

/** Absolute path of a content, or null when it is not on this machine. */
export function contentPath(session: DiffSession, hash: string): string | null {
  const { objects, kept } = session;
  return objects.path(hash) ?? kept.path(hash) ?? onRemote(session, hash)?.path ?? null;
}

/** Where a remote that is a folder has a content. */
export function onRemote(
  session: Pick<DiffSession, 'remotes'>,
  hash: string,
): { readonly name: string; readonly path: string } | null {
  for (const { name, objects } of session.remotes()) {
    const path = objects.path(hash);
    if (path !== null) return { name, path };
  }
  return null;
}

/** The files of a directory by its hash; null when its list is not on this machine. */
export async function readManifest(session: DiffSession, hash: string) {
  const { objects, kept } = session;
  for (const store of [objects, kept]) {
    const found = await store.readManifest(hash);
    if (found !== null) return found;
  }
  for (const remote of session.remotes()) {
    const found = await remote.objects.readManifest(hash);
    if (found !== null) return found;
  }
  return null;
}

/** What `.dvcignore` leaves out of a directory, for hashing it as DVC does. */
export function ignoreInside({ workspace }: DiffSession, path: string) {
  return new Ignored(workspaceReader(workspace.root)).inside(path);
}
