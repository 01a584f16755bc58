/**
 * GGUF, the format of llama.cpp: versions 1 to 3, little and big endian. A header of keys and
 * values, one record per tensor, then the tensors at aligned offsets. After the specification
 * (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md).
 */
import { FileWindow } from '../file-window.ts';
import type { PositionalFile } from '../positional.ts';
import {
  countElements,
  type TensorContent,
  type TensorFile,
  type TensorInfo,
  type TensorReader,
} from '../tensor-file.ts';
import { type Broken, brokenFile, maxTensors, plainRange } from '../tensor-parts.ts';
import { HeaderCursor } from './metadata.ts';
import { type GgufType, ggufTypes } from './types.ts';

export { openQuantised } from './quantised-bytes.ts';

const magic = 'GGUF';
const maxKeys = 100_000;
/** ggml's own limit. */
const maxDimensions = 4;
const maxKeyBytes = 65_535;
const defaultAlignment = 32;

export const ggufReader: TensorReader = {
  names: /\.gguf$/i,
  match: ({ start }) => start.toString('latin1', 0, 4) === magic,
  open: readGguf,
};

interface Declared {
  readonly name: string;
  readonly type: GgufType;
  readonly shape: readonly number[];
  readonly elements: number;
  readonly length: number;
  /** From the start of the tensors. */
  readonly offset: number;
}

async function readGguf(file: PositionalFile): Promise<TensorFile> {
  const broken = brokenFile(file.path, 'GGUF');
  if (file.size < 12) return broken('it is too short');
  const start = await file.read(0, 8);
  if (start.toString('latin1', 0, 4) !== magic) return broken('it does not start with GGUF');
  // A version is a small number: in the wrong order of bytes its lower half is zero.
  const bigEndian = (start.readUInt32LE(4) & 0xffff) === 0;
  const version = bigEndian ? start.readUInt32BE(4) : start.readUInt32LE(4);
  if (version < 1 || version > 3) return broken(`its version ${version} is unknown`);
  const cursor = new HeaderCursor(new FileWindow(file, !bigEndian), 8, version === 1, broken);
  const [tensorCount, keyCount] = [cursor.count(), cursor.count()];
  if (tensorCount > maxTensors) return broken('it declares over 200 000 tensors');
  if (keyCount > maxKeys) return broken('it declares over 100 000 keys');
  const metadata = readKeys(cursor, keyCount, broken);
  const alignment = readAlignment(metadata.get('general.alignment'), broken);
  const declared = readRecords(cursor, tensorCount, broken);
  const dataStart = Math.ceil(cursor.at / alignment) * alignment;
  checkRanges(declared, alignment, file.size - dataStart, broken);
  metadata.set('GGUF version', bigEndian ? `${version}, big endian` : String(version));
  return {
    path: file.path,
    format: 'gguf',
    sizeBytes: file.size,
    metadata,
    tensors: declared.map((tensor) => locate(tensor, file.path, dataStart, bigEndian)),
    notes: splitNote(metadata),
    badge: 'data',
    findings: [],
  };
}

function readKeys(cursor: HeaderCursor, count: number, broken: Broken): Map<string, string> {
  const metadata = new Map<string, string>();
  for (let index = 0; index < count; index++) {
    const key = cursor.text(maxKeyBytes);
    if (metadata.has(key)) broken(`the key ${JSON.stringify(key)} occurs twice`);
    metadata.set(key, cursor.value());
  }
  return metadata;
}

function readAlignment(written: string | undefined, broken: Broken): number {
  if (written === undefined) return defaultAlignment;
  const alignment = Number(written);
  // ggml takes powers of two only; what is larger than a few pages is nobody's.
  if (!Number.isInteger(Math.log2(alignment)) || alignment < 1 || alignment > 1 << 20) {
    return broken(`the alignment ${written} is no power of two, or too large`);
  }
  return alignment;
}

function readRecords(cursor: HeaderCursor, count: number, broken: Broken): Declared[] {
  const declared: Declared[] = [];
  const names = new Set<string>();
  for (let index = 0; index < count; index++) {
    const name = cursor.text(maxKeyBytes);
    const title = JSON.stringify(name);
    if (names.has(name)) broken(`the name ${title} occurs twice`);
    names.add(name);
    const dimensions = cursor.u32();
    if (dimensions > maxDimensions) broken(`the tensor ${title} has over 4 dimensions`);
    // The fastest dimension comes first.
    const shape = Array.from({ length: dimensions }, () => cursor.count()).reverse();
    const number = cursor.u32();
    const type = ggufTypes.get(number) ?? broken(`the tensor type ${number} is unknown`);
    const elements = countElements(shape);
    if (elements === null || (shape.at(-1) ?? 1) % type.block !== 0) {
      return broken(`the shape of the tensor ${title} does not fit its type`);
    }
    const length = (elements / type.block) * type.blockBytes;
    declared.push({ name, type, shape, elements, length, offset: cursor.u64() });
  }
  return declared;
}

/** Each tensor must lie in the file, at a multiple of the alignment, and none over another. */
function checkRanges(
  declared: readonly Declared[],
  alignment: number,
  available: number,
  broken: Broken,
): void {
  let reached = 0;
  for (const { name, offset, length } of declared.toSorted((a, b) => a.offset - b.offset)) {
    const title = JSON.stringify(name);
    if (offset % alignment !== 0) broken(`the tensor ${title} is not aligned`);
    if (offset + length > Math.max(0, available)) broken(`the tensor ${title} lies beyond its end`);
    if (length > 0 && offset < reached) broken(`the tensor ${title} overlaps another`);
    reached = Math.max(reached, offset + length);
  }
}

function locate(
  { name, type, shape, elements, length, offset }: Declared,
  path: string,
  dataStart: number,
  bigEndian: boolean,
): TensorInfo {
  const base = plainRange(path, dataStart + offset, length);
  const bytes: TensorContent =
    type.scheme === null
      ? base
      : { kind: 'quantised', base, length: elements * 4, scheme: type.scheme, elements, bigEndian };
  return {
    name,
    dtype: type.dtype,
    shape,
    elements,
    bytes,
    // Decoders put the bytes of what they yield in order themselves.
    bigEndian: bigEndian && type.block === 1,
    fortranOrder: false,
  };
}

function splitNote(metadata: ReadonlyMap<string, string>): string[] {
  const [number, count] = [metadata.get('split.no'), metadata.get('split.count')];
  if (number === undefined || count === undefined || !(Number(count) > 1)) return [];
  return [
    `This is part ${Number(number) + 1} of ${count} of a model: the others are files of their own.`,
  ];
}
