/** Data, models and other files that are tracked by their content. */
import type { Work } from '../../base/progress.ts';
import { hashPath } from '../../cas/index.ts';
import type { TrackedFile } from '../../contract/common.ts';
import type { DataChange, Side } from '../../contract/diff.ts';
import { isTensorPath } from '../../formats/tensors.ts';
import { ignoreInside } from './contents.ts';
import type { DiffSession } from './context.ts';
import { loggedFiles, sameLogged } from './logged.ts';
import { readState, type SideState } from './side-state.ts';
import { changeOf } from './values.ts';
import { workPath } from './work-file.ts';

interface Half {
  readonly side: Side;
  readonly state: SideState;
}

/** The tracked files of two sides by path; the workspace's as they lie there now. */
export async function diffData(
  session: DiffSession,
  left: Half,
  right: Half,
  work: Work,
): Promise<DataChange[]> {
  const [before, after] = [
    await dataOf(session, left, right, work),
    await dataOf(session, right, left, work),
  ];
  const changes: DataChange[] = [];
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    if (!isComparable(path, left, right) || !isComparable(path, right, left)) continue;
    const [a, b] = [before.get(path) ?? null, after.get(path) ?? null];
    const kind = kindOf(path, a, b);
    let change = changeOfFiles(a, b);
    // What was logged has no hash, and is read only where its size says nothing.
    if (a !== null && b !== null && change === 'same' && (a.hash === null || b.hash === null)) {
      const halves = [
        { side: left.side, file: a },
        { side: right.side, file: b },
      ] as const;
      if ((await sameLogged(session, ...halves, work)) === false) change = 'modified';
    }
    changes.push({ path, change, left: a, right: b, kind });
  }
  return changes;
}

/**
 * One tracked file or directory of one side; the workspace's as it is now. Null when that side
 * knows nothing of it.
 */
export async function trackedAt(
  session: DiffSession,
  side: Side,
  path: string,
  work: Work,
): Promise<TrackedFile | null> {
  if (side.kind === 'workspace') return await hashWorkFile(session, path, work);
  return (await readState(session, side, false)).data.get(path) ?? null;
}

async function dataOf(
  session: DiffSession,
  { side, state }: Half,
  other: Half,
  work: Work,
): Promise<ReadonlyMap<string, TrackedFile>> {
  if (side.kind !== 'workspace') {
    // What scripts logged beside the outputs only runs have.
    if (side.runId === null || other.side.runId === null) return state.data;
    return new Map([...(await loggedFiles(session, side.runId)), ...state.data]);
  }
  const data = new Map<string, TrackedFile>();
  for (const path of new Set([...state.data.keys(), ...other.state.data.keys()])) {
    const found = await hashWorkFile(session, path, work).catch((error: unknown) => {
      work.signal?.throwIfAborted();
      // Not to be read, or outside the folder: what was recorded is all there is to say.
      const recorded = state.data.get(path);
      if (recorded === undefined) throw error;
      return recorded;
    });
    if (found !== null) data.set(path, found);
  }
  return data;
}

async function hashWorkFile(
  session: DiffSession,
  path: string,
  work: Work,
): Promise<TrackedFile | null> {
  const ignore = ignoreInside(session, path);
  const options = { cache: session.cache, ...work, ...(ignore && { ignore }) };
  const hashed = await hashPath(await workPath(session.workspace.root, path), options);
  return hashed && { path, hash: hashed.hash, size: hashed.size, files: hashed.files };
}

/** What a run read without anyone having made it is unknown to a commit: no change can be told. */
function isComparable(path: string, one: Half, other: Half): boolean {
  const unknown = other.side.kind === 'commit' && !other.state.data.has(path);
  return !(one.state.inputs.has(path) && unknown);
}

function changeOfFiles(left: TrackedFile | null, right: TrackedFile | null) {
  if (left === null || right === null) return changeOf(left, right);
  // Without a hash on one side, the sizes are all that can be compared.
  const hashed = left.hash !== null && right.hash !== null;
  return hashed ? changeOf(left.hash, right.hash) : changeOf(left.size, right.size);
}

function kindOf(
  path: string,
  left: TrackedFile | null,
  right: TrackedFile | null,
): DataChange['kind'] {
  const sides = [left, right].filter((one) => one !== null);
  const directory = (one: TrackedFile) => one.files !== null || one.hash?.endsWith('.dir') === true;
  if (sides.some(directory)) return 'directory';
  return sides.length === 2 && isTensorPath(path) ? 'model' : 'file';
}
