/** What tests of model readers share. */
import type { ByteRange, TensorContent } from '../../src-main/formats/tensor-file.ts';

/** The bytes of the file that a content lies in. */
export function rangeOf(content: TensorContent): ByteRange {
  if (content.kind === 'range') return content;
  if (content.kind === 'strided') return rangeOf(content.base);
  if (content.kind === 'quantised') return content.base;
  throw new Error(`${content.kind} is no range of the file`);
}
