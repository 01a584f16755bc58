/** Arrays that a file holds as text, as tensors. */
import { CairnError } from '../../base/errors.ts';
import { type NumericDType, numeric } from '../dtypes.ts';
import type { TensorContent, TensorInfo } from '../tensor-file.ts';
import { type Broken, maxInlineBytes, maxTensors } from '../tensor-parts.ts';

const arrays = {
  u8: Uint8Array,
  i8: Int8Array,
  i16: Int16Array,
  i32: Int32Array,
  u32: Uint32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

export type ArrayType = keyof typeof arrays | 'i64';

/** The arrays of one file, under names that occur once. */
export class ArrayCollector {
  readonly tensors: TensorInfo[] = [];
  readonly #path: string;
  readonly #names = new Set<string>();
  readonly #broken: Broken;
  #held = 0;

  constructor(path: string, broken: Broken) {
    this.#path = path;
    this.#broken = broken;
  }

  /** Adds numbers, kept in the given type. */
  add(name: string, type: ArrayType, values: ArrayLike<number>): void {
    const bytes = encode(type, values);
    this.#held += bytes.length;
    if (this.#held > maxInlineBytes) {
      throw new CairnError(
        'unsupported',
        `${this.#path} holds over 64 MiB of numbers as text: save it in the binary format of its library to compare it.`,
      );
    }
    this.addContent(
      name,
      type,
      values.length,
      { kind: 'inline', length: bytes.length, bytes },
      false,
    );
  }

  /** Adds numbers where they lie in the file. */
  addContent(
    name: string,
    type: NumericDType,
    elements: number,
    bytes: TensorContent,
    bigEndian: boolean,
  ): void {
    if (this.#names.has(name)) this.#broken(`the name ${JSON.stringify(name)} occurs twice`);
    if (this.tensors.length === maxTensors) this.#broken('it declares over 200 000 tensors');
    this.#names.add(name);
    const dtype = numeric(type);
    this.tensors.push({
      name,
      dtype,
      shape: [elements],
      elements,
      bytes,
      bigEndian: bigEndian && dtype.bits > 8,
      fortranOrder: false,
    });
  }
}

function encode(type: ArrayType, values: ArrayLike<number>): Uint8Array {
  if (type !== 'i64') return new Uint8Array(arrays[type].from(values).buffer);
  const wide = new BigInt64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    wide[index] = Number.isSafeInteger(value) ? BigInt(value) : 0n;
  }
  return new Uint8Array(wide.buffer);
}
