/** From what a user writes to one side of a comparison. */
import { basename, resolve } from 'node:path';
import { CairnError } from '../../base/errors.ts';
import { BundleView } from '../../bundles/index.ts';
import { isBundlePath } from '../../contract/bundle-path.ts';
import type { Side } from '../../contract/diff.ts';
import type { Environment } from '../../contract/runs.ts';
import { codeCommitOf, hasCommitOnly } from '../run-code.ts';
import type { DiffSession } from './context.ts';
import { groupSide } from './groups.ts';

/**
 * Resolves `02.7`, `#02.7`, a run's id or a prefix of it, `workspace`, a Git revision, several runs
 * with commas between them, or the path of a bundle (`….zip`).
 * @throws CairnError `not-found` when it is none of them, as `BundleView.open` for a bundle, `conflict` when it is a run and a commit
 */
export async function resolveSide(session: DiffSession, reference: string): Promise<Side> {
  const text = reference.trim();
  if (text === 'workspace') {
    return {
      ...{ reference: text, kind: 'workspace', title: 'workspace' },
      ...{ runId: null, commit: null, at: null },
    };
  }
  if (isBundlePath(text)) return await bundleSide(session, text);
  if (text.includes(',')) {
    return groupSide(session, text, (name) => session.tracking.resolve(name));
  }
  const runId = tryResolve(() => session.tracking.resolve(text));
  // The number of a run and its whole id are unmistakable; a few hex digits may be both.
  const isRun = runId !== null && /^#|^\d+\.\d+$|^[0-9a-f]{32}$/.test(text);
  const code = isRun ? null : session.code;
  const commit = code === null ? null : tryResolve(() => code.resolve(text));
  if (runId !== null && commit !== null) {
    throw new CairnError(
      'conflict',
      `“${text}” begins the id of a run and of a commit. Give the run's number or more digits.`,
    );
  }
  if (runId !== null) return runSide(session, text, runId);
  if (commit !== null && code !== null) {
    const { subject, committer } = code.readCommit(commit);
    return {
      ...{ reference: text, kind: 'commit', title: `${commit.slice(0, 7)} ${subject}` },
      ...{ runId: null, commit, at: committer.at },
    };
  }
  // Whatever it is called in Git cannot be found out.
  if (session.gitProblem !== null) throw new CairnError('corrupt', session.gitProblem);
  const git = session.repository === null ? '' : ', a Git revision';
  throw new CairnError(
    'not-found',
    `There is nothing called “${text}” here. Give the number of a run (02.7)${git}, “workspace”, or the path of a bundle.`,
  );
}

/** A bundle has the title of its file: its run may have the number of another one here. */
async function bundleSide(session: DiffSession, reference: string): Promise<Side> {
  const path = resolve(session.workspace.root, reference);
  using bundle = await BundleView.open(path);
  const { run } = bundle.record;
  return {
    ...{ reference, kind: 'bundle', title: basename(path), bundle: path },
    ...{ runId: null, commit: null, at: run.startedAt ?? run.createdAt },
  };
}

function runSide(session: DiffSession, reference: string, runId: string): Side {
  const run = session.tracking.rows([runId])[0];
  if (!run) throw new CairnError('not-found', `There is no run “${reference}” here.`);
  return {
    ...{ reference, kind: 'run', title: `${run.label} ${run.name}`, runId },
    ...{ commit: codeCommitOf(session, runId), at: run.startedAt ?? run.createdAt },
    ...(hasCommitOnly(session, runId) ? { committedOnly: true } : {}),
  };
}

/** Null where nothing has that name; an ambiguous or damaged one is an error all the same. */
function tryResolve(resolve: () => string): string | null {
  try {
    return resolve();
  } catch (error) {
    if (error instanceof CairnError && error.code === 'not-found') return null;
    throw error;
  }
}

/** Whether a side is what a run made: one recorded here, or one in a bundle. */
export function isRun(side: Side): boolean {
  return side.runId !== null || side.kind === 'bundle';
}

/** What the run saw of the machine. Null for a side that is no run, or where it was not recorded. */
export async function environmentOf(session: DiffSession, side: Side): Promise<Environment | null> {
  if (side.runId !== null) return session.tracking.get(side.runId).environment;
  if (side.bundle === undefined) return null;
  using bundle = await BundleView.open(side.bundle);
  return bundle.record.environment;
}
