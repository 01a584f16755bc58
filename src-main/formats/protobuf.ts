/**
 * Reading Protocol Buffers' wire format field by field, without a schema compiler: what is not asked
 * for is skipped. https://protobuf.dev/programming-guides/encoding/
 */
import { CairnError } from '../base/errors.ts';

/** Wire types. */
export const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/**
 * A cursor over one message. `next` moves to the next field and sets `field` and `type`; then the
 * value is read by the method of its type, or skipped.
 */
export class MessageReader {
  field = 0;
  type = 0;
  #at = 0;
  #end = 0;
  #bytes: Buffer;

  constructor(bytes: Buffer, from = 0, to = bytes.length) {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = to;
  }

  /** Starts over on another message: one reader serves for millions of records. */
  reset(bytes: Buffer, from: number, to: number): void {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = to;
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Whether the message, or the packed numbers, are at their end. */
  get done(): boolean {
    return this.#at >= this.#end;
  }

  /** @returns false at the end of the message */
  next(): boolean {
    if (this.#at >= this.#end) return false;
    const key = this.varint();
    this.field = Math.floor(key / 8);
    this.type = key % 8;
    return true;
  }

  /** An unsigned whole number. Beyond 2^53 it is rounded, as no field read here goes there. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let length = 0; length < 10; length++) {
      if (this.#at >= this.#end) throw cut();
      const byte = this.#bytes[this.#at++] as number;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
    throw new CairnError('corrupt', 'A number in the message has no end.');
  }

  /** An int64 or int32: a negative one takes ten bytes, two's complement. */
  signed(): number {
    const from = this.#at;
    const value = this.varint();
    if (value < 2 ** 63) return value;
    // Only now is exactness beyond 2^53 needed: -1 is 2^64 - 1.
    let exact = 0n;
    for (let at = from; at < this.#at; at++) {
      exact |= BigInt((this.#bytes[at] as number) & 127) << BigInt(7 * (at - from));
    }
    return Number(BigInt.asIntN(64, exact));
  }

  double(): number {
    const at = this.#take(8);
    return this.#bytes.readDoubleLE(at);
  }

  float(): number {
    const at = this.#take(4);
    return this.#bytes.readFloatLE(at);
  }

  /** Start and end of a string, bytes or message; within {@link bytes}. */
  range(): [number, number] {
    const length = this.varint();
    const from = this.#take(length);
    return [from, from + length];
  }

  text(): string {
    const [from, to] = this.range();
    return this.#bytes.toString('utf8', from, to);
  }

  /** A reader of the message in this field. */
  message(): MessageReader {
    const [from, to] = this.range();
    return new MessageReader(this.#bytes, from, to);
  }

  skip(): void {
    if (this.type === wire.varint) this.varint();
    else if (this.type === wire.fixed64) this.#take(8);
    else if (this.type === wire.bytes) this.range();
    else if (this.type === wire.fixed32) this.#take(4);
    else
      throw new CairnError('corrupt', `The message has a field of the unknown type ${this.type}.`);
  }

  #take(length: number): number {
    const at = this.#at;
    if (length > this.#end - at) throw cut();
    this.#at = at + length;
    return at;
  }
}

function cut(): CairnError {
  return new CairnError('corrupt', 'The message ends in the middle of a field.');
}
