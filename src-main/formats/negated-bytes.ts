/** Numbers whose signs are turned round while they are read. */
import { bytesInMemory, openRange, type TensorBytes } from './range-bytes.ts';
import { openStrided } from './strided-bytes.ts';
import type { NegatedContent } from './tensor-file.ts';

/** Opens elements of which some signs are the other way round. */
export async function openNegated({
  base,
  length,
  every,
  signs,
}: NegatedContent): Promise<TensorBytes> {
  const source =
    base.kind === 'inline'
      ? bytesInMemory(base.bytes)
      : await (base.kind === 'strided' ? openStrided(base) : openRange(base));
  return {
    length,
    read(target, position) {
      source.read(target, position);
      for (const sign of signs) {
        const first = (((sign - position) % every) + every) % every;
        for (let at = first; at < target.length; at += every) target[at]! ^= 0x80;
      }
    },
    close: () => source.close(),
  };
}
