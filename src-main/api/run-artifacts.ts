/** The files that lie with a run, listed for the window. */
import { type Dirent, existsSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CairnError } from '../base/errors.ts';
import type { Output } from '../contract/index.ts';
import { readRun } from '../store/runs.ts';
import { artifactFolder, resolveArtifact } from '../tracking/artifacts.ts';
import type { Session } from './session.ts';

const deepest = 16;

/**
 * At most `limit` files, the nearest to the folder first. Links are left out.
 * @throws CairnError `not-found` when there is no such run
 */
export async function listRunArtifacts(
  session: Pick<Session, 'store' | 'workspace'>,
  id: string,
  limit: number,
): Promise<Output<'sources.artifacts'>> {
  const run = readRun(session.store, id);
  if (run === undefined) throw new CairnError('not-found', `There is no run with the id ${id}.`);
  const { storeDir, root } = session.workspace;
  const folder = artifactFolder(storeDir, root, run);
  if (folder === null || !existsSync(folder.path)) return { folder: null, files: [], cut: false };
  // A link in the folder's own place must not lead out of the workspace.
  if (!folder.writable)
    await resolveArtifact({ path: root, writable: false }, [run.artifact_root ?? '']);
  const files: Output<'sources.artifacts'>['files'] = [];
  let level = [''];
  for (let depth = 0; depth < deepest && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const prefix of level) {
      for (const entry of await entriesOf(join(folder.path, prefix))) {
        const path = prefix + entry.name;
        if (entry.isDirectory()) next.push(`${path}/`);
        if (!entry.isFile()) continue;
        if (files.length === limit) return { folder: folder.path, files, cut: true };
        const stat = await lstat(join(folder.path, path)).catch(() => null);
        if (stat !== null) files.push({ path, size: stat.size, modifiedAt: stat.mtimeMs });
      }
    }
    level = next;
  }
  return { folder: folder.path, files, cut: level.length > 0 };
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
