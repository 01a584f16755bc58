/**
 * Walking through Protocol Buffers where they lie in a file. Nothing is read but keys, lengths and
 * numbers, so that a message may hold gigabytes.
 */
import type { FileWindow } from '../file-window.ts';
import type { Broken } from '../tensor-parts.ts';

export const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** Where the value of one field is. */
export interface Field {
  readonly number: number;
  readonly type: number;
  /** Of a varint; rounded beyond 2^53. 0 for other types. */
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/** A message, or the value of a field. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The whole model, and how to complain about it. */
export interface Source {
  readonly window: FileWindow;
  readonly broken: Broken;
}

/** The longest text that is taken for a name. */
const maxNameBytes = 64 * 1024;

/** The fields of one message. */
export function* fieldsOf({ window, broken }: Source, { from, to }: Span): Generator<Field, void> {
  let at = from;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1, length = 0; length < 10; length++, scale *= 128) {
      if (at >= to) return broken('a message ends in the middle of a field');
      const byte = window.u8(at++);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    return broken('a number in a message has no end');
  };
  while (at < to) {
    const key = varint();
    const [number, type] = [Math.floor(key / 8), key % 8];
    let value = 0;
    let length = 0;
    let start = at;
    if (type === wire.varint) {
      value = varint();
      length = at - start;
    } else if (type === wire.bytes) {
      length = varint();
      start = at;
    } else if (type === wire.fixed64) length = 8;
    else if (type === wire.fixed32) length = 4;
    else broken(`a message has a field of the unknown type ${type}`);
    if (length > to - start) broken('a message ends in the middle of a field');
    at = start + length;
    yield { number, type, value, from: start, to: at };
  }
}

/** The text in a field. */
export function textOf(source: Source, field: Field): string {
  const length = field.to - field.from;
  if (field.type !== wire.bytes || length > maxNameBytes)
    return source.broken('a name is too long');
  return source.window.text(field.from, length);
}

/** A whole number that counts or measures something. */
export function sizeOf(source: Source, field: Field): number {
  if (field.type !== wire.varint || !Number.isSafeInteger(field.value)) {
    return source.broken('a size is negative or larger than any file');
  }
  return field.value;
}

/** The numbers in a field of varints, packed or one. */
export function* varintsOf(source: Source, { from, to }: Span): Generator<bigint, void> {
  const { window, broken } = source;
  for (let at = from; at < to; ) {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      if (at >= to || shift > 63n) return broken('a number in a message has no end');
      const byte = window.u8(at++);
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) break;
    }
    yield value;
  }
}
