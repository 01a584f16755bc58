/** What turns one tree of settings into another. */
import { commonSubsequence } from '../sequence.ts';
import { Interner, isList, isMap, type Tree } from './tree.ts';

/** Every list item of the right side: one of the left with its own patch, or a new one. */
export type ListItem = { readonly from: number; readonly patch: Patch } | { readonly added: Tree };

export type Patch =
  | { readonly kind: 'same' }
  | { readonly kind: 'replace'; readonly left: Tree; readonly right: Tree }
  | {
      readonly kind: 'map';
      readonly changed: ReadonlyMap<string, Patch>;
      readonly added: ReadonlyMap<string, Tree>;
      readonly removed: ReadonlyMap<string, Tree>;
    }
  | { readonly kind: 'list'; readonly left: readonly Tree[]; readonly items: readonly ListItem[] };

const same: Patch = { kind: 'same' };

export function diffTrees(left: Tree, right: Tree, ids = new Interner()): Patch {
  if (ids.id(left) === ids.id(right)) return same;
  if (isMap(left) && isMap(right)) return diffMaps(left, right, ids);
  if (isList(left) && isList(right)) return diffLists(left, right, ids);
  return { kind: 'replace', left, right };
}

function diffMaps(
  left: ReadonlyMap<string, Tree>,
  right: ReadonlyMap<string, Tree>,
  ids: Interner,
): Patch {
  const changed = new Map<string, Patch>();
  const added = new Map<string, Tree>();
  const removed = new Map<string, Tree>();
  for (const [key, value] of left) {
    const after = right.get(key);
    if (after === undefined) removed.set(key, value);
    else {
      const patch = diffTrees(value, after, ids);
      if (patch.kind !== 'same') changed.set(key, patch);
    }
  }
  for (const [key, value] of right) if (!left.has(key)) added.set(key, value);
  return { kind: 'map', changed, added, removed };
}

function diffLists(left: readonly Tree[], right: readonly Tree[], ids: Interner): Patch {
  const partners = alignLists(left, right, ids);
  const items = right.map((item, index): ListItem => {
    const from = partners.get(index);
    if (from === undefined) return { added: item };
    return { from, patch: diffTrees(left[from] as Tree, item, ids) };
  });
  return { kind: 'list', left, items };
}

/** By right index the left index of the same item. */
function alignLists(
  left: readonly Tree[],
  right: readonly Tree[],
  ids: Interner,
): Map<number, number> {
  const key = identityKey(left, right, ids);
  const identity = (item: Tree): number => {
    const own = key !== null && isMap(item) ? item.get(key) : undefined;
    return ids.id(own === undefined ? item : own);
  };
  const [a, b] = [left.map(identity), right.map(identity)];
  const partners = new Map(commonSubsequence(a, b).map(([i, j]) => [j, i]));
  pairElsewhere(a, b, partners);
  if (key === null) pairInGaps(left, right, partners);
  return partners;
}

/** Fields that name an item, the surest first. */
const namingKeys = ['id', 'name', 'key', 'uuid', 'path', 'title'];

/** A field that every item of both lists has, with another value in each of a list. */
function identityKey(left: readonly Tree[], right: readonly Tree[], ids: Interner): string | null {
  if (left.length === 0 || right.length === 0) return null;
  const names = (key: string, list: readonly Tree[]): boolean => {
    const seen = new Set<number>();
    for (const item of list) {
      const value = isMap(item) ? item.get(key) : undefined;
      if (value === undefined || value === null || isMap(value) || isList(value)) return false;
      seen.add(ids.id(value));
    }
    return seen.size === list.length;
  };
  return namingKeys.find((key) => names(key, left) && names(key, right)) ?? null;
}

/** Equal items that stand somewhere else now. */
function pairElsewhere(a: readonly number[], b: readonly number[], partners: Map<number, number>) {
  const taken = new Set(partners.values());
  const free = new Map<number, number[]>();
  for (let i = a.length - 1; i >= 0; i--) {
    if (taken.has(i)) continue;
    const places = free.get(a[i] as number);
    if (places === undefined) free.set(a[i] as number, [i]);
    else places.push(i);
  }
  for (const [j, item] of b.entries()) {
    if (partners.has(j)) continue;
    const i = free.get(item)?.pop();
    if (i !== undefined) partners.set(j, i);
  }
}

/** Items without a counterpart between the same neighbours, in order: changed rather than replaced. */
function pairInGaps(left: readonly Tree[], right: readonly Tree[], partners: Map<number, number>) {
  const taken = new Set(partners.values());
  let i = 0;
  for (let j = 0; j < right.length; j++) {
    const partner = partners.get(j);
    if (partner !== undefined) {
      if (partner >= i) i = partner + 1;
      continue;
    }
    if (i < left.length && !taken.has(i) && alike(left[i], right[j])) {
      partners.set(j, i);
      taken.add(i);
      i++;
    }
  }
}

function alike(a: Tree | undefined, b: Tree | undefined): boolean {
  return isMap(a) === isMap(b) && isList(a) === isList(b);
}
