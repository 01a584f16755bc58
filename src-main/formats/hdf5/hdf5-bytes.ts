/** Reading a dataset of an HDF5 file in pieces; chunks are inflated by the library. */
import { CairnError } from '../../base/errors.ts';
import type { TensorBytes } from '../range-bytes.ts';
import type { Hdf5Content } from '../tensor-file.ts';
import { type Hdf5File, recentHdf5 } from './library.ts';

/** About this much is read at once. */
const pieceBytes = 4 * 1024 * 1024;

/** @throws CairnError `corrupt` when the file changed or cannot be opened any more */
export async function openHdf5Bytes(content: Hdf5Content): Promise<TensorBytes> {
  return new DatasetBytes(await recentHdf5(content.base), content);
}

/**
 * Reads an element of a dataset, so that one without its values is found before they are needed.
 * @throws what the library says
 */
export function readSlab(
  file: Hdf5File,
  dataset: string,
  slab: { from: readonly number[]; count: readonly number[] },
  length: number,
): Uint8Array {
  return file.ask((library, id) => {
    const memory = library._malloc(Math.max(1, length));
    if (memory === 0) throw new Error('there is not enough memory');
    try {
      // What the library leaves out (values never written) must not be what was here before.
      library.HEAPU8.fill(0, memory, memory + length);
      const scalar = slab.count.length === 0;
      const big = (values: readonly number[]) => (scalar ? null : values.map(BigInt));
      const strides = big(slab.count.map(() => 1));
      const [count, from] = [big(slab.count), big(slab.from)];
      const status = library.get_dataset_data(id, dataset, count, from, strides, BigInt(memory));
      if (status < 0) throw new Error('its values were not found');
      return library.HEAPU8.slice(memory, memory + length);
    } finally {
      library._free(memory);
    }
  });
}

class DatasetBytes implements TensorBytes {
  readonly length: number;
  readonly #file: Hdf5File;
  readonly #content: Hdf5Content;
  /** The axis along which pieces are cut: what is below it fits into a piece, what it has does not. */
  readonly #axis: number;
  /** Bytes of one step along that axis, and steps in one piece. */
  readonly #step: number;
  readonly #steps: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #from = 0;

  constructor(file: Hdf5File, content: Hdf5Content) {
    this.length = content.length;
    this.#file = file;
    this.#content = content;
    const { shape, itemBytes } = content;
    let axis = Math.max(0, shape.length - 1);
    let step = itemBytes;
    while (axis > 0 && step * shape[axis]! <= pieceBytes) step *= shape[axis--]!;
    this.#axis = axis;
    this.#step = step;
    this.#steps = Math.max(1, Math.floor(pieceBytes / step));
  }

  read(target: Uint8Array, position: number): void {
    for (let done = 0; done < target.length; ) {
      const at = position + done;
      if (at < this.#from || at >= this.#from + this.#bytes.length) this.#load(at);
      const start = at - this.#from;
      const piece = this.#bytes.subarray(start, start + target.length - done);
      target.set(piece, done);
      done += piece.length;
    }
  }

  close(): void {}

  /** Reads the piece that holds a byte. */
  #load(at: number): void {
    const { shape, path, dataset } = this.#content;
    const axis = this.#axis;
    const along = shape[axis] ?? 1;
    const index = Math.floor(at / this.#step);
    const first = Math.floor((index % along) / this.#steps) * this.#steps;
    const count = Math.min(this.#steps, along - first);
    const from: number[] = shape.map(() => 0);
    const counts: number[] = shape.map((dimension, place) => (place < axis ? 1 : dimension));
    let rest = Math.floor(index / along);
    for (let outer = axis - 1; outer >= 0; outer--) {
      from[outer] = rest % shape[outer]!;
      rest = Math.floor(rest / shape[outer]!);
    }
    if (shape.length > 0) {
      from[axis] = first;
      counts[axis] = count;
    }
    try {
      this.#bytes = readSlab(this.#file, dataset, { from, count: counts }, count * this.#step);
    } catch (cause) {
      throw unreadable(path, dataset, cause);
    }
    this.#from = (index - (index % along) + first) * this.#step;
  }
}

/** Values that are damaged, packed by an unknown filter, or in another file. */
export function unreadable(path: string, dataset: string, cause: unknown): CairnError {
  return new CairnError(
    'corrupt',
    `The values of ${JSON.stringify(dataset)} in ${path} cannot be read: they are damaged, packed in an unknown way, or kept in another file, which is not opened.`,
    { cause },
  );
}
