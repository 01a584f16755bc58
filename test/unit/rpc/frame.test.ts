import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeFrame,
  defaultLimits,
  encodeFrame,
  MalformedFrameError,
} from '../../../src-main/rpc/frame.ts';
import type { Message } from '../../../src-main/rpc/message.ts';

const message = (item: unknown): Message => ({ kind: 'value', id: 1, item });
const roundTrip = (item: unknown) =>
  (decodeFrame(encodeFrame(message(item))) as { item: unknown }).item;

/** A frame around a header of the test's choice. */
function frameOf(header: unknown, views: number[] = []): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.write('CRN\x01', 'latin1');
  prefix.writeUInt32LE(json.length, 4);
  const head = Buffer.concat([prefix, json]);
  const padding = views.length === 0 ? 0 : (8 - (head.length % 8)) % 8;
  return Buffer.concat([head, Buffer.alloc(padding), Buffer.from(views)]);
}

describe('a frame', () => {
  it('gives back any value it can carry', () => {
    const special = fc.oneof(
      fc.constantFrom(Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
      fc.uint8Array(),
      fc.float64Array(),
      fc.bigInt64Array(),
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'grapheme' }),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        special,
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(
          fc.oneof(fc.string(), fc.constantFrom('$', '__proto__', 'at', 'value')),
          tie('any'),
          { maxKeys: 4 },
        ),
      ),
    })).any;
    fc.assert(
      fc.property(value, (item) => {
        expect(roundTrip(item)).toEqual(item);
      }),
    );
  });

  it('wraps objects that look like its own marks', () => {
    for (const item of [{ $: 'NaN' }, { $: 'f64', at: 0 }, { $: { $: 'object', value: {} } }]) {
      expect(roundTrip(item)).toEqual(item);
    }
  });

  it('reads a frame that lies unaligned in a larger buffer', () => {
    const frame = encodeFrame(message([new Float64Array([1.5]), new BigInt64Array([-1n])]));
    const larger = new Uint8Array(frame.length + 3);
    larger.set(frame, 3);
    const { item } = decodeFrame(larger.subarray(3)) as { item: [Float64Array, BigInt64Array] };
    expect(item).toEqual([new Float64Array([1.5]), new BigInt64Array([-1n])]);
  });

  it('leaves the value it was given alone', () => {
    const item = Object.freeze({ list: Object.freeze([Number.NaN, new Uint8Array(2)]) });
    encodeFrame(message(item));
    expect(item.list[1]).toBeInstanceOf(Uint8Array);
  });

  it('does not let a key reach a prototype', () => {
    const frame = frameOf(
      `{"message":{"kind":"value","id":1,"item":{"__proto__":{"polluted":{"$":"NaN"}}}},"views":[]}`,
    );
    const { item } = decodeFrame(frame) as { item: Record<string, unknown> };
    expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each([
    ['a Map', new Map()],
    ['a Date', new Date()],
    ['a function', () => {}],
    ['a bigint', 1n],
    ['an Int8Array', new Int8Array(1)],
    ['a class instance', new (class Point {})()],
  ])('refuses to carry %s', (_name, item) => {
    expect(() => encodeFrame(message({ item }))).toThrow(TypeError);
  });

  it('refuses a cycle instead of overflowing', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(() => encodeFrame(message(cycle))).toThrow('nested too deeply');
  });

  it('refuses to send more than its limits', () => {
    const limits = { ...defaultLimits, maxFrameBytes: 1000 };
    expect(() => encodeFrame(message(new Uint8Array(1000)), limits)).toThrow(RangeError);
  });
});

describe('a malformed frame', () => {
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
  const view = { $: 'f64', at: 0 };

  it.each<[string, Uint8Array]>([
    ['empty', new Uint8Array(0)],
    ['short', new Uint8Array(7)],
    ['of another version', Buffer.from('CRN\x02\x02\0\0\0{}', 'latin1')],
    ['with a header longer than itself', Buffer.from('CRN\x01\xff\0\0\0{}', 'latin1')],
    ['with a header of 4 GB', Buffer.from('CRN\x01\xff\xff\xff\xff{}', 'latin1')],
    ['with a header that is not JSON', frameOf('{')],
    ['with a header that is not UTF-8', Buffer.from('CRN\x01\x02\0\0\0\xff\xfe', 'latin1')],
    ['with a header that is null', frameOf('null')],
    ['without views', frameOf({ message: 1 })],
    ['with views of another type', frameOf({ message: 1, views: {} })],
    ['nested too deeply', frameOf(`{"message":${deep},"views":[]}`)],
    ['with a view that is not there', frameOf({ message: view, views: [] })],
    ['with a view at -1', frameOf({ message: { $: 'u8', at: -1 }, views: [1] }, [0])],
    ['with a view at a word', frameOf({ message: { $: 'u8', at: 'length' }, views: [1] }, [0])],
    ['with part of an element', frameOf({ message: view, views: [7] }, [1, 2, 3, 4, 5, 6, 7])],
    ['with a view longer than itself', frameOf({ message: view, views: [16] }, [1, 2, 3])],
    ['with a negative length', frameOf({ message: view, views: [-8] })],
    ['with an enormous length', frameOf({ message: view, views: [2 ** 53 - 1] })],
    ['with a length that is text', frameOf({ message: view, views: ['8'] })],
    ['with something behind its end', frameOf({ message: 1, views: [] }, [1])],
    ['with an unknown mark', frameOf({ message: { $: 'eval' }, views: [] })],
    ['with a mark of a prototype', frameOf({ message: { $: 'constructor', at: 0 }, views: [] })],
    ['with a mark that is no text', frameOf({ message: { $: 7 }, views: [] })],
    ['with a wrapped array', frameOf({ message: { $: 'object', value: [] }, views: [] })],
  ])('%s is refused', (_name, frame) => {
    expect(() => decodeFrame(frame)).toThrow(MalformedFrameError);
  });

  it('over the limits is refused', () => {
    const frame = encodeFrame(message([new Uint8Array(64), new Uint8Array(64)]));
    for (const limit of [{ maxFrameBytes: 100 }, { maxHeaderBytes: 10 }, { maxViews: 1 }]) {
      expect(() => decodeFrame(frame, { ...defaultLimits, ...limit })).toThrow(MalformedFrameError);
    }
  });

  it('of any bytes at all never throws anything else', () => {
    const good = encodeFrame(message({ a: new Float64Array(3), b: [Number.NaN, { $: 1 }] }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (edits) => {
          const frame = good.slice();
          for (const [at, byte] of edits) frame[at] = byte;
          try {
            decodeFrame(frame);
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedFrameError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
