/** The shape that every reader of tensors yields. */
import type { DType } from './dtypes.ts';

type TensorFormat = 'safetensors' | 'npy' | 'npz';

/** Where the bytes of one tensor are. Offsets and lengths were checked against the file's size. */
export interface ByteRange {
  readonly path: string;
  readonly offset: number;
  /** Bytes in the file. */
  readonly stored: number;
  /** Bytes of the tensor (after inflating, without what is skipped). */
  readonly length: number;
  readonly compression: 'none' | 'deflate';
  /** Bytes to leave out at the start of what was inflated (the NPY header inside an NPZ). */
  readonly skip: number;
  /** CRC-32 of everything that is inflated, checked when it is. */
  readonly crc32: number | null;
}

export interface TensorInfo {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly elements: number;
  readonly bytes: ByteRange;
  readonly bigEndian: boolean;
  /** Column-major order of the elements. */
  readonly fortranOrder: boolean;
}

export interface TensorFile {
  readonly path: string;
  readonly format: TensorFormat;
  readonly sizeBytes: number;
  readonly metadata: ReadonlyMap<string, string>;
  /** In the order of the file; names are unique. */
  readonly tensors: readonly TensorInfo[];
  /** What was left out and why, in sentences (an object array inside an NPZ). */
  readonly notes: readonly string[];
}

/** The product of the dimensions; null when it is not a safe integer. */
export function countElements(shape: readonly number[]): number | null {
  if (shape.includes(0)) return 0;
  let product = 1;
  for (const dimension of shape) {
    product *= dimension;
    if (!Number.isSafeInteger(product)) return null;
  }
  return product;
}
