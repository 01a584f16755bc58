/**
 * The safetensors format: 8 bytes of header length (little endian), a JSON header, then the bytes
 * of the tensors without gaps. Rules as in the format's README and reference implementation
 * (https://github.com/huggingface/safetensors), stricter where that one is silent: duplicate keys
 * and unknown members are refused.
 */
import { CairnError } from '../base/errors.ts';
import { type DType, numeric, opaque } from './dtypes.ts';
import { JsonReader } from './json-reader.ts';
import type { PositionalFile } from './positional.ts';
import {
  countElements,
  type TensorFile,
  type TensorInfo,
  type TensorReader,
} from './tensor-file.ts';

/** The reference implementation's limit. */
const maxHeaderBytes = 100_000_000;
/** Far above any model; keeps a hostile header from filling the memory with records. */
const maxTensors = 200_000;
const maxDimensions = 64;

const dtypes: ReadonlyMap<string, DType> = new Map([
  ['BOOL', numeric('bool')],
  ['F4', opaque('f4', 4)],
  ['F6_E2M3', opaque('f6_e2m3', 6)],
  ['F6_E3M2', opaque('f6_e3m2', 6)],
  ['U8', numeric('u8')],
  ['I8', numeric('i8')],
  ['F8_E5M2', numeric('f8_e5m2')],
  ['F8_E4M3', numeric('f8_e4m3')],
  ['F8_E8M0', numeric('f8_e8m0')],
  ['F8_E4M3FNUZ', numeric('f8_e4m3fnuz')],
  ['F8_E5M2FNUZ', numeric('f8_e5m2fnuz')],
  ['I16', numeric('i16')],
  ['U16', numeric('u16')],
  ['F16', numeric('f16')],
  ['BF16', numeric('bf16')],
  ['I32', numeric('i32')],
  ['U32', numeric('u32')],
  ['F32', numeric('f32')],
  ['C64', opaque('c64', 64)],
  ['F64', numeric('f64')],
  ['I64', numeric('i64')],
  ['U64', numeric('u64')],
]);

interface Declared {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export const safetensorsReader: TensorReader = {
  names: /\.safetensors$/i,
  match: ({ start, size }) => looksLikeSafetensors(start, size),
  open: readSafetensors,
};

/** Whether a file that starts with these bytes (16 are enough) and is this long may be one. */
function looksLikeSafetensors(start: Uint8Array, size: number): boolean {
  if (start.length < 10 || start[8] !== 0x7b) return false;
  const length = headerLength(start);
  return length >= 2n && length <= BigInt(maxHeaderBytes) && length + 8n <= BigInt(size);
}

/**
 * Reads the header of a safetensors file.
 * @throws CairnError `corrupt` when it breaks a rule of the format
 */
async function readSafetensors(file: PositionalFile): Promise<TensorFile> {
  const broken = (problem: string): never => {
    throw new CairnError('corrupt', `${file.path} is not a valid safetensors file: ${problem}.`);
  };
  if (file.size < 8) return broken('it is shorter than 8 bytes');
  const declared = headerLength(await file.read(0, 8));
  if (declared > BigInt(maxHeaderBytes)) return broken('its header is over 100 MB');
  const length = Number(declared);
  if (length + 8 > file.size) return broken('it ends inside its header');
  const { tensors, metadata } = parseHeader(decodeUtf8(await file.read(8, length), broken), broken);
  const start = 8 + length;
  checkContiguous(tensors, file.size - start, broken);
  return {
    path: file.path,
    format: 'safetensors',
    sizeBytes: file.size,
    metadata,
    tensors: tensors.map((tensor) => locate(tensor, file.path, start)),
    notes: [],
    badge: 'data',
    findings: [],
  };
}

function headerLength(start: Uint8Array): bigint {
  return new DataView(start.buffer, start.byteOffset, start.byteLength).getBigUint64(0, true);
}

function decodeUtf8(bytes: Uint8Array, broken: (problem: string) => never): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return broken('its header is not UTF-8');
  }
}

function parseHeader(text: string, broken: (problem: string) => never) {
  if (text[0] !== '{') broken('its header does not start with {');
  const json = new JsonReader(text, (problem, at) =>
    broken(`${problem} (character ${at} of the header)`),
  );
  const tensors: Declared[] = [];
  const metadata = new Map<string, string>();
  json.object((name) => {
    if (name === '__metadata__') {
      json.object((key) => metadata.set(key, json.string()));
    } else {
      if (tensors.length === maxTensors) json.fail('it declares over 200 000 tensors');
      tensors.push(parseTensor(json, name));
    }
  });
  json.end();
  return { tensors, metadata };
}

function parseTensor(json: JsonReader, name: string): Declared {
  let dtype: DType | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  json.object((key) => {
    if (key === 'dtype') {
      const written = json.string();
      dtype = dtypes.get(written) ?? json.fail(`the dtype ${JSON.stringify(written)} is unknown`);
    } else if (key === 'shape') shape = sizes(json, maxDimensions);
    else if (key === 'data_offsets') offsets = sizes(json, 2);
    else json.fail(`a tensor has no member ${JSON.stringify(key)}`);
  });
  const title = JSON.stringify(name);
  const [begin, end] = offsets ?? [];
  if (!dtype || !shape || begin === undefined || end === undefined) {
    return json.fail(`the tensor ${title} lacks its dtype, shape or data_offsets`);
  }
  const elements = countElements(shape);
  const bits = elements === null ? null : elements * dtype.bits;
  if (bits === null || !Number.isSafeInteger(bits) || bits % 8 !== 0 || end - begin !== bits / 8) {
    return json.fail(`the bytes of the tensor ${title} do not fit its shape and dtype`);
  }
  return { name, dtype, shape, begin, end };
}

function sizes(json: JsonReader, limit: number): number[] {
  const values: number[] = [];
  json.array(() => {
    if (values.length === limit) json.fail(`a list has more than ${limit} numbers`);
    values.push(json.size());
  });
  return values;
}

/** The tensors must cover the buffer from its first to its last byte, without gap or overlap. */
function checkContiguous(
  tensors: readonly Declared[],
  bufferLength: number,
  broken: (problem: string) => never,
): void {
  let at = 0;
  for (const tensor of tensors.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (tensor.begin !== at) {
      broken(`the tensor ${JSON.stringify(tensor.name)} leaves a gap or overlaps another`);
    }
    at = tensor.end;
  }
  if (at > bufferLength) broken('it is cut short: tensors lie beyond its end');
  if (at < bufferLength) broken(`${bufferLength - at} bytes at its end belong to no tensor`);
}

function locate(tensor: Declared, path: string, start: number): TensorInfo {
  const length = tensor.end - tensor.begin;
  return {
    name: tensor.name,
    dtype: tensor.dtype,
    shape: tensor.shape,
    elements: countElements(tensor.shape) ?? 0,
    bytes: {
      kind: 'range',
      path,
      offset: start + tensor.begin,
      stored: length,
      length,
      compression: 'none',
      skip: 0,
      crc32: null,
    },
    bigEndian: false,
    fortranOrder: false,
  };
}
