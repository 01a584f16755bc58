/** A shell of the user's, in the folder of a run or with its code. */
import { statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { CairnError } from '../../base/errors.ts';
import type { Work } from '../../base/progress.ts';
import { openTerminal } from '../../processes/index.ts';
import { codeCommitOf } from '../run-code.ts';
import type { Session } from '../session.ts';
import { type CheckedOut, checkOut } from './check-out.ts';

interface Asked {
  /** Null: the workspace itself. */
  readonly id: string | null;
  /** With the code as it was, in a new folder; else where the run was started. */
  readonly code: boolean;
  /** Although the folder is not trusted. */
  readonly anyway: boolean;
}

/**
 * @returns the folder that the terminal was opened in
 * @throws CairnError `untrusted`: prompts and tools of a shell may obey what lies in a folder
 */
export async function openShell(session: Session, asked: Asked, work: Work): Promise<string> {
  if (!asked.anyway) session.requireTrust('A shell');
  const { root } = session.workspace;
  if (asked.id === null) {
    await openTerminal(root, {});
    return root;
  }
  const { cwd } = session.tracking.get(asked.id);
  const folder = asked.code
    ? (await checkOutRun(session, asked.id, null, work)).folder
    : startedIn(root, cwd);
  await openTerminal(folder, { CAIRN_RUN: asked.id });
  return folder;
}

/**
 * Writes the code of a run into a folder.
 * @param into absolute, new or empty; a new temporary folder when null
 * @throws CairnError `not-found` where no code was recorded
 */
export async function checkOutRun(
  session: Session,
  id: string,
  into: string | null,
  work: Work,
): Promise<CheckedOut> {
  const { label } = session.tracking.get(id);
  const { code } = session;
  const commit = codeCommitOf(session, id);
  if (commit === null || code === null) {
    throw new CairnError('not-found', `The code of ${label} was not recorded.`);
  }
  return checkOut(code, commit, into, label, process.platform, work);
}

/** The folder that a run was started in; the workspace where it is gone, or was never in it. */
function startedIn(root: string, cwd: string): string {
  const folder = resolve(root, cwd);
  const way = relative(root, folder);
  const inside = way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
  return inside && statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? folder : root;
}
