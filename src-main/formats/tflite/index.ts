/**
 * TensorFlow Lite: a FlatBuffer (tensorflow/lite/schema/schema.fbs) of graphs, whose constant tensors
 * have their values in buffers, read where they lie.
 */
import { type DType, numeric, opaque } from '../dtypes.ts';
import { FileWindow } from '../file-window.ts';
import { FlatTable } from '../flatbuffer.ts';
import type { PositionalFile } from '../positional.ts';
import {
  type ByteRange,
  countElements,
  type TensorFile,
  type TensorInfo,
  type TensorReader,
} from '../tensor-file.ts';
import { type Broken, brokenFile, maxDimensions, maxTensors, plainRange } from '../tensor-parts.ts';
import { readStructure } from './structure.ts';

const maxSubgraphs = 10_000;
/** Tensors without values are only counted. */
const maxLookedAt = 500_000;

export const tfliteReader: TensorReader = {
  names: /\.tflite$/i,
  match: ({ start }) => start.toString('latin1', 4, 8) === 'TFL3',
  open: readTflite,
};

/** By the number of `TensorType`; text and handles are none of them. */
const types: ReadonlyMap<number, DType> = new Map([
  [0, numeric('f32')],
  [1, numeric('f16')],
  [2, numeric('i32')],
  [3, numeric('u8')],
  [4, numeric('i64')],
  [6, numeric('bool')],
  [7, numeric('i16')],
  [8, opaque('c64', 64)],
  [9, numeric('i8')],
  [10, numeric('f64')],
  [11, opaque('c128', 128)],
  [12, numeric('u64')],
  [15, numeric('u32')],
  [16, numeric('u16')],
  [17, opaque('i4', 4)],
  [18, numeric('bf16')],
  [19, opaque('i2', 2)],
  [20, opaque('u4', 4)],
]);

async function readTflite(file: PositionalFile): Promise<TensorFile> {
  const broken = brokenFile(file.path, 'TensorFlow Lite');
  if (file.size < 16) return broken('it is too short');
  const window = new FileWindow(file);
  if (window.bytes(4, 4).toString('latin1') !== 'TFL3') return broken('its mark TFL3 is missing');
  const model = FlatTable.root(window, broken);
  const buffers = readBuffers(model, file, broken);
  const found = new Constants(file.path, buffers, broken);
  let index = 0;
  for (const subgraph of model.tables(2)) {
    if (index === maxSubgraphs) return broken('it has over 10 000 graphs');
    found.addAll(subgraph, index === 0 ? '' : `${subgraph.text(4) || `graph ${index}`}/`);
    index++;
  }
  const metadata = new Map([['schema version', String(model.u32(0))]]);
  const description = model.text(3);
  if (description) metadata.set('description', description);
  return {
    path: file.path,
    format: 'tflite',
    sizeBytes: file.size,
    metadata,
    tensors: found.tensors,
    notes: found.notes,
    badge: 'data',
    findings: [],
    structure: readStructure(model),
  };
}

/** Where the values of each buffer are; those of models over 2 GB lie behind the FlatBuffer. */
function readBuffers(model: FlatTable, file: PositionalFile, broken: Broken): ByteRange[] {
  const buffers: ByteRange[] = [];
  for (const buffer of model.tables(4)) {
    if (buffers.length === maxLookedAt) broken('it has over 500 000 tensors');
    const [offset, size] = [buffer.u64(1), buffer.u64(2)];
    if (offset > 1) {
      if (offset + size > file.size) broken('a buffer lies beyond its end');
      buffers.push(plainRange(file.path, offset, size));
    } else {
      const { at, count } = buffer.vector(0, 1);
      buffers.push(plainRange(file.path, at, count));
    }
  }
  return buffers;
}

/** The tensors that have values. */
class Constants {
  readonly tensors: TensorInfo[] = [];
  readonly notes: string[] = [];
  readonly #path: string;
  readonly #buffers: readonly ByteRange[];
  readonly #broken: Broken;
  readonly #names = new Map<string, number>();
  #lookedAt = 0;

  constructor(path: string, buffers: readonly ByteRange[], broken: Broken) {
    this.#path = path;
    this.#buffers = buffers;
    this.#broken = broken;
  }

  addAll(subgraph: FlatTable, prefix: string): void {
    for (const tensor of subgraph.tables(0)) {
      if (++this.#lookedAt > maxLookedAt) this.#broken('it has over 500 000 tensors');
      const buffer = this.#buffers[tensor.u32(2)];
      if (!buffer) this.#broken('a tensor has a buffer that does not exist');
      else if (buffer.length > 0) this.#add(tensor, prefix, buffer);
    }
  }

  #add(tensor: FlatTable, prefix: string, bytes: ByteRange): void {
    const name = this.#unique(prefix + tensor.text(3));
    const title = JSON.stringify(name);
    const dtype = types.get(tensor.u8(1));
    if (!dtype || tensor.table(6)) {
      const note = dtype
        ? `${title} is stored sparsely and was left out.`
        : `${title} holds no numbers and was left out.`;
      if (this.notes.length < 100) this.notes.push(note);
      return;
    }
    const shape = tensor.integers(0, maxDimensions);
    const elements = shape.some((size) => size < 0) ? null : countElements(shape);
    if (elements === null || Math.ceil((elements * dtype.bits) / 8) !== bytes.length) {
      this.#broken(`the tensor ${title} has another size than its shape needs`);
    }
    this.#push({ name, dtype, shape, elements: elements ?? 0, bytes });
    this.#addQuantisation(tensor, name);
  }

  /** What turns whole numbers into the values that they stand for. */
  #addQuantisation(tensor: FlatTable, name: string): void {
    const quantisation = tensor.table(4);
    if (!quantisation) return;
    for (const [field, key, type] of [
      [2, 'scale', numeric('f32')],
      [3, 'zero_point', numeric('i64')],
    ] as const) {
      const itemBytes = type.bits / 8;
      const { at, count } = quantisation.vector(field, itemBytes);
      if (count === 0) continue;
      const bytes = plainRange(this.#path, at, count * itemBytes);
      const unique = this.#unique(`${name}/${key}`);
      this.#push({ name: unique, dtype: type, shape: [count], elements: count, bytes });
    }
  }

  #push(tensor: Omit<TensorInfo, 'bigEndian' | 'fortranOrder'>): void {
    if (this.tensors.length === maxTensors) this.#broken('it declares over 200 000 tensors');
    this.tensors.push({ ...tensor, bigEndian: false, fortranOrder: false });
  }

  /** Names are for people here, and may occur twice. */
  #unique(name: string): string {
    const times = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, times);
    return times === 1 ? name : this.#unique(`${name} (${times})`);
  }
}
