/** Pairs of tensors that hold the same weights with their axes in another order. */
import type { TensorInfo } from '../formats/tensors.ts';
import { cosineOf, isConstant, maxComparisons, nameLikeness } from './likeness.ts';
import { type AxisOrder, aligned, dimensionsKey, ordersBetween } from './transpose.ts';

type Sample = (tensor: TensorInfo) => Promise<Float64Array>;
type SampleView = (tensor: TensorInfo, view: TensorInfo) => Promise<Float64Array>;

export interface TurnedPair {
  readonly left: TensorInfo;
  readonly right: TensorInfo;
  /** Of the left's axes, to have the right's. */
  readonly order: AxisOrder;
}

interface Scored extends TurnedPair {
  readonly cosine: number;
  readonly names: number;
}

const minCosine = 0.9;
/** Fewer elements than this are alike by accident, unless they are equal but for rounding. */
const fewElements = 64;
const nearlyEqual = 1 - 1e-6;
/** Below this, a square matrix is no trained-on version of its namesake as it lies. */
const unlike = 0.5;

/**
 * The order in which a left tensor is like a right one; null when it is in none. A square matrix
 * has to be unlike as it lies.
 */
export async function turnOf(
  left: TensorInfo,
  right: TensorInfo,
  sample: Sample,
): Promise<AxisOrder | null> {
  const orders = ordersBetween(left.shape, right.shape);
  if (orders.length === 0) return null;
  if (left.shape.every((dimension, axis) => dimension === right.shape[axis])) {
    const [x, y] = [await sample(left), await sample(right)];
    if (x.length === 0 || isConstant(x) || isConstant(y)) return null;
    if (x.length !== y.length || Math.abs(cosineOf(x, y)) > unlike) return null;
  }
  return (await best(left, right, orders, (_, view) => sample(view)))?.order ?? null;
}

/**
 * Pairs leftovers of permuted shapes by likeness, the likest first; no tensor occurs twice.
 * Where there would be too much to try, there are none.
 */
export async function turnedPairs(
  left: readonly TensorInfo[],
  right: readonly TensorInfo[],
  sample: Sample,
): Promise<TurnedPair[]> {
  const theirs = Map.groupBy(right, dimensionsKey);
  const tasks = left.flatMap((ours) =>
    (theirs.get(dimensionsKey(ours)) ?? []).flatMap((their) => {
      const orders = ordersBetween(ours.shape, their.shape);
      return orders.length === 0 ? [] : [{ left: ours, right: their, orders }];
    }),
  );
  if (tasks.reduce((sum, task) => sum + task.orders.length, 0) > maxComparisons) return [];
  // A tensor has several partners to try, and each of its views needs to be read once only.
  const once = remembered(sample);
  const tried = await Promise.all(
    tasks.map((task) => best(task.left, task.right, task.orders, once)),
  );
  const scored = tried.filter((pair) => pair !== null);
  scored.sort((a, b) => b.cosine - a.cosine || b.names - a.names);
  const taken = new Set<TensorInfo>();
  return scored.filter(({ left: ours, right: their }) => {
    if (taken.has(ours) || taken.has(their)) return false;
    taken.add(ours).add(their);
    return true;
  });
}

async function best(
  left: TensorInfo,
  right: TensorInfo,
  orders: readonly AxisOrder[],
  sample: SampleView,
): Promise<Scored | null> {
  let found: Scored | null = null;
  for (const order of orders) {
    const both = aligned(left, right, order);
    if (both === null) continue;
    const [x, y] = await Promise.all([sample(left, both.left), sample(right, both.right)]);
    if (x.length === 0 || x.length !== y.length || isConstant(x) || isConstant(y)) continue;
    const cosine = cosineOf(x, y);
    if (cosine < (x.length < fewElements ? nearlyEqual : minCosine)) continue;
    if (found !== null && cosine <= found.cosine) continue;
    found = { left, right, order, cosine, names: nameLikeness(left.name, right.name) };
  }
  return found;
}

/** Samples of views, which are new objects each time, by the tensor that they are views of. */
function remembered(sample: Sample): SampleView {
  const known = new Map<TensorInfo, Map<string, Promise<Float64Array>>>();
  return (tensor, view) => {
    const views = known.get(tensor) ?? new Map<string, Promise<Float64Array>>();
    known.set(tensor, views);
    const key = tensor === view ? '' : view.bytes.kind === 'strided' ? `${view.bytes.strides}` : '';
    const found = views.get(key) ?? sample(view);
    views.set(key, found);
    return found;
  };
}
