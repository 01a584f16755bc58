/** The columns of two models under numbers that mean the same in both. */
import { type BoosterFacts, nodeKinds } from '../../formats/boosters/types.ts';

/** A column of the left → its number on the right; those of the same name go together. */
export function columnsOnRight(
  left: BoosterFacts,
  right: BoosterFacts,
): (column: number) => number {
  const names = ({ features }: BoosterFacts) => features.map(({ name }) => name);
  const [ours, theirs] = [names(left), names(right)];
  const same = ours.every((name, index) => (theirs[index] ?? name) === name);
  const unique = new Set(ours).size === ours.length && new Set(theirs).size === theirs.length;
  if (same || !unique) return (column) => column;
  const places = new Map(theirs.map((name, index) => [name, index]));
  const found = ours.map((name, index) => places.get(name) ?? theirs.length + index);
  return (column) => (column < 0 ? column : (found[column] ?? column));
}

/** Entries of a leaf or a split; −1 is a leaf. */
export function isLeaf(feature: number): boolean {
  return feature === nodeKinds.leaf || feature === nodeKinds.moreOfLeaf;
}
