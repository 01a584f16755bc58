/** Records of a TensorFlow checkpoint (tensorflow/core/protobuf/tensor_bundle.proto). */
import { type DType, type NumericDType, numeric, opaque } from '../dtypes.ts';
import { MessageReader } from '../protobuf.ts';

const plain: ReadonlyArray<readonly [number, NumericDType]> = [
  [1, 'f32'],
  [2, 'f64'],
  [3, 'i32'],
  [4, 'u8'],
  [5, 'i16'],
  [6, 'i8'],
  [9, 'i64'],
  [10, 'bool'],
  [11, 'i8'],
  [12, 'u8'],
  [13, 'i32'],
  [14, 'bf16'],
  [15, 'i16'],
  [16, 'u16'],
  [17, 'u16'],
  [19, 'f16'],
  [22, 'u32'],
  [23, 'u64'],
  [24, 'f8_e5m2'],
  [25, 'f8_e4m3'],
  [26, 'f8_e4m3fnuz'],
  [28, 'f8_e5m2fnuz'],
];

/** By the number of `DataType`; text and handles are none of them. */
export const tensorflowTypes: ReadonlyMap<number, DType> = new Map([
  ...plain.map(([number, name]) => [number, numeric(name)] as const),
  [8, opaque('c64', 64)],
  [18, opaque('c128', 128)],
  // Each in a byte of its own, of which the upper half is empty.
  [29, opaque('i4', 8)],
  [30, { name: 'u4', bits: 8, decode: 'u8' }],
]);

export interface BundleHeader {
  readonly shards: number;
  readonly bigEndian: boolean;
}

export function readHeader(value: Buffer): BundleHeader {
  const message = new MessageReader(value);
  let [shards, bigEndian] = [0, false];
  while (message.next()) {
    if (message.field === 1) shards = message.varint();
    else if (message.field === 2) bigEndian = message.varint() === 1;
    else message.skip();
  }
  return { shards, bigEndian };
}

export interface BundleEntry {
  type: number;
  shape: number[];
  shard: number;
  offset: number;
  length: number;
  /** Whether it is put together from slices that are entries of their own. */
  sliced: boolean;
}

export function readEntry(value: Buffer): BundleEntry {
  const message = new MessageReader(value);
  const entry: BundleEntry = { type: 0, shape: [], shard: 0, offset: 0, length: 0, sliced: false };
  while (message.next()) {
    if (message.field === 1) entry.type = message.varint();
    else if (message.field === 2) entry.shape = readShape(message.message());
    else if (message.field === 3) entry.shard = message.varint();
    else if (message.field === 4) entry.offset = message.varint();
    else if (message.field === 5) entry.length = message.varint();
    else {
      entry.sliced ||= message.field === 7;
      message.skip();
    }
  }
  return entry;
}

function readShape(message: MessageReader): number[] {
  const shape: number[] = [];
  while (message.next()) {
    if (message.field !== 2) message.skip();
    else {
      const dimension = message.message();
      let size = 0;
      while (dimension.next()) {
        if (dimension.field === 1) size = dimension.varint();
        else dimension.skip();
      }
      shape.push(size);
    }
  }
  return shape;
}
