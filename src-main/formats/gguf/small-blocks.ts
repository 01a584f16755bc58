/** Decoders of the types with 32 elements a block; after `dequantize_row_*` of ggml-quants.c. */
import { type BlockDecoder, half, nonLinear, signed } from './block-decoder.ts';

/** The values of 4-bit floats (E2M1), doubled. */
const doubledFp4 = [0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12];

/** 32 elements in 16 bytes: the low nibbles are the first half, the high ones the second. */
function nibbles(
  block: Uint8Array,
  at: number,
  into: Float32Array,
  to: number,
  value: (code: number, element: number) => number,
): void {
  for (let index = 0; index < 16; index++) {
    const byte = block[at + index]!;
    into[to + index] = value(byte & 15, index);
    into[to + index + 16] = value(byte >> 4, index + 16);
  }
}

function bytes(block: Uint8Array, at: number, into: Float32Array, to: number, scale: number) {
  for (let index = 0; index < 32; index++) into[to + index] = scale * signed(block[at + index]!);
}

/** The fifth bits of 32 codes. */
function fifthBits(block: Uint8Array, at: number): number {
  return block[at]! | (block[at + 1]! << 8) | (block[at + 2]! << 16) | (block[at + 3]! << 24);
}

const fifth = (bits: number, element: number) => ((bits >>> element) & 1) << 4;

function decoder(
  blockBytes: number,
  halves: readonly number[],
  decode: BlockDecoder['decode'],
): BlockDecoder {
  return { elements: 32, bytes: blockBytes, halves, startsWithFloat: false, decode };
}

export const smallBlockDecoders: ReadonlyArray<readonly [string, BlockDecoder]> = [
  [
    'q4_0',
    decoder(18, [0], (block, at, into, to) => {
      const d = half(block, at);
      nibbles(block, at + 2, into, to, (code) => d * (code - 8));
    }),
  ],
  [
    'q4_1',
    decoder(20, [0, 2], (block, at, into, to) => {
      const [d, m] = [half(block, at), half(block, at + 2)];
      nibbles(block, at + 4, into, to, (code) => d * code + m);
    }),
  ],
  [
    'q5_0',
    decoder(22, [0], (block, at, into, to) => {
      const [d, high] = [half(block, at), fifthBits(block, at + 2)];
      nibbles(block, at + 6, into, to, (code, index) => d * ((code | fifth(high, index)) - 16));
    }),
  ],
  [
    'q5_1',
    decoder(24, [0, 2], (block, at, into, to) => {
      const [d, m, high] = [half(block, at), half(block, at + 2), fifthBits(block, at + 4)];
      nibbles(block, at + 8, into, to, (code, index) => d * (code | fifth(high, index)) + m);
    }),
  ],
  [
    'q8_0',
    decoder(34, [0], (block, at, into, to) => bytes(block, at + 2, into, to, half(block, at))),
  ],
  [
    'q8_1',
    decoder(36, [0, 2], (block, at, into, to) => bytes(block, at + 4, into, to, half(block, at))),
  ],
  [
    'iq4_nl',
    decoder(18, [0], (block, at, into, to) => {
      const d = half(block, at);
      nibbles(block, at + 2, into, to, (code) => d * nonLinear[code]!);
    }),
  ],
  [
    'mxfp4',
    decoder(17, [], (block, at, into, to) => {
      // The exponent is one lower because the values are doubled.
      const scale = 2 ** (block[at]! - 128);
      nibbles(block, at + 1, into, to, (code) => scale * doubledFp4[code]!);
    }),
  ],
];
