/**
 * Points as bytes: about 11 bytes a point where three float64 columns take 24. Steps and times that
 * are whole numbers become the differences of their differences, zigzag and varint coded, which are
 * zero or nearly so for a training loop; values that are exact in float32 (most are: frameworks
 * compute in it) are kept as that. Everything comes back bit by bit, NaN as the canonical NaN.
 *
 * Layout: u32 count, then the columns steps, times, values; each is one byte of method, then
 * raw: 8 bytes a value; float32: 4 bytes a value; whole: varints. Little-endian throughout.
 */
import { emptyPoints, type Points } from './points.ts';

const raw = 0;
const float32 = 1;
const whole = 2;

/** Differences of differences stay exact below this. */
const largestWhole = 2 ** 50;

/** Room for one varint of a 53-bit number. */
const longestVarint = 8;

export function encodePoints(points: Points): Uint8Array {
  const { length } = points.values;
  const writer = new Writer(4 + 3 * (1 + length * longestVarint));
  writer.view.setUint32(0, length, true);
  writer.at = 4;
  writeColumn(writer, points.steps);
  writeColumn(writer, points.times);
  writeColumn(writer, points.values);
  return writer.bytes.slice(0, writer.at);
}

/** @throws RangeError when the bytes are not whole */
export function decodePoints(bytes: Uint8Array): Points {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const points = emptyPoints(view.getUint32(0, true));
  const reader = { bytes, view, at: 4 };
  readColumn(reader, points.steps);
  readColumn(reader, points.times);
  readColumn(reader, points.values);
  return points;
}

class Writer {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }
}

function writeColumn(writer: Writer, column: Float64Array): void {
  const method = methodFor(column);
  writer.bytes[writer.at++] = method;
  if (method === whole) writeWhole(writer, column);
  else if (method === float32) {
    for (const value of column) {
      writer.view.setFloat32(writer.at, value, true);
      writer.at += 4;
    }
  } else {
    for (const value of column) {
      writer.view.setFloat64(writer.at, value, true);
      writer.at += 8;
    }
  }
}

function methodFor(column: Float64Array): number {
  if (
    column.every(
      (value) =>
        Number.isInteger(value) && Math.abs(value) <= largestWhole && !Object.is(value, -0),
    )
  ) {
    return whole;
  }
  return column.every((value) => Number.isNaN(value) || Math.fround(value) === value)
    ? float32
    : raw;
}

function writeWhole(writer: Writer, column: Float64Array): void {
  let before = 0;
  let difference = 0;
  const { bytes } = writer;
  for (const value of column) {
    const change = value - before - difference;
    difference = value - before;
    before = value;
    // Zigzag without 32-bit operators: the numbers have up to 53 bits.
    let left = change < 0 ? -2 * change - 1 : 2 * change;
    while (left >= 128) {
      bytes[writer.at++] = (left % 128) | 128;
      left = Math.floor(left / 128);
    }
    bytes[writer.at++] = left;
  }
}

interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
}

function readColumn(reader: Reader, column: Float64Array): void {
  const method = reader.view.getUint8(reader.at++);
  if (method === whole) {
    readWhole(reader, column);
    return;
  }
  const size = method === float32 ? 4 : 8;
  for (let index = 0; index < column.length; index++) {
    column[index] =
      size === 4
        ? reader.view.getFloat32(reader.at, true)
        : reader.view.getFloat64(reader.at, true);
    reader.at += size;
  }
}

function readWhole(reader: Reader, column: Float64Array): void {
  const { bytes } = reader;
  let before = 0;
  let difference = 0;
  let { at } = reader;
  for (let index = 0; index < column.length; index++) {
    let byte = bytes[at++];
    if (byte === undefined) throw new RangeError('The points end in the middle of a column.');
    let coded = byte & 127;
    for (let scale = 128; byte >= 128; scale *= 128) {
      byte = bytes[at++];
      if (byte === undefined) throw new RangeError('The points end in the middle of a column.');
      coded += (byte & 127) * scale;
    }
    difference += coded % 2 === 1 ? -(coded + 1) / 2 : coded / 2;
    before += difference;
    column[index] = before;
  }
  reader.at = at;
}
