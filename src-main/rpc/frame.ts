/**
 * A message as one binary WebSocket frame: a JSON header, and behind it the typed arrays as they are.
 *
 * ```
 *  0   'C' 'R' 'N' 1          four bytes: magic and version
 *  4   header length          uint32, little-endian
 *  8   header                 UTF-8 JSON: {"message": …, "views": [byte length, …]}
 *      views                  each at the next multiple of 8 from the start of the frame
 * ```
 */
import type { Message } from './message.ts';
import { fromPlain, toPlain, type View, viewSizes } from './values.ts';

/** What a receiver puts up with. */
export interface FrameLimits {
  readonly maxFrameBytes: number;
  readonly maxHeaderBytes: number;
  readonly maxViews: number;
}

/** Generous enough for the largest answers: 100 series of a million points. */
export const defaultLimits: FrameLimits = {
  maxFrameBytes: 1 << 30,
  maxHeaderBytes: 1 << 28,
  maxViews: 100_000,
};

/** Enough for whatever a window may ask; what a server accepts. */
export const requestLimits: FrameLimits = {
  maxFrameBytes: 16 << 20,
  maxHeaderBytes: 8 << 20,
  maxViews: 1000,
};

/** A frame that no sender of this protocol would have written. */
export class MalformedFrameError extends Error {
  override readonly name = 'MalformedFrameError';
  constructor(what: string, options?: { cause?: unknown }) {
    super(`Malformed frame: ${what}.`, options);
  }
}

const magic = 0x014e5243;
const prefix = 8;
const align = (offset: number) => (offset + 7) & ~7;

/**
 * @throws {TypeError} when the message holds something that cannot be sent
 * @throws {RangeError} when it is over the limits
 */
export function encodeFrame(message: Message, limits: FrameLimits = defaultLimits): Uint8Array {
  const views: View[] = [];
  const plain = toPlain(message, views);
  const header = new TextEncoder().encode(
    JSON.stringify({ message: plain, views: views.map((view) => view.byteLength) }),
  );
  let length = prefix + header.byteLength;
  for (const view of views) length = align(length) + view.byteLength;
  if (
    length > limits.maxFrameBytes ||
    header.byteLength > limits.maxHeaderBytes ||
    views.length > limits.maxViews
  ) {
    throw new RangeError('The message is too large to be sent.');
  }
  const frame = new Uint8Array(length);
  const numbers = new DataView(frame.buffer);
  numbers.setUint32(0, magic, true);
  numbers.setUint32(4, header.byteLength, true);
  frame.set(header, prefix);
  let offset = prefix + header.byteLength;
  for (const view of views) {
    offset = align(offset);
    frame.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), offset);
    offset += view.byteLength;
  }
  return frame;
}

/**
 * What a frame holds, for `parseMessage` to judge. Typed arrays are views into `frame` where its
 * alignment allows.
 * @throws {MalformedFrameError}
 */
export function decodeFrame(frame: Uint8Array, limits: FrameLimits = defaultLimits): unknown {
  if (frame.byteLength > limits.maxFrameBytes) throw new MalformedFrameError('it is too large');
  if (frame.byteLength < prefix) throw new MalformedFrameError('it is too short');
  const numbers = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (numbers.getUint32(0, true) !== magic) throw new MalformedFrameError('no or another version');
  const headerLength = numbers.getUint32(4, true);
  if (headerLength > limits.maxHeaderBytes)
    throw new MalformedFrameError('its header is too large');
  if (prefix + headerLength > frame.byteLength) throw new MalformedFrameError('it is cut short');
  const header = parseHeader(frame.subarray(prefix, prefix + headerLength));
  const places = placeViews(header.views, prefix + headerLength, frame.byteLength, limits);
  try {
    return fromPlain(header.message, (name, at) => {
      const place = places[at];
      if (place === undefined) throw new RangeError('a typed array that is not there');
      return viewAt(frame, name, place.offset, place.length);
    });
  } catch (error) {
    if (error instanceof RangeError) throw new MalformedFrameError(error.message, { cause: error });
    throw error;
  }
}

function parseHeader(bytes: Uint8Array): { message: unknown; views: unknown[] } {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new MalformedFrameError('its header is not JSON', { cause: error });
  }
  if (typeof header === 'object' && header !== null && 'message' in header && 'views' in header) {
    const { message, views } = header;
    if (Array.isArray(views)) return { message, views };
  }
  throw new MalformedFrameError('its header has another shape');
}

function placeViews(lengths: unknown[], start: number, end: number, limits: FrameLimits) {
  if (lengths.length > limits.maxViews) throw new MalformedFrameError('too many typed arrays');
  const places: Array<{ offset: number; length: number }> = [];
  let offset = start;
  for (const length of lengths) {
    if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0) {
      throw new MalformedFrameError('a length is not a number of bytes');
    }
    offset = align(offset);
    places.push({ offset, length });
    offset += length;
    if (offset > end) throw new MalformedFrameError('it is cut short');
  }
  if (offset !== end) throw new MalformedFrameError('there is something behind its end');
  return places;
}

function viewAt(frame: Uint8Array, name: keyof typeof viewSizes, offset: number, length: number) {
  const size = viewSizes[name];
  if (length % size !== 0) throw new RangeError('a typed array with part of an element');
  let buffer = frame.buffer;
  let start = frame.byteOffset + offset;
  if (start % size !== 0) {
    buffer = frame.slice(offset, offset + length).buffer;
    start = 0;
  }
  if (name === 'u8') return new Uint8Array(buffer, start, length);
  if (name === 'f64') return new Float64Array(buffer, start, length / size);
  return new BigInt64Array(buffer, start, length / size);
}
