/** What scripts logged with their runs beside the outputs: checkpoints, figures, tables. */

import type { Work } from '../../base/progress.ts';
import { hashPath } from '../../cas/index.ts';
import type { TrackedFile } from '../../contract/common.ts';
import type { Side } from '../../contract/diff.ts';
import { readRun } from '../../store/runs.ts';
import { listRunArtifacts, locateRunArtifact } from '../run-artifacts.ts';
import type { DiffSession } from './context.ts';

const mostFiles = 2000;
/** Records of events, and the pictures that MLflow names by step and time: media, not files to compare. */
const ofSteps = /(?:^|\/)events\.out\.tfevents\.|^images\/.+[+%]step[+%]\d+[+%]timestamp[+%]/;

/** The files that lie with a run, by path, not hashed yet. */
export async function loggedFiles(
  session: DiffSession,
  runId: string,
): Promise<Map<string, TrackedFile>> {
  const { files } = await listRunArtifacts(session, runId, mostFiles);
  return new Map(
    files
      .filter(({ path }) => !ofSteps.test(path))
      .map(({ path, size }) => [path, { path, hash: null, size, files: null }]),
  );
}

/** Adds the hash of a logged file; what has one, or cannot be read, is returned as it is. */
export async function hashLogged(
  session: DiffSession,
  { runId }: Side,
  file: TrackedFile,
  work: Work,
): Promise<TrackedFile> {
  const run = file.hash !== null || runId === null ? undefined : readRun(session.store, runId);
  if (run === undefined) return file;
  try {
    const path = await locateRunArtifact(session, run, file.path);
    const hashed = path && (await hashPath(path, { cache: session.cache, ...work }));
    return !hashed ? file : { ...file, hash: hashed.hash };
  } catch {
    work.signal?.throwIfAborted();
    return file;
  }
}
