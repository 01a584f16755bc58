/** The tensors of event files that stand for a number or a text (tensorflow/core/framework/tensor.proto). */
import { type MessageReader, wire } from './protobuf.ts';
import { smallFloatTable } from './small-floats.ts';

export type SmallTensor =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly texts: readonly string[] };

/** Values of `DataType` that occur. */
const dtypes = {
  float: 1,
  double: 2,
  int32: 3,
  uint8: 4,
  int16: 5,
  int8: 6,
  string: 7,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  half: 19,
} as const;

/** A tensor of one number, or of texts; null for any other. */
export function readTensor(tensor: MessageReader): SmallTensor | null {
  let dtype = 0;
  let elements = 1;
  let content: [number, number] | null = null;
  let value: number | null = null;
  let count = 0;
  const texts: string[] = [];
  const take = (found: number) => {
    value = found;
    count += 1;
  };
  while (tensor.next()) {
    const { field, type } = tensor;
    if (field === 1 && type === wire.varint) dtype = tensor.varint();
    else if (field === 2 && type === wire.bytes) elements = readShape(tensor.message());
    else if (field === 4 && type === wire.bytes) content = tensor.range();
    else if (field === 8 && type === wire.bytes) texts.push(tensor.text());
    else if (field === 5) each(tensor, wire.fixed32, (reader) => take(reader.float()));
    else if (field === 6) each(tensor, wire.fixed64, (reader) => take(reader.double()));
    else if (field === 7 || field === 10 || field === 11) {
      each(tensor, wire.varint, (reader) => take(reader.signed()));
    } else if (field === 13) {
      each(tensor, wire.varint, (reader) => take(small(dtype, reader.varint())));
    } else tensor.skip();
  }
  if (dtype === dtypes.string) return { kind: 'text', texts };
  if (elements !== 1) return null;
  if (content !== null && value === null) value = fromContent(tensor.bytes, content, dtype);
  // Zero is not written in proto3.
  if (value === null && content === null) value = 0;
  return value === null || count > 1 ? null : { kind: 'number', value };
}

/** A repeated number is packed into bytes, or written one by one. */
function each(tensor: MessageReader, single: number, read: (reader: MessageReader) => void): void {
  if (tensor.type === single) read(tensor);
  else if (tensor.type === wire.bytes) {
    const packed = tensor.message();
    while (!packed.done) read(packed);
  } else tensor.skip();
}

/** The product of the dimensions; a scalar has none. */
function readShape(shape: MessageReader): number {
  let elements = 1;
  while (shape.next()) {
    if (shape.field !== 2) {
      shape.skip();
      continue;
    }
    const dimension = shape.message();
    let size = 0;
    while (dimension.next()) {
      if (dimension.field === 1) size = dimension.signed();
      else dimension.skip();
    }
    elements *= size;
  }
  return elements;
}

function fromContent(bytes: Buffer, [from, to]: [number, number], dtype: number): number | null {
  const { float, double, int32, uint8, int16, int8, int64, bool, bfloat16, half } = dtypes;
  const length = to - from;
  if (dtype === double && length === 8) return bytes.readDoubleLE(from);
  if (dtype === int64 && length === 8) return Number(bytes.readBigInt64LE(from));
  if (dtype === float && length === 4) return bytes.readFloatLE(from);
  if (dtype === int32 && length === 4) return bytes.readInt32LE(from);
  if (dtype === int16 && length === 2) return bytes.readInt16LE(from);
  if ((dtype === half || dtype === bfloat16) && length === 2) {
    return small(dtype, bytes.readUInt16LE(from));
  }
  if ((dtype === uint8 || dtype === bool) && length === 1) return bytes.readUInt8(from);
  return dtype === int8 && length === 1 ? bytes.readInt8(from) : null;
}

/** A 16-bit float by its bits. */
function small(dtype: number, bits: number): number {
  const table = smallFloatTable(dtype === dtypes.bfloat16 ? 'bf16' : 'f16');
  return table[bits & 0xffff] as number;
}
