/** Opening a tensor's bytes in the order in which they are to be compared. */
import { CairnError } from '../base/errors.ts';
import { bytesInMemory } from '../formats/range-bytes.ts';
import { toRowMajor } from '../formats/tensor-values.ts';
import { openTensorBytes, type TensorBytes, type TensorInfo } from '../formats/tensors.ts';

/** Reordering needs the whole tensor twice in memory. */
const maxReorderedBytes = 1 << 30;

/**
 * The bytes of a tensor as they lie in the file, or in row-major order.
 * @throws CairnError `unsupported` when a tensor is too large to be reordered, `corrupt`
 */
export async function openInOrder(tensor: TensorInfo, rowMajor: boolean): Promise<TensorBytes> {
  if (!rowMajor || !tensor.fortranOrder) return await openTensorBytes(tensor.bytes);
  if (tensor.bytes.length > maxReorderedBytes) {
    throw new CairnError(
      'unsupported',
      'One side is stored by column, the other by row, and it is over 1 GiB: too large to reorder.',
    );
  }
  const bytes = await openTensorBytes(tensor.bytes);
  try {
    const columns = new Uint8Array(bytes.length);
    bytes.read(columns, 0);
    const rows = toRowMajor(columns, tensor.shape, tensor.dtype.bits / 8);
    return bytesInMemory(rows);
  } finally {
    bytes.close();
  }
}
