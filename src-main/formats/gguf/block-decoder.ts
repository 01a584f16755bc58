/** What decoders of blocks share. */
import { smallFloatTable } from '../small-floats.ts';

export interface BlockDecoder {
  readonly elements: number;
  readonly bytes: number;
  /** Where a block has 16-bit values: they are what a big-endian file swaps. */
  readonly halves: readonly number[];
  /** Whether a block starts with a 32-bit float, likewise. */
  readonly startsWithFloat: boolean;
  /** Decodes the block at `at` into `into` from `to` on. */
  decode(block: Uint8Array, at: number, into: Float32Array, to: number): void;
}

const halfValues = smallFloatTable('f16');

/** The 16-bit float at a place, little endian. */
export function half(bytes: Uint8Array, at: number): number {
  return halfValues[bytes[at]! | (bytes[at + 1]! << 8)]!;
}

/** The 16-bit float with these bits. */
export function halfOf(bits: number): number {
  return halfValues[bits]!;
}

/** A byte as an int8. */
export function signed(byte: number): number {
  return (byte << 24) >> 24;
}

/** The values of 4-bit floats (E2M1), doubled. */
export const doubledFp4 = [0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12] as const;

/** The values of 4-bit codes in the non-linear types. */
export const nonLinear = [
  -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113,
] as const;
