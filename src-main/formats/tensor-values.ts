/** Elements as numbers: from the bytes of any numeric type to float64. */
import type { DType, NumericDType } from './dtypes.ts';
import { type SmallFloat, smallFloatTable } from './small-floats.ts';

/**
 * Widens `count` little-endian elements to float64. 64-bit integers are rounded to the nearest
 * float64; everything else is exact.
 * @param bytes starts at a multiple of 8 within its buffer
 * @param into holds at least `count` numbers
 */
export function widen(
  type: NumericDType,
  bytes: Uint8Array<ArrayBuffer>,
  count: number,
  into: Float64Array,
): void {
  const { buffer, byteOffset: at } = bytes;
  if (type === 'bool') widenBooleans(bytes, count, into);
  else if (type === 'i64' || type === 'u64') {
    const low = new Uint32Array(buffer, at, count * 2);
    widenPairs(low, type === 'u64' ? low : new Int32Array(buffer, at, count * 2), into);
  } else if (type === 'bf16' || type === 'f16') {
    lookUp(new Uint16Array(buffer, at, count), smallFloatTable(type), into);
  } else if (type in native) {
    into.set(new native[type as keyof typeof native](buffer, at, count));
  } else {
    lookUp(new Uint8Array(buffer, at, count), smallFloatTable(type as SmallFloat), into);
  }
}

const native = {
  f64: Float64Array,
  f32: Float32Array,
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
} as const;

/** NumPy and PyTorch write 0 and 1, and take every other byte for true. */
function widenBooleans(bytes: Uint8Array, count: number, into: Float64Array): void {
  for (let index = 0; index < count; index++) into[index] = bytes[index] === 0 ? 0 : 1;
}

/** Low words at even, high words at odd places; one rounding, as a conversion in hardware. */
function widenPairs(low: Uint32Array, high: Int32Array | Uint32Array, into: Float64Array): void {
  const count = low.length / 2;
  for (let index = 0; index < count; index++) {
    into[index] = high[2 * index + 1]! * 4294967296 + low[2 * index]!;
  }
}

function lookUp(codes: Uint8Array | Uint16Array, table: Float64Array, into: Float64Array): void {
  for (let index = 0; index < codes.length; index++) into[index] = table[codes[index]!]!;
}

/** Turns big-endian elements into little-endian ones, in place. */
export function swapBytes(bytes: Uint8Array, dtype: DType): void {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wordBits = wordBitsOf(dtype);
  if (wordBits === 16) view.swap16();
  else if (wordBits === 32) view.swap32();
  else if (wordBits === 64) view.swap64();
  else if (wordBits === 128) for (let at = 0; at < view.length; at += 16) swap128(view, at);
}

/** What is swapped as one: a complex number is two, a text is characters of four bytes. */
function wordBitsOf({ name, bits }: DType): number {
  if (/^c\d/.test(name)) return bits / 2;
  if (name === 'str') return 32;
  return name === 'bytes' || name === 'void' ? 8 : bits;
}

function swap128(bytes: Uint8Array, at: number): void {
  bytes.subarray(at, at + 16).reverse();
}

/**
 * Copies column-major elements into row-major order.
 * @param shape at least one dimension; its product times `itemBytes` is the length of `bytes`
 */
export function toRowMajor(
  bytes: Uint8Array<ArrayBuffer>,
  shape: readonly number[],
  itemBytes: number,
): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(bytes.length);
  const strides: number[] = [];
  let stride = itemBytes;
  for (const dimension of shape) {
    strides.push(stride);
    stride *= dimension;
  }
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to += itemBytes) {
    for (let byte = 0; byte < itemBytes; byte++) result[to + byte] = bytes[from + byte]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      index[axis]!++;
      if (index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}
