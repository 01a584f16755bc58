/** Which tensor of one file corresponds to which of the other. */
import type { TensorInfo } from '../formats/tensors.ts';
import { alike, type Candidate } from './likeness.ts';
import { plainName } from './names.ts';
import { type AxisOrder, dimensionsKey } from './transpose.ts';
import { turnedPairs, turnOf } from './turned.ts';

export interface TensorPair {
  /** Null for a tensor that is only on the right; never both. */
  readonly left: TensorInfo | null;
  readonly right: TensorInfo | null;
  /** The order of the left's axes in which it is like the right; null for the one it has. */
  readonly order: AxisOrder | null;
}

/** Reading samples of more leftover tensors than this on one side would take too long. */
const maxSampled = 4096;

/**
 * Pairs tensors by name; what is left over by a name with a prefix more or less, then by names
 * without wrappers (`module.`, `_orig_mod.`) and as other formats write them, each of equal shape;
 * then by shape and content, and last by content with the axes in another order.
 * @param sample gives some elements of a tensor, the same places for equal shapes
 * @returns in the order of the right file, with what is only on the left at the end
 */
export async function matchTensors(
  left: readonly TensorInfo[],
  right: readonly TensorInfo[],
  sample: (tensor: TensorInfo) => Promise<Float64Array>,
): Promise<TensorPair[]> {
  const partners = new Map<TensorInfo, TensorInfo>();
  const byName = new Map(left.map((tensor) => [tensor.name, tensor]));
  for (const tensor of right) {
    const partner = byName.get(tensor.name);
    if (partner) partners.set(tensor, partner);
  }
  const leftover = () => {
    const taken = new Set(partners.values());
    return {
      left: left.filter((tensor) => !taken.has(tensor)),
      right: right.filter((tensor) => !partners.has(tensor)),
    };
  };
  const named = leftover();
  for (const [theirs, ours] of matchByPrefix(named.left, named.right)) partners.set(theirs, ours);
  const wrapped = leftover();
  for (const [theirs, ours] of matchByPlainName(wrapped.left, wrapped.right))
    partners.set(theirs, ours);
  // A namesake may have been transposed by an export; square ones show it only by their content.
  const orders = new Map<TensorInfo, AxisOrder>();
  const turns = [...partners].filter(([theirs, ours]) => mayBeTurned(ours, theirs));
  await Promise.all(
    turns.map(async ([theirs, ours]) => {
      const order = await turnOf(ours, theirs, sample);
      if (order !== null) orders.set(theirs, order);
    }),
  );
  const rest = leftover();
  const shapes = new Set(rest.left.map(shapeKey));
  const common = new Set(rest.right.map(shapeKey).filter((key) => shapes.has(key)));
  const candidates = (tensors: TensorInfo[]) => tensors.filter((one) => common.has(shapeKey(one)));
  const [ours, theirs] = [candidates(rest.left), candidates(rest.right)];
  if (ours.length <= maxSampled && theirs.length <= maxSampled) {
    const sampled = async (tensors: TensorInfo[]): Promise<Map<string, Candidate[]>> => {
      const all = tensors.map(async (tensor) => ({ tensor, values: await sample(tensor) }));
      return Map.groupBy(await Promise.all(all), ({ tensor }) => shapeKey(tensor));
    };
    const [oursByShape, theirsByShape] = await Promise.all([sampled(ours), sampled(theirs)]);
    for (const [key, group] of theirsByShape) {
      for (const pair of alike(oursByShape.get(key) ?? [], group))
        partners.set(pair.right, pair.left);
    }
  }
  const last = leftover();
  if (last.left.length <= maxSampled && last.right.length <= maxSampled) {
    for (const pair of await turnedPairs(last.left, last.right, sample)) {
      partners.set(pair.right, pair.left);
      orders.set(pair.right, pair.order);
    }
  }
  return [
    ...right.map((tensor) => ({
      left: partners.get(tensor) ?? null,
      right: tensor,
      order: orders.get(tensor) ?? null,
    })),
    ...leftover().left.map((tensor) => ({ left: tensor, right: null, order: null })),
  ];
}

/** Tensors of numbers with the same dimensions in another order, and square ones. */
function mayBeTurned(left: TensorInfo, right: TensorInfo): boolean {
  const same = shapeKey(left) === shapeKey(right);
  if (left.elements < 2 || left.shape.length < 2 || (same && left.shape.length > 2)) return false;
  return dimensionsKey(left) === dimensionsKey(right) && (!same || left.shape[0] === left.shape[1]);
}

/** Pairs (right, left) of equal shape whose names are the same without what is put around them. */
function matchByPlainName(
  left: readonly TensorInfo[],
  right: readonly TensorInfo[],
): Array<[TensorInfo, TensorInfo]> {
  const names = (tensors: readonly TensorInfo[]) =>
    Map.groupBy(tensors, (one) => plainName(one.name));
  const ours = names(left);
  return [...names(right)].flatMap(([name, theirs]): Array<[TensorInfo, TensorInfo]> => {
    const [mine, another] = ours.get(name) ?? [];
    const [their] = theirs;
    if (!mine || another || !their || theirs.length > 1) return [];
    const fits = shapeKey(mine) === shapeKey(their) || mayBeTurned(mine, their);
    return fits ? [[their, mine]] : [];
  });
}

function shapeKey(tensor: TensorInfo): string {
  return tensor.shape.join(' ');
}

/** Pairs (right, left) where one whole name ends the other at a dot or slash, without ambiguity. */
function matchByPrefix(
  left: readonly TensorInfo[],
  right: readonly TensorInfo[],
): Array<[TensorInfo, TensorInfo]> {
  const found = [...endings(left, right), ...endings(right, left).map(([a, b]) => [b, a] as const)];
  const count = (index: 0 | 1) => Map.groupBy(found, (pair) => pair[index]);
  const [byLeft, byRight] = [count(0), count(1)];
  return found
    .filter(([a, b]) => byLeft.get(a)?.length === 1 && byRight.get(b)?.length === 1)
    .map(([a, b]) => [b, a]);
}

/** Pairs (short, long) of equal shape where the name of `short` ends that of `long`. */
function endings(
  short: readonly TensorInfo[],
  long: readonly TensorInfo[],
): Array<readonly [TensorInfo, TensorInfo]> {
  const byName = new Map(short.map((tensor) => [tensor.name, tensor]));
  return long.flatMap((tensor) => {
    for (const separator of tensor.name.matchAll(/[./]/g)) {
      const found = byName.get(tensor.name.slice(separator.index + 1));
      if (found && shapeKey(found) === shapeKey(tensor)) return [[found, tensor] as const];
    }
    return [];
  });
}
