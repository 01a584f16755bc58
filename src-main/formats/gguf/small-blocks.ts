/** Decoders of the types with 32, 64 or 128 elements a block; after `dequantize_row_*` of ggml-quants.c. */
import { type BlockDecoder, doubledFp4, half, nonLinear, signed } from './block-decoder.ts';

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

/** An unsigned float of four bits and three, halved as the values that it scales are doubled. */
function halvedScale(byte: number): number {
  const [exponent, fraction] = [(byte >> 3) & 15, byte & 7];
  if (byte === 0x7f) return 0;
  return exponent === 0 ? fraction / 1024 : (1 + fraction / 8) * 2 ** (exponent - 8);
}

/** Four times sixteen elements, with a scale each. */
function nvfp4(block: Uint8Array, at: number, into: Float32Array, to: number): void {
  for (let part = 0; part < 4; part++) {
    const scale = halvedScale(block[at + part]!);
    for (let index = 0; index < 8; index++) {
      const byte = block[at + 4 + 8 * part + index]!;
      into[to + 16 * part + index] = scale * doubledFp4[byte & 15]!;
      into[to + 16 * part + index + 8] = scale * doubledFp4[byte >> 4]!;
    }
  }
}

/** A bit each: plus or minus the scale. */
function q1(block: Uint8Array, at: number, into: Float32Array, to: number): void {
  const d = half(block, at);
  for (let index = 0; index < 128; index++) {
    into[to + index] = (block[at + 2 + (index >> 3)]! >> (index & 7)) & 1 ? d : -d;
  }
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
  ['nvfp4', { elements: 64, bytes: 36, halves: [], startsWithFloat: false, decode: nvfp4 }],
  ['q1_0', { elements: 128, bytes: 18, halves: [0], startsWithFloat: false, decode: q1 }],
];
