import { expect, it } from 'vitest';
import { codeCommitOf, hasCommitOnly } from '../../../src-main/api/run-code.ts';
import type { Session } from '../../../src-main/api/session.ts';
import { CairnError } from '../../../src-main/base/errors.ts';

type Needed = Pick<Session, 'tracking' | 'code'>;

/** A session with one run, and a Git that has the commits. */
function sessionOf(
  run: { snapshot?: string; baseCommit?: string; isImported?: boolean },
  commits: readonly string[],
): Needed {
  const known = { snapshot: null, baseCommit: null, isImported: false, ...run };
  const readCommit = (oid: string) => {
    if (commits.includes(oid)) return {};
    throw new CairnError('not-found', `There is no commit ${oid}.`);
  };
  return { tracking: { commits: () => known }, code: { readCommit } } as unknown as Needed;
}

it('reads the code of a run from its snapshot', () => {
  const session = sessionOf({ snapshot: 'b', baseCommit: 'a' }, ['a', 'b']);
  expect(codeCommitOf(session, 'run')).toBe('b');
  expect(hasCommitOnly(session, 'run')).toBe(false);
});

it('takes the commit that another tool noted, where it is here', () => {
  const logged = { baseCommit: 'a', isImported: true };
  expect(codeCommitOf(sessionOf(logged, ['a']), 'run')).toBe('a');
  expect(codeCommitOf(sessionOf(logged, []), 'run')).toBeNull();
  expect(hasCommitOnly(sessionOf(logged, ['a']), 'run')).toBe(true);
  expect(codeCommitOf(sessionOf({ baseCommit: 'gone' }, ['a']), 'run')).toBeNull();
});

it('says so when a snapshot of its own is gone, and bears it of other tools', () => {
  const gone = { snapshot: 'b', baseCommit: 'a' };
  expect(() => codeCommitOf(sessionOf(gone, ['a']), 'run')).toThrow('There is no commit b.');
  expect(codeCommitOf(sessionOf({ ...gone, isImported: true }, ['a']), 'run')).toBeNull();
});

it('knows nothing of runs without code, or of folders without Git', () => {
  expect(codeCommitOf(sessionOf({}, ['a']), 'run')).toBeNull();
  const session = { ...sessionOf({ baseCommit: 'a' }, ['a']), code: null };
  expect(codeCommitOf(session, 'run')).toBeNull();
});
