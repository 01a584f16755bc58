/** Files that a run logged beside its outputs. */
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Side } from '../../../contract/diff.ts';
import { readRun } from '../../../store/runs.ts';
import { artifactFolder } from '../../../tracking/artifacts.ts';
import type { DiffSession } from '../context.ts';

const deepest = 12;
const most = 5000;

/** Nearest to the folder first; links are left out. */
export async function listArtifacts(
  { store, workspace }: DiffSession,
  side: Side,
): Promise<{ path: string; sizeBytes: number }[]> {
  const run = side.runId === null ? undefined : readRun(store, side.runId);
  const folder = run && artifactFolder(workspace.storeDir, workspace.root, run);
  if (!folder) return [];
  const files: { path: string; sizeBytes: number }[] = [];
  let level = [''];
  for (let depth = 0; depth < deepest && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const prefix of level) {
      const entries = await readdir(join(folder.path, prefix), { withFileTypes: true }).catch(
        () => [],
      );
      for (const entry of entries) {
        const path = prefix + entry.name;
        if (entry.isDirectory()) next.push(`${path}/`);
        if (!entry.isFile()) continue;
        if (files.length >= most) return files;
        const found = await lstat(join(folder.path, path)).catch(() => null);
        if (found !== null) files.push({ path, sizeBytes: found.size });
      }
    }
    level = next;
  }
  return files;
}
