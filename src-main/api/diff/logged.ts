/** What scripts logged with their runs beside the outputs: checkpoints, figures, tables. */
import { type FileHandle, open } from 'node:fs/promises';
import type { Work } from '../../base/progress.ts';
import { hashPath } from '../../cas/index.ts';
import type { TrackedFile } from '../../contract/common.ts';
import type { Side } from '../../contract/diff.ts';
import { readRun } from '../../store/runs.ts';
import { listRunArtifacts, locateRunArtifact } from '../run-artifacts.ts';
import type { DiffSession } from './context.ts';

const mostFiles = 2000;
const pieceBytes = 1 << 20;
/** Records of events, and the pictures that MLflow names by step and time: media, not files to compare. */
const ofSteps = /(?:^|\/)events\.out\.tfevents\.|^images\/.+[+%]step[+%]\d+[+%]timestamp[+%]/;

/** The files that lie with a run, by path, not hashed. */
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

/** A file of one side, as large as that of the other. */
interface Half {
  readonly side: Side;
  readonly file: TrackedFile;
}

/**
 * Whether two files of one size, at least one of them without a hash, hold the same. Read side by side
 * up to the first difference: checkpoints of gigabytes mostly differ in their first piece.
 * @returns null where one of them cannot be read
 */
export async function sameLogged(
  session: DiffSession,
  left: Half,
  right: Half,
  work: Work,
): Promise<boolean | null> {
  try {
    if (left.file.hash !== null || right.file.hash !== null) {
      const hashes = [await hashOf(session, left, work), await hashOf(session, right, work)];
      return hashes.includes(null) ? null : hashes[0] === hashes[1];
    }
    const paths = [await pathOf(session, left), await pathOf(session, right)] as const;
    if (paths[0] === null || paths[1] === null) return null;
    await using a = await open(paths[0]);
    await using b = await open(paths[1]);
    return await sameBytes(a, b, work);
  } catch {
    work.signal?.throwIfAborted();
    return null;
  }
}

async function hashOf(session: DiffSession, half: Half, work: Work): Promise<string | null> {
  if (half.file.hash !== null) return half.file.hash;
  const path = await pathOf(session, half);
  if (path === null) return null;
  return (await hashPath(path, { cache: session.cache, ...work }))?.hash ?? null;
}

async function pathOf(session: DiffSession, { side, file }: Half): Promise<string | null> {
  const run = side.runId === null ? undefined : readRun(session.store, side.runId);
  return run === undefined ? null : await locateRunArtifact(session, run, file.path);
}

async function sameBytes(left: FileHandle, right: FileHandle, work: Work): Promise<boolean> {
  const [a, b] = [Buffer.allocUnsafe(pieceBytes), Buffer.allocUnsafe(pieceBytes)];
  for (let at = 0; ; ) {
    work.signal?.throwIfAborted();
    const [read, other] = await Promise.all([
      left.read(a, 0, pieceBytes, at),
      right.read(b, 0, pieceBytes, at),
    ]);
    const length = Math.min(read.bytesRead, other.bytesRead);
    if (a.compare(b, 0, length, 0, length) !== 0) return false;
    // The end, or fewer bytes than were asked for on one side: what is left is read again from there.
    if (length === 0) return read.bytesRead === other.bytesRead;
    at += length;
  }
}
