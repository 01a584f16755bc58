/** Element types of PyTorch: what its storages and dtypes are called in a pickle. */
import { type DType, numeric, opaque } from '../dtypes.ts';

/** `torch.<name>Storage`; the element of an untyped one is a byte. */
const storages: ReadonlyMap<string, DType> = new Map([
  ['Double', numeric('f64')],
  ['Float', numeric('f32')],
  ['Half', numeric('f16')],
  ['BFloat16', numeric('bf16')],
  ['Long', numeric('i64')],
  ['Int', numeric('i32')],
  ['Short', numeric('i16')],
  ['Char', numeric('i8')],
  ['Byte', numeric('u8')],
  ['Bool', numeric('bool')],
  ['Untyped', numeric('u8')],
  ['ComplexDouble', opaque('c128', 128)],
  ['ComplexFloat', opaque('c64', 64)],
  ['ComplexHalf', opaque('c32', 32)],
  ['QInt8', opaque('qint8', 8)],
  ['QUInt8', opaque('quint8', 8)],
  ['QInt32', opaque('qint32', 32)],
  ['QUInt4x2', opaque('quint4x2', 8)],
  ['QUInt2x4', opaque('quint2x4', 8)],
]);

/** `torch.<name>` for the types that have no storage of their own. */
const dtypes: ReadonlyMap<string, DType> = new Map([
  ['float64', numeric('f64')],
  ['float32', numeric('f32')],
  ['float16', numeric('f16')],
  ['bfloat16', numeric('bf16')],
  ['int64', numeric('i64')],
  ['int32', numeric('i32')],
  ['int16', numeric('i16')],
  ['int8', numeric('i8')],
  ['uint64', numeric('u64')],
  ['uint32', numeric('u32')],
  ['uint16', numeric('u16')],
  ['uint8', numeric('u8')],
  ['bool', numeric('bool')],
  ['float8_e4m3fn', numeric('f8_e4m3')],
  ['float8_e5m2', numeric('f8_e5m2')],
  ['float8_e4m3fnuz', numeric('f8_e4m3fnuz')],
  ['float8_e5m2fnuz', numeric('f8_e5m2fnuz')],
  ['float8_e8m0fnu', numeric('f8_e8m0')],
  ['float4_e2m1fn_x2', opaque('f4x2', 8)],
  ['complex128', opaque('c128', 128)],
  ['complex64', opaque('c64', 64)],
  ['complex32', opaque('c32', 32)],
  ['qint8', opaque('qint8', 8)],
  ['quint8', opaque('quint8', 8)],
  ['qint32', opaque('qint32', 32)],
  ['quint4x2', opaque('quint4x2', 8)],
  ['quint2x4', opaque('quint2x4', 8)],
  ['bits8', opaque('bits8', 8)],
  ['bits16', opaque('bits16', 16)],
]);

/** The element type of `torch.FloatStorage`, `torch.cuda.HalfStorage`, `torch.storage.UntypedStorage`. */
export function storageType(path: string): DType | null {
  const name = /^torch(?:\.cuda|\.storage)?\.(\w+)Storage$/.exec(path)?.[1];
  return (name !== undefined && storages.get(name)) || null;
}

/** The type that `torch.bfloat16` names. */
export function namedType(path: string): DType | null {
  const name = /^torch\.(\w+)$/.exec(path)?.[1];
  return (name !== undefined && dtypes.get(name)) || null;
}

/** The element type of a tensor class of old (`torch.FloatTensor`). */
export function tensorClassType(path: string): DType | null {
  const name = /^torch(?:\.cuda)?\.(\w+)Tensor$/.exec(path)?.[1];
  return (name !== undefined && storages.get(name)) || null;
}
