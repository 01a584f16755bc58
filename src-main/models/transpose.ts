/** Tensors with their axes in another order, as views: nothing is read or copied for them. */
import type { TensorInfo } from '../formats/tensors.ts';

/** The axes of a tensor in another order; as in NumPy, axis `i` of the result is axis `order[i]`. */
export type AxisOrder = readonly number[];

/** More axes have too many orders to try. */
const maxAxes = 5;
/** Cubes have many orders that fit; more than these are not tried. */
const maxOrders = 12;

/**
 * A view of a tensor with its axes in another order; null when its content cannot be read so, as
 * that of an HDF5 file or of quantised blocks.
 */
function permuted(tensor: TensorInfo, order: AxisOrder): TensorInfo | null {
  const from = stridesOf(tensor);
  if (from === null) return null;
  const shape = order.map((axis) => tensor.shape[axis]!);
  const strides = order.map((axis) => from.strides[axis]!);
  const { base, start, itemBytes } = from;
  return {
    ...tensor,
    shape,
    fortranOrder: false,
    bytes: {
      kind: 'strided',
      base,
      length: tensor.elements * itemBytes,
      itemBytes,
      shape,
      strides,
      start,
    },
  };
}

function stridesOf({ bytes, dtype, shape, fortranOrder }: TensorInfo) {
  const itemBytes = dtype.bits / 8;
  if (!Number.isInteger(itemBytes)) return null;
  if (bytes.kind === 'strided') {
    return { base: bytes.base, start: bytes.start, strides: bytes.strides, itemBytes };
  }
  if (bytes.kind !== 'range' && bytes.kind !== 'inline') return null;
  const strides: number[] = [];
  let stride = itemBytes;
  for (let at = 0; at < shape.length; at++) {
    const axis = fortranOrder ? at : shape.length - 1 - at;
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return { base: bytes, start: 0, strides, itemBytes };
}

/**
 * Both tensors with their axes in the same order: the left turned to the right's, or where its
 * content cannot be turned, the right to the left's. Null when neither can be.
 */
export function aligned(
  left: TensorInfo,
  right: TensorInfo,
  order: AxisOrder,
): { left: TensorInfo; right: TensorInfo } | null {
  const turned = permuted(left, order);
  if (turned !== null) return { left: turned, right };
  const back = turnedBack(right, order);
  return back && { left, right: back };
}

/** A tensor with the axes of the one that has to be turned by `order` to be like it; null as above. */
export function turnedBack(tensor: TensorInfo, order: AxisOrder): TensorInfo | null {
  return permuted(
    tensor,
    order.map((_, axis) => order.indexOf(axis)),
  );
}

export function sameShape(left: TensorInfo, right: TensorInfo): boolean {
  return (
    left.shape.length === right.shape.length &&
    left.shape.every((dimension, axis) => dimension === right.shape[axis])
  );
}

/** The orders, other than the one it has, that give a shape of one tensor that of another. */
export function ordersBetween(from: readonly number[], to: readonly number[]): AxisOrder[] {
  if (from.length !== to.length || from.length < 2 || from.length > maxAxes) return [];
  const found: AxisOrder[] = [];
  const extend = (order: number[]): void => {
    if (found.length >= maxOrders) return;
    if (order.length === to.length) {
      if (order.some((axis, at) => axis !== at)) found.push(order);
      return;
    }
    // From the last axis on, so that full reversals come first: they are the most frequent.
    for (let axis = from.length - 1; axis >= 0; axis--) {
      if (from[axis] === to[order.length] && !order.includes(axis)) extend([...order, axis]);
    }
  };
  extend([]);
  return found;
}

/** The same for shapes that have the same dimensions in any order. */
export function dimensionsKey({ shape }: TensorInfo): string {
  return [...shape].sort((a, b) => a - b).join(' ');
}
