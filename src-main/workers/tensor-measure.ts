/**
 * Measuring one tensor against another. Both are read in pieces straight into the memory of the
 * kernels; a piece is compared bit by bit first, and only what differs is measured as pairs.
 */
import type { MeasurePart, PairMeasure } from '../formats/tensor-task.ts';
import { swapBytes } from '../formats/tensor-values.ts';
import type { NumericDType, TensorBytes, TensorInfo } from '../formats/tensors.ts';
import type { BlockMeasure } from './block-measure.ts';
import { countChangedItems } from './changed-items.ts';
import { pieceBytes } from './operands.ts';
import { openInOrder } from './tensor-order.ts';

/**
 * Measures the elements `from` to `from + count` of two tensors of equal shape.
 * @throws CairnError `corrupt` when a file does not hold what its header said
 */
export async function measurePart(part: MeasurePart, blocks: BlockMeasure): Promise<PairMeasure> {
  const { left, right } = part;
  const rowMajor = left.fortranOrder !== right.fortranOrder;
  const leftBytes = await openInOrder(left, rowMajor);
  try {
    const rightBytes = await openInOrder(right, rowMajor);
    try {
      const numbers = left.dtype.decode !== null && right.dtype.decode !== null;
      return numbers
        ? measureNumbers(part, leftBytes, rightBytes, blocks)
        : measureBits(part, leftBytes, rightBytes);
    } finally {
      rightBytes.close();
    }
  } finally {
    leftBytes.close();
  }
}

function measureNumbers(
  { left, right, from, count }: MeasurePart,
  leftBytes: TensorBytes,
  rightBytes: TensorBytes,
  blocks: BlockMeasure,
): PairMeasure {
  const [leftType, rightType] = [left.dtype.decode, right.dtype.decode] as [
    NumericDType,
    NumericDType,
  ];
  const [leftItem, rightItem] = [left.dtype.bits / 8, right.dtype.bits / 8];
  const step = pieceBytes / Math.max(leftItem, rightItem);
  blocks.start(leftType, rightType);
  for (let at = from; at < from + count; at += step) {
    const items = Math.min(step, from + count - at);
    readPiece(left, leftBytes, blocks.left.subarray(0, items * leftItem), at * leftItem);
    readPiece(right, rightBytes, blocks.right.subarray(0, items * rightItem), at * rightItem);
    blocks.add(items);
  }
  return {
    count,
    changed: blocks.changed,
    bytesRead: count * (leftItem + rightItem),
    numbers: blocks.sums.result(),
  };
}

/** Fills `target` with little-endian elements from a position in bytes. */
export function readPiece(
  tensor: TensorInfo,
  bytes: TensorBytes,
  target: Uint8Array,
  position: number,
): void {
  bytes.read(target, position);
  if (tensor.bigEndian) swapBytes(target, tensor.dtype);
}

/** Elements that are not numbers: only counts those whose bits differ. */
function measureBits(
  { left, right, from, count }: MeasurePart,
  leftBytes: TensorBytes,
  rightBytes: TensorBytes,
): PairMeasure {
  const bits = left.dtype.bits;
  const start = (from * bits) / 8;
  const length = Math.ceil((count * bits) / 8);
  const [x, y] = [Buffer.alloc(pieceBytes), Buffer.alloc(pieceBytes)];
  const counter = countChangedItems(bits);
  for (let at = 0; at < length; at += pieceBytes) {
    const size = Math.min(pieceBytes, length - at);
    const [a, b] = [x.subarray(0, size), y.subarray(0, size)];
    readPiece(left, leftBytes, a, start + at);
    readPiece(right, rightBytes, b, start + at);
    if (!a.equals(b)) counter.add(a, b, at);
  }
  return { count, changed: counter.changed(), bytesRead: 2 * length, numbers: null };
}
