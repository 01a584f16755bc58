/** The shape that every reader of tensors yields, and what a reader is. */
import type { BoosterFacts } from './boosters/types.ts';
import type { DType } from './dtypes.ts';
import type { ModelStructure } from './model-structure.ts';
import type { PositionalFile } from './positional.ts';
import type { ZipEntry } from './zip-directory.ts';

type TensorFormat =
  | 'safetensors'
  | 'npy'
  | 'npz'
  | 'pytorch'
  | 'torchscript'
  | 'pickle'
  | 'sklearn'
  | 'joblib'
  | 'onnx'
  | 'gguf'
  | 'keras'
  | 'hdf5'
  | 'tflite'
  | 'savedmodel'
  | 'xgboost'
  | 'lightgbm'
  | 'catboost';

/**
 * What opening the file in its own framework could do. Nothing of it happens here.
 * - `data`: the format holds numbers and text only
 * - `code-capable`: the format can carry code, and this file holds only what is known to be harmless
 * - `unknown-globals`: it names functions or classes that are not known; `findings` lists them
 * - `dangerous`: it names what runs commands or code when it is loaded
 * - `ambiguous`: two readers could see two different contents in it
 */
export type TensorBadge = 'data' | 'code-capable' | 'unknown-globals' | 'dangerous' | 'ambiguous';

/** NumPy's limit, and more than any model has. */
export const maxDimensions = 64;

/** Bytes as they lie in a file. Offsets and lengths were checked against the file's size. */
export interface ByteRange {
  readonly kind: 'range';
  readonly path: string;
  readonly offset: number;
  /** Bytes in the file. */
  readonly stored: number;
  /** Bytes of the tensor (after inflating, without what is skipped). */
  readonly length: number;
  readonly compression: 'none' | 'deflate';
  /** Bytes to leave out at the start of what was inflated (the NPY header inside an NPZ). */
  readonly skip: number;
  /** CRC-32 of everything that is inflated, checked when it is; null in a stream of many tensors. */
  readonly crc32: number | null;
}

/** A view into a storage, gathered to row-major order while it is read. */
export interface StridedContent {
  readonly kind: 'strided';
  /** The whole storage. */
  readonly base: ByteRange | InlineContent;
  /** Bytes of the row-major elements. */
  readonly length: number;
  readonly itemBytes: number;
  readonly shape: readonly number[];
  /** Bytes from one element to the next, one per dimension; never negative. */
  readonly strides: readonly number[];
  /** Where the first element starts within `base`. What is reached was checked against `base`. */
  readonly start: number;
}

/** Numbers that a file holds with other signs than it says that they have: a lazy conjugate. */
export interface NegatedContent {
  readonly kind: 'negated';
  readonly base: ByteRange | StridedContent | InlineContent;
  readonly length: number;
  /** Bytes of a period, and where in it are those whose highest bit is the sign to turn round. */
  readonly every: number;
  readonly signs: readonly number[];
}

/** Small values that the file holds as text or varints; at most 64 MB in one file. */
export interface InlineContent {
  readonly kind: 'inline';
  readonly length: number;
  readonly bytes: Uint8Array;
}

/** Blocks of few bits an element, read as little-endian f32. */
export interface QuantisedContent {
  readonly kind: 'quantised';
  readonly base: ByteRange;
  /** Four bytes an element. */
  readonly length: number;
  /** The name of the decoder, such as `q4_k`. */
  readonly scheme: string;
  readonly elements: number;
  /** Whether the scales in the blocks are. What is read is little endian. */
  readonly bigEndian?: boolean;
}

/** A dataset of an HDF5 file, read through its library. */
export interface Hdf5Content {
  readonly kind: 'hdf5';
  readonly length: number;
  readonly path: string;
  /** The HDF5 file: all of `path`, or a member of an archive. */
  readonly base: ByteRange;
  /** The path of the dataset, from the root group. */
  readonly dataset: string;
  readonly shape: readonly number[];
  readonly itemBytes: number;
}

/** Where the elements of one tensor are; `length` is in bytes of its row-major elements. */
export type TensorContent =
  | ByteRange
  | StridedContent
  | NegatedContent
  | InlineContent
  | QuantisedContent
  | Hdf5Content;

export interface TensorInfo {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly elements: number;
  readonly bytes: TensorContent;
  readonly bigEndian: boolean;
  /** Column-major order of the elements. */
  readonly fortranOrder: boolean;
}

/** A source text that a model carries, where it lies in the file. */
export interface CodeFile {
  readonly name: string;
  readonly bytes: ByteRange;
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
  readonly badge: TensorBadge;
  /** What speaks for the badge, in sentences: globals of a pickle, layers with code. */
  readonly findings: readonly string[];
  /** Real paths of further files that hold tensors of this model: its own bytes do not tell all. */
  readonly companions?: readonly string[];
  readonly structure?: ModelStructure;
  readonly booster?: BoosterFacts;
  /** TorchScript's code, which is only ever shown. */
  readonly code?: readonly CodeFile[];
}

/** What is known of a file before a reader opens it. */
export interface Probe {
  readonly path: string;
  /** The first 4 KB, or all of a shorter file. */
  readonly start: Buffer;
  readonly size: number;
  /** The members when it starts as a zip archive and is a sound one; null otherwise. */
  readonly members: readonly ZipEntry[] | null;
}

/** One format, or a family that is told apart only after opening. */
export interface TensorReader {
  /** Base names that promise the format; also what the window takes for a model file. */
  readonly names: RegExp;
  /** Whether the content is of this format: by its first bytes or its members, not its name. */
  match(probe: Probe): boolean;
  /**
   * @throws CairnError `corrupt` naming the format for a broken file, `unsupported` for one that
   *   needs what is not read
   */
  open(file: PositionalFile, probe: Probe): Promise<TensorFile>;
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
