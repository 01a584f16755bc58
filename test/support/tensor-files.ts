/** What tests of model readers share. */
import { createHash } from 'node:crypto';
import type { ByteRange, TensorContent } from '../../src-main/formats/tensor-file.ts';
import { openTensorBytes, type TensorInfo } from '../../src-main/formats/tensors.ts';

/** The bytes of the file that a content lies in. */
export function rangeOf(content: TensorContent): ByteRange {
  if (content.kind === 'range') return content;
  if (content.kind === 'strided') return rangeOf(content.base);
  if (content.kind === 'quantised') return content.base;
  throw new Error(`${content.kind} is no range of the file`);
}

/** SHA-256 of the elements as they are given to the measuring thread. */
export async function tensorSha256({ bytes: content }: TensorInfo): Promise<string> {
  const opened = await openTensorBytes(content);
  try {
    const bytes = Buffer.alloc(opened.length);
    opened.read(bytes, 0);
    return createHash('sha256').update(bytes).digest('hex');
  } finally {
    opened.close();
  }
}
