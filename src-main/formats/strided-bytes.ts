/** Views into a storage, put in row-major order while they are read. */
import { CairnError } from '../base/errors.ts';
import { bytesInMemory, openRange, type TensorBytes } from './range-bytes.ts';
import type { StridedContent } from './tensor-file.ts';

/** The part of a storage that a view reaches is held in memory up to this size. */
const maxMemoryBytes = 1 << 30;
/** Shorter runs are copied byte by byte, which is faster than a call for each. */
const shortRunBytes = 64;
/** Runs of this length are read from the file one by one without being slow. */
const longRunBytes = 4096;

/**
 * Opens a view.
 * @throws CairnError `unsupported` when it is too large to be put in order, `corrupt`
 */
export async function openStrided(content: StridedContent): Promise<TensorBytes> {
  const base =
    content.base.kind === 'inline'
      ? bytesInMemory(content.base.bytes)
      : await openRange(content.base);
  const span = spanOf(content);
  if (span > maxMemoryBytes && runOf(content).bytes < longRunBytes) {
    base.close();
    throw new CairnError(
      'unsupported',
      'Its elements lie scattered over more than 1 GiB: too large to be put in order.',
    );
  }
  if (span > maxMemoryBytes) return new StridedBytes(content, base, content.start);
  try {
    const bytes = new Uint8Array(span);
    base.read(bytes, content.start);
    return new StridedBytes(content, bytesInMemory(bytes), 0, bytes);
  } finally {
    base.close();
  }
}

/** Bytes from the first to behind the last element that a view reaches. */
export function spanOf({
  shape,
  strides,
  itemBytes,
}: Pick<StridedContent, 'shape' | 'strides' | 'itemBytes'>): number {
  if (shape.includes(0)) return 0;
  return shape.reduce((span, size, axis) => span + (size - 1) * strides[axis]!, itemBytes);
}

/** How much lies together: the innermost axes that follow each other without a gap. */
function runOf({ shape, strides, itemBytes }: StridedContent) {
  let bytes = itemBytes;
  let axis = shape.length - 1;
  for (; axis >= 0 && (shape[axis] === 1 || strides[axis] === bytes); axis--) bytes *= shape[axis]!;
  return { bytes, outerAxes: axis + 1 };
}

class StridedBytes implements TensorBytes {
  readonly length: number;
  readonly #base: TensorBytes;
  /** What `base` reads from, when it is in memory. */
  readonly #memory: Uint8Array | null;
  readonly #start: number;
  readonly #runBytes: number;
  readonly #shape: readonly number[];
  readonly #strides: readonly number[];

  constructor(
    content: StridedContent,
    base: TensorBytes,
    start: number,
    memory: Uint8Array | null = null,
  ) {
    const { bytes, outerAxes } = runOf(content);
    this.length = content.length;
    this.#base = base;
    this.#memory = memory;
    this.#start = start;
    this.#runBytes = bytes;
    this.#shape = content.shape.slice(0, outerAxes);
    this.#strides = content.strides.slice(0, outerAxes);
  }

  read(target: Uint8Array, position: number): void {
    if (!this.#readElements(target, position)) this.#readRuns(target, position);
  }

  /** Single elements of a size that the processor knows: by far the most frequent, transposed. */
  #readElements(target: Uint8Array, position: number): boolean {
    const memory = this.#memory;
    const itemBytes = this.#runBytes;
    const last = this.#shape.length - 1;
    const aligned = [position, target.byteOffset, target.length, this.#start, ...this.#strides];
    if (!memory || last < 0 || aligned.some((one) => one % itemBytes !== 0)) return false;
    const whole = memory.length - (memory.length % itemBytes);
    const from = elementsOf(memory.subarray(0, whole), itemBytes);
    const into = elementsOf(target, itemBytes);
    if (!from || !into) return false;
    const index = this.#indexOf(position / itemBytes);
    let at = this.#startOf(index) / itemBytes;
    const step = this.#strides[last]! / itemBytes;
    for (let done = 0; done < into.length; ) {
      const count = Math.min(this.#shape[last]! - index[last]!, into.length - done);
      for (let end = done + count; done < end; at += step) into[done++] = from[at]!;
      index[last]! += count - 1;
      at += this.#advance(index) / itemBytes - step;
    }
    return true;
  }

  #readRuns(target: Uint8Array, position: number): void {
    const run = Math.floor(position / this.#runBytes);
    let within = position - run * this.#runBytes;
    const index = this.#indexOf(run);
    let from = this.#startOf(index);
    for (let done = 0; done < target.length; ) {
      const length = Math.min(this.#runBytes - within, target.length - done);
      if (this.#memory && length <= shortRunBytes) {
        for (let at = 0; at < length; at++) target[done + at] = this.#memory[from + within + at]!;
      } else this.#base.read(target.subarray(done, done + length), from + within);
      done += length;
      within = 0;
      from += this.#advance(index);
    }
  }

  close(): void {
    this.#base.close();
  }

  #startOf(index: readonly number[]): number {
    return index.reduce((from, at, axis) => from + at * this.#strides[axis]!, this.#start);
  }

  /** The place along each outer axis of the run with this number. */
  #indexOf(run: number): number[] {
    const index = this.#shape.map(() => 0);
    for (let axis = index.length - 1; axis >= 0; axis--) {
      const size = this.#shape[axis]!;
      index[axis] = run % size;
      run = Math.floor(run / size);
    }
    return index;
  }

  /** Steps to the next run; returns by how many bytes that moves. */
  #advance(index: number[]): number {
    let moved = 0;
    for (let axis = index.length - 1; axis >= 0; axis--) {
      const stride = this.#strides[axis]!;
      moved += stride;
      if (++index[axis]! < this.#shape[axis]!) break;
      moved -= stride * this.#shape[axis]!;
      index[axis] = 0;
    }
    return moved;
  }
}

/** Bytes as words of their size; null when there is no such type or they are not aligned. */
function elementsOf(bytes: Uint8Array, itemBytes: number) {
  const { buffer, byteOffset, length } = bytes;
  if (byteOffset % itemBytes !== 0) return null;
  const count = length / itemBytes;
  if (itemBytes === 4) return new Uint32Array(buffer, byteOffset, count);
  if (itemBytes === 2) return new Uint16Array(buffer, byteOffset, count);
  // Moved as floats, a NaN could lose its bits; as pairs of words nothing is lost.
  return itemBytes === 1 ? bytes : null;
}
