/** All datasets of an HDF5 file as tensors. */
import { CairnError } from '../../base/errors.ts';
import { numeric } from '../dtypes.ts';
import { type ByteRange, countElements, type TensorInfo } from '../tensor-file.ts';
import { type Broken, maxDimensions, maxTensors } from '../tensor-parts.ts';
import { elementType } from './elements.ts';
import { readSlab, unreadable } from './hdf5-bytes.ts';
import type { Hdf5File, Library } from './library.ts';

/** Groups in groups; a group may also hold itself. */
const maxDepth = 32;
const maxObjects = 2 * maxTensors;
const maxChunkBytes = 256 * 1024 * 1024;
/** Deflate makes at most some thousand bytes of one. */
const maxRatio = 1100;
const maxTotalBytes = 64 * 1024 ** 3;

export interface Datasets {
  readonly tensors: readonly TensorInfo[];
  readonly notes: readonly string[];
}

/**
 * Walks through all groups. What points to other files is left out with a note.
 * @throws CairnError `corrupt`, `unsupported`
 */
export function listDatasets(file: Hdf5File, base: ByteRange, broken: Broken): Datasets {
  const walk = new Walk(file, base, broken);
  walk.group('', 0);
  return walk;
}

class Walk implements Datasets {
  readonly tensors: TensorInfo[] = [];
  readonly notes: string[] = [];
  readonly #file: Hdf5File;
  readonly #base: ByteRange;
  readonly #broken: Broken;
  #objects = 0;
  #bytes = 0;

  constructor(file: Hdf5File, base: ByteRange, broken: Broken) {
    this.#file = file;
    this.#base = base;
    this.#broken = broken;
  }

  group(path: string, depth: number): void {
    if (depth > maxDepth) this.#broken('its groups are nested too deeply, or in a circle');
    const names = this.#ask((library, id) => library.get_names(id, path || '/', false), path);
    for (const name of names) {
      if (++this.#objects > maxObjects) this.#broken('it has over 400 000 objects');
      const inner = `${path}/${name}`;
      const kind = this.#ask((library, id) => kindOf(library, library.get_type(id, inner)), inner);
      if (kind === 'group') this.group(inner, depth + 1);
      else if (kind === 'dataset') this.#dataset(inner);
      else if (kind === 'link') {
        this.#note(
          `${JSON.stringify(inner.slice(1))} is a link to elsewhere, which is not followed.`,
        );
      }
    }
  }

  #dataset(path: string): void {
    const { metadata, found } = this.#ask((library, id) => {
      const metadata = library.get_dataset_metadata(id, path);
      return { metadata, found: elementType(library, metadata) };
    }, path);
    const name = path.slice(1);
    const title = JSON.stringify(name);
    const { shape, chunks } = metadata;
    if (shape === null) return;
    if ((metadata.virtual_sources?.length ?? 0) > 0) {
      this.#note(`${title} is put together from other files, which are not opened.`);
      return;
    }
    if (found === null) {
      this.#note(`${title} holds text and was left out.`);
      return;
    }
    const dtype =
      metadata.size === 2 && found.decode === null && this.#isBfloat16(path)
        ? numeric('bf16')
        : found;
    const elements = countElements(shape) ?? Number.NaN;
    const length = elements * metadata.size;
    if (!Number.isSafeInteger(length) || shape.length > maxDimensions) {
      this.#broken(`the shape of ${title} is larger than any file`);
    }
    this.#checkSize(title, length, chunks, metadata.size);
    // Only values in one piece may be in another file: the first one tells.
    if (chunks === null && elements > 0) {
      const one = { from: shape.map(() => 0), count: shape.map(() => 1) };
      this.#read(() => readSlab(this.#file, path, one, metadata.size), path);
    }
    if (this.tensors.length === maxTensors) this.#broken('it declares over 200 000 tensors');
    this.tensors.push({
      name,
      dtype,
      shape,
      elements,
      bytes: {
        kind: 'hdf5',
        path: this.#base.path,
        base: this.#base,
        dataset: path,
        shape,
        itemBytes: metadata.size,
        length,
      },
      bigEndian: false,
      fortranOrder: false,
    });
  }

  /** A shape is only a claim: without its values a dataset takes no place. */
  #checkSize(title: string, length: number, chunks: number[] | null, itemBytes: number): void {
    const size = this.#base.length;
    const limit = chunks === null ? size : size * maxRatio;
    this.#bytes += length;
    if (length > limit || this.#bytes > maxTotalBytes) {
      this.#broken(`${title} declares more values than the file can hold`);
    }
    const chunk = (chunks ?? []).reduce((product, dimension) => product * dimension, itemBytes);
    if (chunk > maxChunkBytes) {
      throw new CairnError(
        'unsupported',
        `${this.#base.path} keeps ${title} in chunks of over 256 MiB, more than is sensible.`,
      );
    }
  }

  /** Keras marks values of 16 opaque bits. */
  #isBfloat16(path: string): boolean {
    return readTextAttribute(this.#file, path, 'dtype') === 'bfloat16';
  }

  #note(note: string): void {
    if (this.notes.length < 100) this.notes.push(note);
  }

  #ask<Answer>(question: (library: Library, id: bigint) => Answer, path: string): Answer {
    return this.#read(() => this.#file.ask(question), path);
  }

  #read<Answer>(question: () => Answer, path: string): Answer {
    try {
      return question();
    } catch (cause) {
      throw unreadable(this.#base.path, path.slice(1), cause);
    }
  }
}

function kindOf(library: Library, type: number): 'group' | 'dataset' | 'link' | 'other' {
  if (type === library.H5G_GROUP) return 'group';
  if (type === library.H5G_DATASET) return 'dataset';
  return type === library.H5G_LINK || type === library.H5G_UDLINK ? 'link' : 'other';
}

/** An attribute of text; null when there is none, or it is too long or something else. */
export function readTextAttribute(file: Hdf5File, path: string, name: string): string | null {
  try {
    return file.ask((library, id) => attributeText(library, id, path, name));
  } catch {
    // What is said about the tensors is no reason not to show them.
    return null;
  }
}

function attributeText(library: Library, id: bigint, path: string, name: string): string | null {
  if (!library.get_attribute_names(id, path).includes(name)) return null;
  const { size, total_size: count, vlen, type } = library.get_attribute_metadata(id, path, name);
  if (type !== library.H5T_class_t.H5T_STRING.value || count !== 1 || size > maxTextBytes) {
    return null;
  }
  const memory = library._malloc(Math.max(8, size));
  try {
    library.get_attribute_data(id, path, name, BigInt(memory));
    if (!vlen) return textAt(library.HEAPU8, memory, memory + size);
    const pointer = new DataView(library.HEAPU8.buffer).getUint32(memory, true);
    if (pointer === 0) return null;
    const text = textAt(library.HEAPU8, pointer, pointer + maxTextBytes);
    library.reclaim_vlen_memory(id, path, name, BigInt(memory));
    return text;
  } finally {
    library._free(memory);
  }
}

const maxTextBytes = 64 * 1024 * 1024;

function textAt(heap: Uint8Array, from: number, limit: number): string {
  const end = heap.subarray(from, limit).indexOf(0);
  return Buffer.from(heap.subarray(from, end < 0 ? limit : from + end)).toString('utf8');
}
