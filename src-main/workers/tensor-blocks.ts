/** Both tensors of a pair as float64, block by block. */

import type { MeasurePart } from '../formats/tensor-task.ts';
import { swapBytes, widen } from '../formats/tensor-values.ts';
import type { TensorBytes, TensorInfo } from '../formats/tensors.ts';
import { openInOrder } from './tensor-order.ts';

const blockElements = 65_536;

/** A side of a block: its values, and its bytes as little-endian elements. */
export interface Block {
  readonly values: Float64Array;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Calls `take` for each block of the part. Both types have to be numbers.
 * @throws CairnError `corrupt` when a file does not hold what its header said
 */
export async function forEachBlock(
  { left, right, from, count }: MeasurePart,
  take: (left: Block, right: Block) => void,
): Promise<void> {
  const rowMajor = left.fortranOrder !== right.fortranOrder;
  const leftBytes = await openInOrder(left, rowMajor);
  try {
    const rightBytes = await openInOrder(right, rowMajor);
    try {
      const [x, y] = [reader(left, leftBytes), reader(right, rightBytes)];
      for (let at = from; at < from + count; at += blockElements) {
        const items = Math.min(blockElements, from + count - at);
        take(x(at, items), y(at, items));
      }
    } finally {
      rightBytes.close();
    }
  } finally {
    leftBytes.close();
  }
}

function reader({ dtype, bigEndian }: TensorInfo, source: TensorBytes) {
  const itemBytes = dtype.bits / 8;
  const piece = new Uint8Array(blockElements * itemBytes);
  const wide = new Float64Array(blockElements);
  const type = dtype.decode;
  if (type === null) throw new TypeError(`elements of type ${dtype.name} are not numbers`);
  return (at: number, items: number): Block => {
    const bytes = piece.subarray(0, items * itemBytes);
    const values = wide.subarray(0, items);
    source.read(bytes, at * itemBytes);
    if (bigEndian) swapBytes(bytes, dtype);
    widen(type, bytes, items, values);
    return { values, bytes };
  };
}
