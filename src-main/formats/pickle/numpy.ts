/** NumPy's arrays, types and scalars as they are pickled (`ndarray.__reduce__`, `dtype.__reduce__`). */
import type { DType } from '../dtypes.ts';
import { numeric } from '../dtypes.ts';
import { parseTypeString } from '../npy.ts';
import { countElements, maxDimensions } from '../tensor-file.ts';
import { swapBytes, widen } from '../tensor-values.ts';
import { type InlineBudget, MemorySource } from './source.ts';
import {
  calledPath,
  listItems,
  PickleBytes,
  PickleDict,
  PickleGlobal,
  PickleObject,
  type PickleValue,
  sizeOf,
  sizesOf,
} from './values.ts';

type Broken = (problem: string) => never;

/** One field of a structured type, or a whole plain type. */
export interface ArrayField {
  /** Empty for a plain type; dotted for a field of a field. */
  readonly name: string;
  readonly dtype: DType;
  readonly bigEndian: boolean;
  /** Bytes from the start of an item. */
  readonly offset: number;
  /** Dimensions within one item. */
  readonly shape: readonly number[];
}

export interface ArrayType {
  readonly itemBytes: number;
  /** Whether the items are Python objects. */
  readonly objects: boolean;
  readonly fields: readonly ArrayField[];
}

export interface NumpyArray {
  readonly type: ArrayType;
  readonly shape: readonly number[];
  readonly elements: number;
  readonly fortranOrder: boolean;
  /** Which axis of the bytes each axis of the array is, when neither by row nor by column. */
  readonly axes: readonly number[] | null;
  /** Objects instead of bytes in an array of objects. */
  readonly data: PickleBytes | readonly PickleValue[];
}

const maxNesting = 8;

/** What NumPy itself names in a pickle, under the names of its first and second series. */
const numpyNames = [
  /^numpy\.(ndarray|dtype|matrix|recarray|record|rec\.(recarray|record)|bool_?|(u?int|float|complex)\d+|str_|bytes_)$/,
  /^numpy\.(_?core)\.(multiarray\.(_reconstruct|scalar)|numeric\._frombuffer)$/,
  /^numpy\.dtypes\.\w+DType$/,
  /^numpy\.random\._pickle\.__\w+_ctor$/,
  /^numpy\.random\.(_mt19937\.MT19937|_pcg64\.PCG64|mtrand\.RandomState|_generator\.Generator)$/,
  /^numpy\.random\.bit_generator\.(SeedSequence|__pyx_unpickle_\w+)$/,
  /^numpy\.ma\.(core\.)?(MaskedArray|_mareconstruct)$/,
];

export function isNumpyName(path: string): boolean {
  return numpyNames.some((pattern) => pattern.test(path));
}

/** The type that a pickled `numpy.dtype` describes; null when it is none. */
export function readType(value: PickleValue | undefined, broken: Broken): ArrayType | null {
  return typeAt(value, broken, 0);
}

function typeAt(value: PickleValue | undefined, broken: Broken, depth: number): ArrayType | null {
  if (!(value instanceof PickleObject) || calledPath(value) !== 'numpy.dtype') return null;
  const [first] = value.args;
  // The type of a record array is named by its class.
  const record = first instanceof PickleGlobal && /^numpy\.(rec\.)?record$/.test(first.path);
  const name = record ? 'V' : first;
  if (typeof name !== 'string' || depth > maxNesting) {
    return broken('the type of an array in it cannot be read');
  }
  if (/^[|<>=]?O/.test(name)) return { itemBytes: 8, objects: true, fields: [] };
  const [, order, sub, names, fields, itemBytes, , , meta] = listItems(value.state) ?? [];
  const known = listItems(names);
  if (known && known.length > 0 && fields instanceof PickleDict) {
    const size = sizeOf(itemBytes) ?? broken('the type of an array in it cannot be read');
    return structured(known, fields, size, broken, depth);
  }
  const pair = listItems(sub);
  if (pair) return repeated(pair, broken, depth);
  const mark = order === '>' || order === '<' || order === '|' ? order : '<';
  const sized = /^[UV]0?$/.test(name) && sizeOf(itemBytes) !== null;
  const letter = name.replace(/^[<>|=]/, '');
  const text = sized ? `${letter[0]}${Number(itemBytes) / (letter[0] === 'U' ? 4 : 1)}` : letter;
  const unit = /^[Mm]8$/.test(letter) ? timeUnit(meta) : '';
  const { dtype, bigEndian } = parseTypeString(`${mark}${text}${unit}`, broken);
  const field = { name: '', dtype, bigEndian, offset: 0, shape: [] };
  return { itemBytes: dtype.bits / 8, objects: false, fields: [field] };
}

/** The unit of a time, at the end of its type's state: `({}, (b'ns', 1, …))`. */
function timeUnit(meta: PickleValue | undefined): string {
  const [, parts] = listItems(meta) ?? [];
  const [name, count] = listItems(parts) ?? [];
  const text = name === undefined ? null : smallBytes(name)?.toString('latin1');
  if (!text || !/^[A-Za-z]{1,7}$/.test(text)) return '';
  return `[${typeof count === 'number' && count !== 1 ? count : ''}${text}]`;
}

function structured(
  names: readonly PickleValue[],
  fields: PickleDict,
  itemBytes: number,
  broken: Broken,
  depth: number,
): ArrayType {
  const all: ArrayField[] = [];
  let objects = false;
  for (const name of names) {
    const [type, offset] = listItems(typeof name === 'string' ? fields.get(name) : null) ?? [];
    const inner = typeAt(type, broken, depth + 1);
    const at = sizeOf(offset);
    if (!inner || at === null || at + inner.itemBytes > itemBytes) {
      return broken('the type of an array in it cannot be read');
    }
    objects ||= inner.objects;
    for (const field of inner.fields) {
      const path = field.name === '' ? String(name) : `${String(name)}.${field.name}`;
      all.push({ ...field, name: path, offset: at + field.offset });
    }
  }
  return { itemBytes, objects, fields: all };
}

/** A type that is some of another: `(base, shape)`. */
function repeated(pair: readonly PickleValue[], broken: Broken, depth: number): ArrayType {
  const base = typeAt(pair[0], broken, depth + 1);
  const size = sizeOf(pair[1]);
  const shape = size === null ? sizesOf(pair[1]) : [size];
  const [field, ...more] = base?.fields ?? [];
  const count = shape && countElements(shape);
  if (!base || base.objects || !field || more.length > 0 || !shape || !count) {
    return broken('the type of an array in it cannot be read');
  }
  const whole = { ...field, shape: [...shape, ...field.shape] };
  return { itemBytes: base.itemBytes * count, objects: false, fields: [whole] };
}

/** The array that a call would make; null when it makes something else. */
export function readArray(
  value: PickleObject,
  path: string,
  budget: InlineBudget,
  broken: Broken,
): NumpyArray | null {
  const called = calledPath(value)?.replace(/^numpy\._core\./, 'numpy.core.');
  if (called === 'numpy.core.multiarray._reconstruct') {
    const [, shape, type, fortran, data] = listItems(value.state) ?? [];
    if (data === undefined) return broken('an array in it has no elements');
    return arrayOf({
      shape,
      type,
      fortran: fortran === true,
      axes: null,
      data,
      path,
      budget,
      broken,
    });
  }
  if (called === 'numpy.core.numeric._frombuffer') {
    const [data, type, shape, order, axisOrder] = value.args;
    if (data === undefined) return broken('an array in it has no elements');
    const axes = order === 'K' ? sizesOf(axisOrder) : null;
    return arrayOf({ shape, type, fortran: order === 'F', axes, data, path, budget, broken });
  }
  return null;
}

/** The elements and the mask of a masked array; null when the call makes something else. */
export function readMasked(
  value: PickleObject,
  path: string,
  budget: InlineBudget,
  broken: Broken,
): { readonly data: NumpyArray; readonly mask: NumpyArray | null } | null {
  if (!/^numpy\.ma\.(core\.)?_mareconstruct$/.test(calledPath(value) ?? '')) return null;
  const [, shape, type, fortran, data, mask] = listItems(value.state) ?? [];
  if (data === undefined) return broken('an array in it has no elements');
  const shared = { shape, fortran: fortran === true, axes: null, path, budget, broken };
  const masked = mask === undefined || mask === null ? null : bytesOf(mask, path, budget);
  const elements = arrayOf({ ...shared, type, data });
  // The mask of a structured array has as many truths an item as it has fields.
  const plain = masked?.length === elements.elements ? masked : null;
  return { data: elements, mask: plain && { ...elements, type: booleans, data: plain } };
}

const booleans: ArrayType = {
  itemBytes: 1,
  objects: false,
  fields: [{ name: '', dtype: numeric('bool'), bigEndian: false, offset: 0, shape: [] }],
};

interface ArrayParts {
  readonly shape: PickleValue | undefined;
  readonly type: PickleValue | undefined;
  readonly fortran: boolean;
  readonly axes: readonly number[] | null;
  readonly data: PickleValue;
  readonly path: string;
  readonly budget: InlineBudget;
  broken(problem: string): never;
}

function arrayOf(parts: ArrayParts): NumpyArray {
  const { broken, data } = parts;
  const type = readType(parts.type, broken);
  const shape = sizesOf(parts.shape);
  const elements = shape && countElements(shape);
  if (!type || !shape || elements === null || shape.length > maxDimensions) {
    return broken('the type or the shape of an array in it cannot be read');
  }
  const { axes } = parts;
  const ordered = axes === null || axes.toSorted((a, b) => a - b).every((axis, at) => axis === at);
  if (!ordered || (axes && axes.length !== shape.length)) {
    return broken('the axes of an array in it cannot be read');
  }
  const common = { type, shape, elements, fortranOrder: parts.fortran, axes };
  if (type.objects) return { ...common, data: listItems(data) ?? [] };
  const bytes = bytesOf(data, parts.path, parts.budget);
  if (!bytes || bytes.length !== elements * type.itemBytes) {
    return broken('an array in it has another length than its shape needs');
  }
  return { ...common, data: bytes };
}

/** Bytes in any of the ways in which Python has pickled them; null for anything else. */
export function bytesOf(
  value: PickleValue,
  path: string,
  budget: InlineBudget,
): PickleBytes | null {
  const wrapped = value instanceof PickleObject && wrappers.test(calledPath(value) ?? '');
  const inner = wrapped ? (value.args[0] ?? '') : value;
  if (inner instanceof PickleBytes) return inner;
  const text = typeof inner === 'string' ? inner : encodedText(inner);
  if (text === null) return null;
  const bytes = Buffer.from(text, 'latin1');
  return new PickleBytes(new MemorySource(bytes, path, budget), 0, bytes.length);
}

const wrappers = /^(builtins|__builtin__)\.(bytearray|bytes)$/;

/** Protocols before 3 write bytes as text that is to be encoded as Latin-1. */
function encodedText(value: PickleValue): string | null {
  if (!(value instanceof PickleObject) || calledPath(value) !== '_codecs.encode') return null;
  const [text] = value.args;
  return typeof text === 'string' ? text : null;
}

/** The text of a pickled NumPy scalar; null when the call makes something else. */
export function readScalar(value: PickleObject, broken: Broken): string | null {
  const called = calledPath(value)?.replace(/^numpy\._core\./, 'numpy.core.');
  if (called !== 'numpy.core.multiarray.scalar') return null;
  const [field] = readType(value.args[0], broken)?.fields ?? [];
  const bytes = value.args[1] === undefined ? null : smallBytes(value.args[1]);
  const decode = field?.dtype.decode;
  if (field && bytes && field.dtype.name === 'str') return characters(bytes, field);
  if (!field || !decode || bytes?.length !== numeric(decode).bits / 8) return '?';
  const aligned = new Uint8Array(8);
  aligned.set(bytes);
  const item = aligned.subarray(0, bytes.length);
  if (field.bigEndian) swapBytes(item, field.dtype);
  const into = new Float64Array(1);
  widen(decode, item, 1, into);
  return decode === 'bool' ? (into[0] === 1 ? 'True' : 'False') : String(into[0]);
}

/** NumPy's text: four bytes a character, filled up with zeros. */
function characters(bytes: Buffer, { dtype, bigEndian }: ArrayField): string {
  const whole = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 4)));
  if (bigEndian) swapBytes(whole, dtype);
  let text = '';
  for (let at = 0; at < whole.length; at += 4) {
    const code = whole.readUInt32LE(at);
    if (code === 0) break;
    text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  }
  return text;
}

function smallBytes(value: PickleValue): Buffer | null {
  if (value instanceof PickleBytes) return value.length <= 64 ? value.read() : null;
  const text = typeof value === 'string' ? value : encodedText(value);
  return text !== null && text.length <= 64 ? Buffer.from(text, 'latin1') : null;
}
