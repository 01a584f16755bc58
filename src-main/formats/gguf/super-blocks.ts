/**
 * Decoders of the types with 256 elements a block; after `dequantize_row_*` of ggml-quants.c. Where
 * a product does not fit into 24 bits it is rounded to float32 at once, as there.
 */
import { type BlockDecoder, half, nonLinear, signed } from './block-decoder.ts';

const { fround } = Math;

function q2k(block: Uint8Array, at: number, into: Float32Array, to: number): void {
  const [d, min] = [half(block, at + 80), half(block, at + 82)];
  for (let group = 0; group < 16; group++) {
    const packed = block[at + group]!;
    const [scale, offset] = [fround(d * (packed & 15)), fround(min * (packed >> 4))];
    const shift = 2 * ((group >> 1) & 3);
    const codes = at + 16 + 32 * (group >> 3) + 16 * (group & 1);
    for (let index = 0; index < 16; index++) {
      const code = (block[codes + index]! >> shift) & 3;
      into[to + 16 * group + index] = fround(scale * code) - offset;
    }
  }
}

function q3k(block: Uint8Array, at: number, into: Float32Array, to: number): void {
  const d = half(block, at + 108);
  for (let group = 0; group < 16; group++) {
    // Sixteen scales of six bits: four low bits in eight bytes, two high bits in four.
    const low = (block[at + 96 + (group & 7)]! >> (group < 8 ? 0 : 4)) & 15;
    const high = (block[at + 104 + (group & 3)]! >> (2 * (group >> 2))) & 3;
    const scale = fround(d * ((low | (high << 4)) - 32));
    const shift = 2 * ((group >> 1) & 3);
    const codes = at + 32 + 32 * (group >> 3) + 16 * (group & 1);
    const masks = at + 16 * (group & 1);
    const bit = group >> 1;
    for (let index = 0; index < 16; index++) {
      const code = (block[codes + index]! >> shift) & 3;
      const missing = ((block[masks + index]! >> bit) & 1) === 0 ? 4 : 0;
      into[to + 16 * group + index] = scale * (code - missing);
    }
  }
}

/** Scale and offset number `group` of eight pairs of six bits, packed into twelve bytes. */
function scalePair(block: Uint8Array, at: number, group: number): [number, number] {
  if (group < 4) return [block[at + group]! & 63, block[at + group + 4]! & 63];
  const mixed = block[at + group + 4]!;
  return [
    (mixed & 15) | ((block[at + group - 4]! >> 2) & 48),
    (mixed >> 4) | ((block[at + group]! >> 2) & 48),
  ];
}

/** @param high where the fifth bits are, or null for a type of four bits */
function q45k(
  block: Uint8Array,
  at: number,
  into: Float32Array,
  to: number,
  high: number | null,
): void {
  const [d, min] = [half(block, at), half(block, at + 2)];
  const codes = high === null ? at + 16 : at + 48;
  for (let group = 0; group < 8; group++) {
    const [scaleCode, minCode] = scalePair(block, at + 4, group);
    const [scale, offset] = [fround(d * scaleCode), fround(min * minCode)];
    const shift = 4 * (group & 1);
    for (let index = 0; index < 32; index++) {
      let code = (block[codes + 32 * (group >> 1) + index]! >> shift) & 15;
      if (high !== null) code |= ((block[high + index]! >> group) & 1) << 4;
      into[to + 32 * group + index] = fround(scale * code) - offset;
    }
  }
}

function q6k(block: Uint8Array, at: number, into: Float32Array, to: number): void {
  const d = half(block, at + 208);
  for (let group = 0; group < 8; group++) {
    const [side, part] = [group >> 2, group & 3];
    const low = at + 64 * side + 32 * (part & 1);
    const high = at + 128 + 32 * side;
    for (let index = 0; index < 32; index++) {
      const scale = fround(d * signed(block[at + 192 + 2 * group + (index >> 4)]!));
      const code =
        ((block[low + index]! >> (4 * (part >> 1))) & 15) |
        (((block[high + index]! >> (2 * part)) & 3) << 4);
      into[to + 32 * group + index] = scale * (code - 32);
    }
  }
}

function q8k(block: Uint8Array, at: number, into: Float32Array, to: number): void {
  const d = new DataView(block.buffer, block.byteOffset + at).getFloat32(0, true);
  for (let index = 0; index < 256; index++) {
    into[to + index] = d * signed(block[at + 4 + index]!);
  }
}

function iq4xs(block: Uint8Array, at: number, into: Float32Array, to: number): void {
  const d = half(block, at);
  const high = block[at + 2]! | (block[at + 3]! << 8);
  for (let group = 0; group < 8; group++) {
    const low = (block[at + 4 + (group >> 1)]! >> (4 * (group & 1))) & 15;
    const scale = fround(d * ((low | (((high >> (2 * group)) & 3) << 4)) - 32));
    for (let index = 0; index < 16; index++) {
      const byte = block[at + 8 + 16 * group + index]!;
      into[to + 32 * group + index] = scale * nonLinear[byte & 15]!;
      into[to + 32 * group + index + 16] = scale * nonLinear[byte >> 4]!;
    }
  }
}

/** Five ternary digits a byte, as a fixed-point fraction: times three, the digit is the overflow. */
function tq1(block: Uint8Array, at: number, into: Float32Array, to: number): void {
  const d = half(block, at + 52);
  let next = to;
  for (const [from, count, digits] of ternaryRuns) {
    for (let digit = 0, power = 1; digit < digits; digit++, power *= 3) {
      for (let index = 0; index < count; index++) {
        const fraction = (block[at + from + index]! * power) & 255;
        into[next++] = d * (((fraction * 3) >> 8) - 1);
      }
    }
  }
}

const ternaryRuns = [
  [0, 32, 5],
  [32, 16, 5],
  [48, 4, 4],
] as const;

function tq2(block: Uint8Array, at: number, into: Float32Array, to: number): void {
  const d = half(block, at + 64);
  for (let index = 0; index < 256; index++) {
    const byte = block[at + 32 * (index >> 7) + (index & 31)]!;
    into[to + index] = d * (((byte >> (2 * ((index >> 5) & 3))) & 3) - 1);
  }
}

function decoder(
  bytes: number,
  halves: readonly number[],
  decode: BlockDecoder['decode'],
): BlockDecoder {
  return { elements: 256, bytes, halves, startsWithFloat: false, decode };
}

export const superBlockDecoders: ReadonlyArray<readonly [string, BlockDecoder]> = [
  ['q2_k', decoder(84, [80, 82], q2k)],
  ['q3_k', decoder(110, [108], q3k)],
  ['q4_k', decoder(144, [0, 2], (block, at, into, to) => q45k(block, at, into, to, null))],
  ['q5_k', decoder(176, [0, 2], (block, at, into, to) => q45k(block, at, into, to, at + 16))],
  ['q6_k', decoder(210, [208], q6k)],
  ['q8_k', { ...decoder(292, [], q8k), startsWithFloat: true }],
  ['iq4_xs', decoder(136, [0, 2], iq4xs)],
  ['tq1_0', decoder(54, [52], tq1)],
  ['tq2_0', decoder(66, [64], tq2)],
];
