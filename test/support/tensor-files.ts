/** What tests of model readers share. */
import { createHash } from 'node:crypto';
import type { ByteRange, TensorContent } from '../../src-main/formats/tensor-file.ts';
import { swapBytes } from '../../src-main/formats/tensor-values.ts';
import type { TensorInfo } from '../../src-main/formats/tensors.ts';
import { openInOrder } from '../../src-main/workers/tensor-order.ts';

/** The bytes of the file that a content lies in. */
export function rangeOf(content: TensorContent): ByteRange {
  if (content.kind === 'range') return content;
  if (content.kind === 'strided') return rangeOf(content.base);
  if (content.kind === 'quantised') return content.base;
  throw new Error(`${content.kind} is no range of the file`);
}

/** SHA-256 of the elements in row-major order, little-endian. */
export async function tensorSha256(tensor: TensorInfo): Promise<string> {
  const opened = await openInOrder(tensor, true);
  try {
    const bytes = Buffer.alloc(opened.length);
    opened.read(bytes, 0);
    if (tensor.bigEndian) swapBytes(bytes, tensor.dtype.bits);
    return createHash('sha256').update(bytes).digest('hex');
  } finally {
    opened.close();
  }
}
