/**
 * NumPy's array file, versions 1 to 3: magic, version, header length, then a Python dict literal,
 * then the elements (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 * The literal is tokenised, never evaluated. Object arrays hold pickles and are refused.
 */
import { CairnError } from '../base/errors.ts';
import { type DType, numeric, opaque } from './dtypes.ts';
import type { PositionalFile } from './positional.ts';
import { type PythonValue, parsePythonDict } from './python-literal.ts';
import {
  countElements,
  type TensorFile,
  type TensorInfo,
  type TensorReader,
} from './tensor-file.ts';

/** NumPy writes about 100 bytes and itself refuses over 10 000. */
const maxHeaderBytes = 65_536;

/** Bytes that are sure to hold the magic, the version and the header of any accepted file. */
export const npyPrefixBytes = 12 + maxHeaderBytes;

const magic = Buffer.from('\x93NUMPY', 'latin1');

function looksLikeNpy(start: Uint8Array): boolean {
  return magic.equals(start.subarray(0, magic.length));
}

export const npyReader: TensorReader = {
  names: /\.npy$/i,
  match: ({ start }) => looksLikeNpy(start),
  open: readNpy,
};

/** What the header of one array says. */
export interface NpyHeader {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly elements: number;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  /** Where the elements start. */
  readonly dataOffset: number;
  readonly dataLength: number;
}

/**
 * Reads a `.npy` file; its one tensor is called `array`.
 * @throws CairnError `corrupt` when it breaks the format, `unsupported` for object, structured and
 *   subarray types
 */
async function readNpy(file: PositionalFile): Promise<TensorFile> {
  const prefix = await file.read(0, Math.min(npyPrefixBytes, file.size));
  const header = parseNpyHeader(prefix, file.path);
  const end = header.dataOffset + header.dataLength;
  if (end > file.size) {
    throw new CairnError(
      'corrupt',
      `${file.path} is cut short: its array needs ${end} bytes and the file has ${file.size}.`,
    );
  }
  const rest = file.size - end;
  return {
    path: file.path,
    format: 'npy',
    sizeBytes: file.size,
    metadata: new Map(),
    tensors: [
      npyTensor('array', header, {
        kind: 'range',
        path: file.path,
        offset: header.dataOffset,
        stored: header.dataLength,
        length: header.dataLength,
        compression: 'none',
        skip: 0,
        crc32: null,
      }),
    ],
    notes: rest === 0 ? [] : [`${rest} bytes behind the first array were not read.`],
    badge: 'data',
    findings: [],
  };
}

export function npyTensor(name: string, header: NpyHeader, bytes: TensorInfo['bytes']): TensorInfo {
  const { dtype, shape, elements, bigEndian, fortranOrder } = header;
  // With fewer than two dimensions over 1, both orders are the same.
  const ordered = shape.filter((dimension) => dimension !== 1).length < 2;
  return { name, dtype, shape, elements, bytes, bigEndian, fortranOrder: fortranOrder && !ordered };
}

/**
 * Parses the start of an array file. `where` names the file (and entry) in complaints.
 * @throws CairnError `corrupt` or `unsupported`
 */
export function parseNpyHeader(prefix: Buffer, where: string): NpyHeader {
  const broken = (problem: string): never => {
    throw new CairnError('corrupt', `${where} is not a valid NPY array: ${problem}.`);
  };
  if (!looksLikeNpy(prefix) || prefix.length < 10) return broken('it does not start as one');
  const major = prefix[6];
  if (major !== 1 && major !== 2 && major !== 3) return broken(`its version ${major} is unknown`);
  const textAt = major === 1 ? 10 : 12;
  if (prefix.length < textAt) return broken('it ends inside its header');
  const textLength = major === 1 ? prefix.readUInt16LE(8) : prefix.readUInt32LE(8);
  if (textLength > maxHeaderBytes) return broken('its header is over 64 KiB');
  if (textAt + textLength > prefix.length) return broken('it ends inside its header');
  const text = prefix.toString(major === 3 ? 'utf8' : 'latin1', textAt, textAt + textLength);
  const fields = parsePythonDict(text, broken);
  return { ...interpret(fields, where, broken), dataOffset: textAt + textLength };
}

function interpret(
  fields: ReadonlyMap<string, PythonValue>,
  where: string,
  broken: (problem: string) => never,
): Omit<NpyHeader, 'dataOffset'> {
  const [descr, order, shape] = ['descr', 'fortran_order', 'shape'].map((key) => fields.get(key));
  if (fields.size !== 3)
    broken('its header must have descr, fortran_order and shape, and only those');
  if (typeof order !== 'boolean') return broken('fortran_order must be True or False');
  if (!Array.isArray(shape)) return broken('shape must be a tuple');
  const dimensions = shape.map((dimension) =>
    typeof dimension === 'number' ? dimension : broken('shape must hold whole numbers'),
  );
  if (dimensions.length > 64) return broken('it has over 64 dimensions');
  if (Array.isArray(descr)) {
    throw new CairnError(
      'unsupported',
      `${where} holds a structured array; save its fields as arrays of their own to compare them.`,
    );
  }
  if (typeof descr !== 'string') return broken('descr must be a type string');
  const { dtype, bigEndian } = parseDescr(descr, where, broken);
  const elements = countElements(dimensions);
  const dataLength = (elements ?? Number.NaN) * (dtype.bits / 8);
  if (elements === null || !Number.isSafeInteger(dataLength)) {
    return broken('its shape is larger than any file');
  }
  return { dtype, shape: dimensions, elements, bigEndian, fortranOrder: order, dataLength };
}

const numericTypes: ReadonlyMap<string, DType> = new Map([
  ['b1', numeric('bool')],
  ['u1', numeric('u8')],
  ['i1', numeric('i8')],
  ['u2', numeric('u16')],
  ['i2', numeric('i16')],
  ['u4', numeric('u32')],
  ['i4', numeric('i32')],
  ['u8', numeric('u64')],
  ['i8', numeric('i64')],
  ['f2', numeric('f16')],
  ['f4', numeric('f32')],
  ['f8', numeric('f64')],
]);

function parseDescr(descr: string, where: string, broken: (problem: string) => never) {
  if (/^[<>|=]?O/.test(descr)) {
    throw new CairnError(
      'unsupported',
      `${where} holds Python objects, which could run code when they are loaded; save plain numbers instead.`,
    );
  }
  return parseTypeString(descr, broken);
}

/** NumPy's array interface type strings: byte order, kind, bytes; a unit behind times. */
export function parseTypeString(
  descr: string,
  broken: (problem: string) => never,
): { readonly dtype: DType; readonly bigEndian: boolean } {
  const match = /^([<>|=]?)([a-zA-Z])(\d{0,9})(\[[^\]]{1,20}\])?$/.exec(descr);
  if (!match) return broken(`the type ${JSON.stringify(descr)} is unknown`);
  const [, order, kind = '', digits = '', unit = ''] = match;
  const bigEndian = order === '>';
  const known = unit === '' ? numericTypes.get(kind + digits) : undefined;
  if (known) return { dtype: known, bigEndian: bigEndian && known.bits > 8 };
  const size = Number(digits);
  const bytes = kind === 'U' ? size * 4 : size;
  const name = { c: `c${bytes * 8}`, f: `f${bytes * 8}`, U: 'str', S: 'bytes', V: 'void' }[kind];
  const time = { M: 'datetime', m: 'timedelta' }[kind];
  if ((name === undefined || unit !== '') && (time === undefined || bytes !== 8)) {
    return broken(`the type ${JSON.stringify(descr)} is unknown`);
  }
  if (digits === '' || bytes > 1 << 30)
    return broken(`the type ${JSON.stringify(descr)} has no size`);
  return { dtype: opaque(name ?? `${time}${unit}`, bytes * 8), bigEndian };
}
