/**
 * Renames among added and removed files, as Git finds them: first by equal content, then by
 * likeness of at least a half, the best pairs first. Likeness is the share of bytes, in lines of at
 * most 64 bytes, that both have (gitdiffcore(7)).
 */
import type { TreeChange } from './types.ts';

const leastLikeness = 0.5;
/** Beyond these, finding renames costs more than it tells. */
const mostPairs = 40_000;
const largestFile = 1 << 20;
const lineBytes = 64;

/** The content of a blob, or null when it is not at hand. */
type ReadBlob = (oid: string) => Buffer | null;

/** The same changes with pairs of removed and added files joined as renames; sorted by path. */
export function findRenames(changes: readonly TreeChange[], readBlob: ReadBlob): TreeChange[] {
  const removed = changes.filter((change) => isPlainFile(change, 'removed'));
  const added = changes.filter((change) => isPlainFile(change, 'added'));
  if (removed.length === 0 || added.length === 0) return sorted(changes);
  const pairs = new Map<TreeChange, TreeChange>();
  const taken = new Set<TreeChange>();
  const join = (old: TreeChange, now: TreeChange): void => {
    pairs.set(now, old);
    taken.add(old);
  };
  pairEqual(removed, added, taken, join);
  pairAlike(
    removed.filter((change) => !taken.has(change)),
    added.filter((change) => !pairs.has(change)),
    readBlob,
    join,
  );
  return sorted(
    changes.flatMap((change) => {
      if (taken.has(change)) return [];
      const old = pairs.get(change);
      if (old === undefined) return [change];
      const { oldOid, oldMode } = old;
      return [{ ...change, change: 'renamed' as const, from: old.path, oldOid, oldMode }];
    }),
  );
}

const emptyBlob = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';

/** Empty files are all alike: pairing them says nothing. */
function isPlainFile(change: TreeChange, kind: 'added' | 'removed'): boolean {
  const mode = change.newMode ?? change.oldMode ?? '';
  const oid = change.newOid ?? change.oldOid;
  return change.change === kind && mode.startsWith('100') && oid !== emptyBlob;
}

type Join = (old: TreeChange, now: TreeChange) => void;

function pairEqual(
  removed: readonly TreeChange[],
  added: readonly TreeChange[],
  taken: ReadonlySet<TreeChange>,
  join: Join,
): void {
  const byOid = Map.groupBy(removed, (change) => change.oldOid);
  for (const now of added) {
    const candidates = (byOid.get(now.newOid) ?? []).filter((old) => !taken.has(old));
    const sameName = candidates.find((old) => baseName(old.path) === baseName(now.path));
    const old = sameName ?? candidates[0];
    if (old !== undefined) join(old, now);
  }
}

function pairAlike(
  removed: readonly TreeChange[],
  added: readonly TreeChange[],
  readBlob: ReadBlob,
  join: Join,
): void {
  if (removed.length * added.length > mostPairs) return;
  const oldLines = removed.map((change) => lines(change.oldOid, readBlob));
  const scored: { likeness: number; old: TreeChange; now: TreeChange }[] = [];
  for (const now of added) {
    const mine = lines(now.newOid, readBlob);
    if (mine === null) continue;
    removed.forEach((old, index) => {
      const theirs = oldLines[index] ?? null;
      const likeness = theirs === null ? 0 : compareLines(theirs, mine);
      if (likeness >= leastLikeness) scored.push({ likeness, old, now });
    });
  }
  scored.sort(
    (a, b) =>
      b.likeness - a.likeness ||
      Number(sameName(b)) - Number(sameName(a)) ||
      (a.now.path < b.now.path ? -1 : 1),
  );
  const used = new Set<TreeChange>();
  for (const { old, now } of scored) {
    if (used.has(old) || used.has(now)) continue;
    used.add(old).add(now);
    join(old, now);
  }
}

function sameName({ old, now }: { old: TreeChange; now: TreeChange }): boolean {
  return baseName(old.path) === baseName(now.path);
}

interface Lines {
  readonly bytes: number;
  /** Bytes in lines of the same content. */
  readonly counts: ReadonlyMap<string, number>;
}

function lines(oid: string | null, readBlob: ReadBlob): Lines | null {
  const blob = oid === null ? null : readBlob(oid);
  if (blob === null || blob.length === 0 || blob.length > largestFile) return null;
  const counts = new Map<string, number>();
  for (let from = 0; from < blob.length; ) {
    const newline = blob.indexOf(10, from);
    const end = Math.min(newline < 0 ? blob.length : newline + 1, from + lineBytes);
    const line = blob.toString('latin1', from, end);
    counts.set(line, (counts.get(line) ?? 0) + end - from);
    from = end;
  }
  return { bytes: blob.length, counts };
}

function compareLines(old: Lines, now: Lines): number {
  const larger = Math.max(old.bytes, now.bytes);
  if (Math.min(old.bytes, now.bytes) / larger < leastLikeness) return 0;
  let common = 0;
  for (const [line, bytes] of old.counts) common += Math.min(bytes, now.counts.get(line) ?? 0);
  return common / larger;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function sorted(changes: readonly TreeChange[]): TreeChange[] {
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
