/**
 * Decoders of the types that choose 4 or 8 numbers at once by a point of a lattice (`IQ1` to `IQ3`);
 * after `dequantize_row_iq*` of ggml-quants.c. All products fit into float32 exactly.
 */
import { type BlockDecoder, half, halfOf } from './block-decoder.ts';
import { iq1s, iq2s, iq2xs, iq2xxs, iq3s, iq3xxs } from './lattice-points.ts';

/** The numbers of all points of a lattice, one after the other. */
function lattice(packed: string, bits: 2 | 4, numbers: readonly number[]): () => Int8Array {
  let made: Int8Array | null = null;
  return () => {
    if (made) return made;
    const bytes = Buffer.from(packed, 'base64');
    const perByte = 8 / bits;
    made = Int8Array.from({ length: bytes.length * perByte }, (_, at) => {
      const byte = bytes[Math.floor(at / perByte)]!;
      return numbers[(byte >> (bits * (at % perByte))) & ((1 << bits) - 1)]!;
    });
    return made;
  };
}

const twoBits = [8, 25, 43];
const points = {
  iq2xxs: lattice(iq2xxs, 2, twoBits),
  iq2xs: lattice(iq2xs, 2, twoBits),
  iq2s: lattice(iq2s, 2, twoBits),
  iq1s: lattice(iq1s, 2, [-1, 0, 1]),
  iq3xxs: lattice(iq3xxs, 4, [4, 12, 20, 28, 36, 44, 52, 62]),
  iq3s: lattice(iq3s, 4, [1, 3, 5, 7, 9, 11, 13, 15]),
};

/** Eight signs of seven bits: there are always as many as make their number even. */
const evenSigns = Uint8Array.from({ length: 128 }, (_, code) => {
  let odd = 0;
  for (let bits = code; bits > 0; bits >>= 1) odd ^= bits & 1;
  return code | (odd << 7);
});

/** Writes numbers of a point, times a scale; `signs` has a bit for each that is negative. */
function signedPoint(
  numbers: Int8Array,
  from: number,
  count: number,
  scale: number,
  signs: number,
  into: Float32Array,
  to: number,
): void {
  for (let index = 0; index < count; index++) {
    into[to + index] = scale * numbers[from + index]! * ((signs >> index) & 1 ? -1 : 1);
  }
}

/** The same of a lattice around zero, all moved by an eighth. */
function movedPoint(
  from: number,
  scale: number,
  move: number,
  into: Float32Array,
  to: number,
): void {
  const numbers = points.iq1s();
  for (let index = 0; index < 8; index++) {
    into[to + index] = scale * (numbers[from + index]! + move);
  }
}

function u16(block: Uint8Array, at: number): number {
  return block[at]! | (block[at + 1]! << 8);
}

/** The bits of a 32-bit word from one on: at most 16 of them. */
function bitsAt(block: Uint8Array, at: number, shift: number, mask: number): number {
  const word = u16(block, at) + u16(block, at + 2) * 65536;
  return Math.floor(word / 2 ** shift) & mask;
}

type Decode = BlockDecoder['decode'];

const decodeIq2xxs: Decode = (block, at, into, to) => {
  const [d, numbers] = [half(block, at), points.iq2xxs()];
  for (let part = 0; part < 32; part++) {
    const group = at + 2 + 8 * (part >> 2);
    const scale = d * (0.5 + bitsAt(block, group + 4, 28, 15)) * 0.25;
    const signs = evenSigns[bitsAt(block, group + 4, 7 * (part & 3), 127)]!;
    signedPoint(numbers, 8 * block[group + (part & 3)]!, 8, scale, signs, into, to + 8 * part);
  }
};

const decodeIq2xs: Decode = (block, at, into, to) => {
  const [d, numbers] = [half(block, at), points.iq2xs()];
  for (let part = 0; part < 32; part++) {
    const code = u16(block, at + 2 + 2 * part);
    const nibble = (block[at + 66 + (part >> 2)]! >> (4 * ((part >> 1) & 1))) & 15;
    const scale = d * (0.5 + nibble) * 0.25;
    signedPoint(numbers, 8 * (code & 511), 8, scale, evenSigns[code >> 9]!, into, to + 8 * part);
  }
};

const decodeIq2s: Decode = (block, at, into, to) => {
  const [d, numbers] = [half(block, at), points.iq2s()];
  for (let part = 0; part < 32; part++) {
    const high = (block[at + 66 + (part >> 2)]! >> (2 * (part & 3))) & 3;
    const nibble = (block[at + 74 + (part >> 2)]! >> (4 * ((part >> 1) & 1))) & 15;
    const from = 8 * (block[at + 2 + part]! | (high << 8));
    const scale = d * (0.5 + nibble) * 0.25;
    signedPoint(numbers, from, 8, scale, block[at + 34 + part]!, into, to + 8 * part);
  }
};

const decodeIq3xxs: Decode = (block, at, into, to) => {
  const [d, numbers] = [half(block, at), points.iq3xxs()];
  for (let part = 0; part < 64; part++) {
    const word = at + 66 + 4 * (part >> 3);
    const scale = d * (0.5 + bitsAt(block, word, 28, 15)) * 0.5;
    const eight = evenSigns[bitsAt(block, word, 7 * ((part >> 1) & 3), 127)]!;
    const signs = eight >> (4 * (part & 1));
    signedPoint(numbers, 4 * block[at + 2 + part]!, 4, scale, signs, into, to + 4 * part);
  }
};

const decodeIq3s: Decode = (block, at, into, to) => {
  const [d, numbers] = [half(block, at), points.iq3s()];
  for (let part = 0; part < 64; part++) {
    const high = (block[at + 66 + (part >> 3)]! >> (part & 7)) & 1;
    const nibble = (block[at + 106 + (part >> 4)]! >> (4 * ((part >> 3) & 1))) & 15;
    const signs = block[at + 74 + (part >> 1)]! >> (4 * (part & 1));
    const from = 4 * (block[at + 2 + part]! | (high << 8));
    signedPoint(numbers, from, 4, d * (1 + 2 * nibble), signs, into, to + 4 * part);
  }
};

const decodeIq1s: Decode = (block, at, into, to) => {
  const d = half(block, at);
  for (let part = 0; part < 32; part++) {
    const more = u16(block, at + 34 + 2 * (part >> 2));
    const from = 8 * (block[at + 2 + part]! | (((more >> (3 * (part & 3))) & 7) << 8));
    const scale = d * (2 * ((more >> 12) & 7) + 1);
    movedPoint(from, scale, more & 0x8000 ? -0.125 : 0.125, into, to + 8 * part);
  }
};

/** Its one half float lies in the highest four bits of four words. */
const decodeIq1m: Decode = (block, at, into, to) => {
  const [a, b, c, e] = [0, 2, 4, 6].map((word) => u16(block, at + 48 + word)) as [
    number,
    number,
    number,
    number,
  ];
  const d = halfOf((a >> 12) | ((b >> 8) & 0xf0) | ((c >> 4) & 0xf00) | (e & 0xf000));
  for (let part = 0; part < 32; part++) {
    const more = (block[at + 32 + (part >> 1)]! >> (4 * (part & 1))) & 15;
    const from = 8 * (block[at + part]! | ((more & 7) << 8));
    const code = (u16(block, at + 48 + 2 * (part >> 3)) >> (3 * ((part >> 1) & 3))) & 7;
    movedPoint(from, d * (2 * code + 1), more & 8 ? -0.125 : 0.125, into, to + 8 * part);
  }
};

function decoder(bytes: number, decode: Decode, halves: readonly number[] = [0]): BlockDecoder {
  return { elements: 256, bytes, halves, startsWithFloat: false, decode };
}

export const latticeDecoders: ReadonlyArray<readonly [string, BlockDecoder]> = [
  ['iq2_xxs', decoder(66, decodeIq2xxs)],
  ['iq2_xs', decoder(74, decodeIq2xs)],
  ['iq2_s', decoder(82, decodeIq2s)],
  ['iq3_xxs', decoder(98, decodeIq3xxs)],
  ['iq3_s', decoder(110, decodeIq3s)],
  ['iq1_s', decoder(50, decodeIq1s)],
  ['iq1_m', decoder(56, decodeIq1m, [])],
];
