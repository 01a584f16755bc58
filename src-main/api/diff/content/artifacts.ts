/** Files that a run logged beside its outputs. */
import type { Side } from '../../../contract/diff.ts';
import { listRunArtifacts } from '../../run-artifacts.ts';
import type { DiffSession } from '../context.ts';

const most = 5000;

/** Nearest to the folder first; links are left out. */
export async function listArtifacts(
  session: DiffSession,
  side: Side,
): Promise<{ path: string; sizeBytes: number }[]> {
  if (side.runId === null) return [];
  const { files } = await listRunArtifacts(session, side.runId, most);
  return files.map(({ path, size }) => ({ path, sizeBytes: size }));
}
