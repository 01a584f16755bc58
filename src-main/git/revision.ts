/** Names of commits: the part of gitrevisions(7) that people type. */
import { CairnError } from '../base/errors.ts';
import type { ObjectDatabase } from './object-database.ts';
import { parseCommit, parseTag } from './parse.ts';
import type { RefReader } from './refs.ts';

const shortestAbbreviation = 4;
const refRules = ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'];

/**
 * Resolves a branch, tag, ref, full or abbreviated id, with any of `~n`, `^n`, `^{}`, `^{commit}`.
 * @throws CairnError `not-found` when nothing has the name, `invalid` when it is ambiguous or
 * written in a way that is not understood.
 */
export function resolveRevision(
  revision: string,
  refs: RefReader,
  objects: ObjectDatabase,
  isRoot: (oid: string) => boolean,
): string {
  const match = /^([^~^]+)((?:~\d*|\^\d*|\^\{(?:commit)?\})*)$/.exec(revision.trim());
  if (match === null || revision.includes('@{')) {
    throw new CairnError(
      'invalid',
      `"${revision}" is not a revision that Cairn understands. Give a branch, a tag, a commit id, or one of them with ~2 or ^.`,
    );
  }
  const unknown = () =>
    new CairnError('not-found', `There is no commit, branch or tag "${revision}".`);
  let oid = peel(resolveName(match[1] as string, refs, objects), objects, unknown);
  for (const [step] of (match[2] as string).matchAll(/~\d*|\^\{(?:commit)?\}|\^\d*/g)) {
    if (step.startsWith('^{')) continue;
    const count = step.length === 1 ? 1 : Number(step.slice(1));
    const hops = step.startsWith('~') ? count : Math.min(count, 1);
    for (let hop = 0; hop < hops; hop += 1) {
      const parents = isRoot(oid) ? [] : parseCommit(oid, objects.readAs(oid, 'commit')).parents;
      const parent = parents[step.startsWith('~') ? 0 : count - 1];
      if (parent === undefined) throw unknown();
      oid = parent;
    }
  }
  return oid;
}

/** The commit an object leads to through annotated tags. */
export function peel(oid: string, objects: ObjectDatabase, otherwise: () => Error): string {
  let at = oid;
  for (;;) {
    const { type, data } = objects.read(at);
    if (type === 'commit') return at;
    if (type !== 'tag') throw otherwise();
    at = parseTag(at, data).object;
  }
}

function resolveName(name: string, refs: RefReader, objects: ObjectDatabase): string {
  const unknown = new CairnError('not-found', `There is no commit, branch or tag "${name}".`);
  if (/^[0-9a-f]{40}$/i.test(name)) {
    const oid = name.toLowerCase();
    if (objects.has(oid)) return oid;
    throw unknown;
  }
  const wanted = name === '@' ? 'HEAD' : name;
  // A name becomes a path below the git folder: nothing that could lead elsewhere is looked up.
  if (!/(?:^|\/)\.|\.\.|\\|:|\/$|^\//.test(wanted)) {
    const found = [...refRules.map((rule) => rule + wanted), `refs/remotes/${wanted}/HEAD`]
      .filter((ref) => ref.startsWith('refs/') || /^[A-Z_]*HEAD$/.test(ref))
      .map((ref) => refs.follow(ref))
      .find((oid) => oid !== null);
    if (found !== undefined) return found;
  }
  if (name.length < shortestAbbreviation || !/^[0-9a-f]+$/i.test(name)) throw unknown;
  const candidates = objects.startingWith(name.toLowerCase(), 100);
  const commits =
    candidates.length < 2
      ? candidates
      : candidates.filter((oid) => ['commit', 'tag'].includes(objects.read(oid).type));
  const [only, ...others] = commits;
  if (only === undefined) throw unknown;
  if (others.length > 0) {
    throw new CairnError(
      'invalid',
      `"${name}" begins several commit ids; give more of its digits.`,
    );
  }
  return only;
}
