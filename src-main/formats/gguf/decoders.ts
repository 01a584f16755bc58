/**
 * From blocks of few bits to float32, in the steps and with the roundings of ggml's reference
 * (`dequantize_row_*` in ggml-quants.c), so that results agree with it to the last bit.
 */
import type { BlockDecoder } from './block-decoder.ts';
import { latticeDecoders } from './lattice-blocks.ts';
import { smallBlockDecoders } from './small-blocks.ts';
import { superBlockDecoders } from './super-blocks.ts';

/** By the name of the type, in lower case. */
export const blockDecoders: ReadonlyMap<string, BlockDecoder> = new Map([
  ...smallBlockDecoders,
  ...superBlockDecoders,
  ...latticeDecoders,
]);
