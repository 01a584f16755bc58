/**
 * Element types of tensors, under the short names that model files share (`f32`, `bf16`, `i64`).
 *
 * `decode` says how an element becomes a number: types without one (complex numbers, text, packed
 * 4- and 6-bit floats) are still read and compared bit by bit.
 */

export type NumericDType =
  | 'bool'
  | 'u8'
  | 'i8'
  | 'u16'
  | 'i16'
  | 'u32'
  | 'i32'
  | 'u64'
  | 'i64'
  | 'f16'
  | 'bf16'
  | 'f32'
  | 'f64'
  | 'f8_e4m3'
  | 'f8_e5m2'
  | 'f8_e4m3fnuz'
  | 'f8_e5m2fnuz'
  | 'f8_e8m0';

export interface DType {
  /** The name shown: a NumericDType, or what the file calls it in lower case (`c64`, `str`). */
  readonly name: string;
  /** Bits of one element; below 8 for packed types. */
  readonly bits: number;
  /** How to turn elements into numbers; null when only the bits can be compared. */
  readonly decode: NumericDType | null;
}

const numericBits: Readonly<Record<NumericDType, number>> = {
  bool: 8,
  u8: 8,
  i8: 8,
  u16: 16,
  i16: 16,
  u32: 32,
  i32: 32,
  u64: 64,
  i64: 64,
  f16: 16,
  bf16: 16,
  f32: 32,
  f64: 64,
  f8_e4m3: 8,
  f8_e5m2: 8,
  f8_e4m3fnuz: 8,
  f8_e5m2fnuz: 8,
  f8_e8m0: 8,
};

/** A type whose elements can be read as numbers. */
export function numeric(name: NumericDType): DType {
  return { name, bits: numericBits[name], decode: name };
}

/** A type of which only the bits are compared. */
export function opaque(name: string, bits: number): DType {
  return { name, bits, decode: null };
}
