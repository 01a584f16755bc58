/**
 * The inner loop over pairs of short floats, four at a time. Differences, products and sums are those
 * of float64; what float32 holds exactly (which bits differ, minimum and maximum) is done four lanes
 * at once.
 */
import { advance, get, Locals, set, storeAll, zero } from './kernel-code.ts';
import {
  type Code,
  doWhile,
  f32x4,
  f64x2,
  i32,
  i32x4,
  i64x2,
  v128,
  type WasmFunction,
} from './wasm-assembler.ts';

const lower = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const upper = [8, 9, 10, 11, 12, 13, 14, 15] as const;

/** The upper half in the place of the lower. */
const high = (of: number): Code => v128.shuffle(get(of), get(of), [...upper, ...upper]);

/** How four elements are read as f32, and two of them as f64. */
interface Reading {
  readonly bytes: number;
  four(address: number): Code;
  /** @param read the local that holds the four */
  low(read: number): Code;
  high(address: number, read: number): Code;
}

const readings: Readonly<Record<'f32' | 'bf16', Reading>> = {
  f32: {
    bytes: 16,
    four: (address) => v128.load(get(address)),
    low: (read) => f64x2.promoteLow(get(read)),
    high: (address) => f64x2.promoteLow(v128.load64(get(address), 8)),
  },
  // A brain float is the upper half of a float32: each code gets a half of zeros before it.
  bf16: {
    bytes: 8,
    four: (address) =>
      v128.shuffle(
        zero,
        v128.load64(get(address)),
        [0, 2, 4, 6].flatMap((at) => [at, at + 1, at + 16, at + 17]),
      ),
    low: (read) => f64x2.promoteLow(get(read)),
    high: (_, read) => f64x2.promoteLow(high(read)),
  },
};

/** The sums of one side, except for those in four lanes. */
function sideSums(locals: Locals, shiftParam: number) {
  const [shift, distance, sum, squares] = [locals.add(), locals.add(), locals.add(), locals.add()];
  return {
    start: set(shift, f64x2.splat(get(shiftParam))),
    add: (value: number): Code => [
      ...set(distance, f64x2.sub(get(value), get(shift))),
      ...set(sum, f64x2.add(get(sum), get(distance))),
      ...set(squares, f64x2.madd(get(distance), get(distance), get(squares))),
    ],
    results: [sum, squares] as const,
  };
}

/** Minimum and maximum of one side, in four lanes until the end. */
function extremes(locals: Locals) {
  const [min, max] = [locals.add(), locals.add()];
  const infinity = 0x7f800000;
  const joined = (extreme: number, join: (a: Code, b: Code) => Code): Code =>
    set(extreme, join(f64x2.promoteLow(get(extreme)), f64x2.promoteLow(high(extreme))));
  return {
    start: [
      ...set(min, i32x4.constant(infinity)),
      ...set(max, i32x4.constant(infinity | 0x80000000)),
    ],
    add: (four: number): Code => [
      ...set(min, f32x4.pmin(get(min), get(four))),
      ...set(max, f32x4.pmax(get(max), get(four))),
    ],
    end: [...joined(min, f64x2.pmin), ...joined(max, f64x2.pmax)],
    results: [min, max] as const,
  };
}

/** Writes `pairSums` over elements of one type on both sides; their number is a multiple of four. */
export function shortPairs(name: string, type: 'f32' | 'bf16'): WasmFunction {
  const [left, right, bytes, leftShift, rightShift] = [0, 1, 2, 3, 4];
  const reading = readings[type];
  const locals = new Locals(5);
  const end = locals.add('i32');
  const [fourLeft, fourRight, changed, flips] = Array.from({ length: 4 }, () => locals.add()) as [
    ...[number, number, number, number],
  ];
  const [x, y, delta, product] = [locals.add(), locals.add(), locals.add(), locals.add()];
  const [squares, abs, max, dot] = [locals.add(), locals.add(), locals.add(), locals.add()];
  const [leftSums, rightSums] = [sideSums(locals, leftShift), sideSums(locals, rightShift)];
  const [leftEnds, rightEnds] = [extremes(locals), extremes(locals)];
  const two = (valueLeft: Code, valueRight: Code): Code => [
    ...set(x, valueLeft),
    ...set(y, valueRight),
    ...set(delta, f64x2.sub(get(y), get(x))),
    ...set(product, f64x2.mul(get(x), get(y))),
    ...set(squares, f64x2.madd(get(delta), get(delta), get(squares))),
    ...set(delta, f64x2.abs(get(delta))),
    ...set(abs, f64x2.add(get(abs), get(delta))),
    ...set(max, f64x2.pmax(get(max), get(delta))),
    ...set(dot, f64x2.add(get(dot), get(product))),
    // A mask is −1; a product of two float32 cannot underflow in float64.
    ...set(flips, i64x2.sub(get(flips), f64x2.lt(get(product), zero))),
    ...leftSums.add(x),
    ...rightSums.add(y),
  ];
  const step = [
    ...set(fourLeft, reading.four(left)),
    ...set(fourRight, reading.four(right)),
    ...set(changed, i32x4.sub(get(changed), i32x4.ne(get(fourLeft), get(fourRight)))),
    ...leftEnds.add(fourLeft),
    ...rightEnds.add(fourRight),
    ...two(reading.low(fourLeft), reading.low(fourRight)),
    ...two(reading.high(left, fourLeft), reading.high(right, fourRight)),
    ...advance(left, reading.bytes),
    ...advance(right, reading.bytes),
  ];
  // Counts leave as float64 as all else does; those in lanes of 64 bits fit their lower halves.
  const flipsLow = v128.shuffle(get(flips), get(flips), [0, 1, 2, 3, 8, 9, 10, 11, ...lower]);
  const counts = [
    ...set(flips, f64x2.convertLow(flipsLow)),
    ...set(changed, f64x2.add(f64x2.convertLow(get(changed)), f64x2.convertLow(high(changed)))),
  ];
  return {
    name,
    params: ['i32', 'i32', 'i32', 'f64', 'f64'],
    result: null,
    locals: locals.types,
    body: [
      ...set(end, i32.add(get(left), get(bytes))),
      ...leftSums.start,
      ...rightSums.start,
      ...leftEnds.start,
      ...rightEnds.start,
      ...doWhile(step, i32.lessUnsigned(get(left), get(end))),
      ...leftEnds.end,
      ...rightEnds.end,
      ...counts,
      ...storeAll([
        ...[squares, abs, max, dot, flips],
        ...[...leftSums.results, ...leftEnds.results],
        ...[...rightSums.results, ...rightEnds.results],
        changed,
      ]),
    ],
  };
}
