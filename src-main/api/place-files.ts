/** Where the contents of a run's files can be had from, beyond the caches. */
import type { RunDetail } from '../contract/runs.ts';
import { onRemote } from './diff/contents.ts';
import type { Session } from './session.ts';

/**
 * Marks what Git has, and what a remote has. A snapshot was taken before a run of Cairn's own, and has
 * what went in; the commit of another tool's run was made after it, and has what came out as well.
 */
export function placeFiles(session: Pick<Session, 'code' | 'remotes'>, run: RunDetail): RunDetail {
  const missing = run.files.some((file) => !file.available && file.hash !== null);
  if (!missing) return run;
  const tree = treeOf(session, run.snapshot);
  const remotes = session.remotes();
  const files = run.files.map((file) => {
    if (file.available || file.hash === null) return file;
    const inGit = tree?.has(file.path) === true;
    if (inGit && (file.role === 'dep' || run.kind === 'imported'))
      return { ...file, available: true };
    const remote = onRemote({ remotes: () => remotes }, file.hash);
    return remote === null ? file : { ...file, remote: remote.name };
  });
  return { ...run, files };
}

function treeOf({ code }: Pick<Session, 'code'>, snapshot: string | null) {
  try {
    return snapshot === null ? undefined : code?.listTree(snapshot);
  } catch {
    // A commit that is not there (any more) is told where the code is shown.
    return undefined;
  }
}
