/**
 * The inner loops over pairs of short floats. The first goes over what float32 tells exactly, four
 * lanes at a time: which bits differ, which signs, minimum and maximum; the second over differences,
 * products and sums, which are those of float64. Together they would need more registers than there
 * are; a block stays in the first-level cache in between.
 */
import { advance, get, Locals, set, storeAll, zero } from './kernel-code.ts';
import {
  type Code,
  doWhile,
  f32x4,
  f64x2,
  i32,
  i32x4,
  v128,
  type WasmFunction,
} from './wasm-assembler.ts';

const upper = [8, 9, 10, 11, 12, 13, 14, 15] as const;

/** The upper half in the place of the lower. */
const high = (of: number): Code => v128.shuffle(get(of), get(of), [...upper, ...upper]);

/**
 * Four brain floats as float32, of which each is the upper half: it gets a half of zeros before it.
 */
const fourBrainFloats = (address: number): Code =>
  v128.shuffle(
    zero,
    v128.load64(get(address)),
    [0, 2, 4, 6].flatMap((at) => [at, at + 1, at + 16, at + 17]),
  );

/** Minimum and maximum of one side: four lanes until the end, then two. */
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

/** The loop over four lanes. Brain floats leave it as float32, one side at each of two addresses. */
function comparing(locals: Locals, left: number, right: number, brain: readonly number[] | null) {
  const [fourLeft, fourRight, lower, higher] = [0, 1, 2, 3].map(() => locals.add()) as [
    ...[number, number, number, number],
  ];
  const [equal, flips] = [locals.add(), locals.add()];
  const [leftEnds, rightEnds] = [extremes(locals), extremes(locals)];
  const none = locals.constant(zero);
  const read = (address: number) => (brain ? fourBrainFloats(address) : v128.load(get(address)));
  const keep = (into: number, four: number): Code => [
    ...v128.store(get(into), get(four)),
    ...advance(into, 16),
  ];
  const step = [
    ...set(fourLeft, read(left)),
    ...set(fourRight, read(right)),
    // A mask is −1.
    ...set(equal, i32x4.sub(get(equal), i32x4.eq(get(fourLeft), get(fourRight)))),
    ...leftEnds.add(fourLeft),
    ...rightEnds.add(fourRight),
    ...set(lower, f32x4.pmin(get(fourLeft), get(fourRight))),
    ...set(higher, f32x4.pmax(get(fourLeft), get(fourRight))),
    ...set(
      flips,
      i32x4.sub(get(flips), v128.and(f32x4.lt(get(lower), none), f32x4.lt(none, get(higher)))),
    ),
    ...(brain ? [...keep(brain[0]!, fourLeft), ...keep(brain[1]!, fourRight)] : []),
    ...[left, right].flatMap((address) => advance(address, brain ? 8 : 16)),
  ];
  // Counts leave as float64, as all else does.
  const counted = (count: number): Code =>
    set(count, f64x2.add(f64x2.convertLow(get(count)), f64x2.convertLow(high(count))));
  return {
    start: [...leftEnds.start, ...rightEnds.start],
    step,
    end: [...leftEnds.end, ...rightEnds.end, ...counted(equal), ...counted(flips)],
    results: { equal, flips, left: leftEnds.results, right: rightEnds.results },
  };
}

/** A sum of products, every other pair in a local of its own: one would wait for itself. */
function products(locals: Locals) {
  const [even, odd] = [locals.add(), locals.add()];
  return {
    add: (x: number, y: number, pair: number): Code => {
      const sum = pair % 2 === 0 ? even : odd;
      return set(sum, f64x2.madd(get(x), get(y), get(sum)));
    },
    end: set(even, f64x2.add(get(even), get(odd))),
    result: even,
  };
}

/** The loop over two lanes of float32, twice. */
function summing(locals: Locals, left: number, right: number) {
  const [x, y, delta] = [locals.add(), locals.add(), locals.add()];
  const [abs, max, leftSum, rightSum] = [0, 1, 2, 3].map(() => locals.add()) as [
    ...[number, number, number, number],
  ];
  const squares = { delta: products(locals), left: products(locals), right: products(locals) };
  const dot = products(locals);
  const two = (pair: number): Code => [
    ...set(x, f64x2.promoteLow(v128.load64(get(left), 8 * pair))),
    ...set(y, f64x2.promoteLow(v128.load64(get(right), 8 * pair))),
    ...set(delta, f64x2.sub(get(y), get(x))),
    ...squares.delta.add(delta, delta, pair),
    ...set(delta, f64x2.abs(get(delta))),
    ...set(abs, f64x2.add(get(abs), get(delta))),
    ...set(max, f64x2.pmax(get(max), get(delta))),
    ...dot.add(x, y, pair),
    ...set(leftSum, f64x2.add(get(leftSum), get(x))),
    ...squares.left.add(x, x, pair),
    ...set(rightSum, f64x2.add(get(rightSum), get(y))),
    ...squares.right.add(y, y, pair),
  ];
  return {
    step: [...two(0), ...two(1), ...advance(left, 16), ...advance(right, 16)],
    end: [squares.delta, squares.left, squares.right, dot].flatMap(({ end }) => end),
    results: {
      pairs: [squares.delta.result, abs, max, dot.result],
      left: [leftSum, squares.left.result],
      right: [rightSum, squares.right.result],
    },
  };
}

/**
 * Writes `pairSums` over elements of one type on both sides; their number is a multiple of four.
 * Brain floats are widened on the way, to two more addresses that the function takes.
 */
export function shortPairs(name: string, type: 'f32' | 'bf16'): WasmFunction {
  const [left, right, bytes] = [0, 1, 2];
  const brain = type === 'bf16' ? [3, 4] : null;
  const params = 3 + (brain?.length ?? 0);
  const locals = new Locals(params);
  const [end, wideEnd, leftAgain, rightAgain] = [0, 1, 2, 3].map(() => locals.add('i32')) as [
    ...[number, number, number, number],
  ];
  const compare = comparing(locals, left, right, brain);
  const sum = summing(locals, leftAgain, rightAgain);
  const wideBytes = brain ? i32.add(get(bytes), get(bytes)) : get(bytes);
  return {
    name,
    params: Array.from({ length: params }, () => 'i32' as const),
    result: null,
    locals: locals.types,
    body: [
      ...locals.constants.flat(),
      ...set(end, i32.add(get(left), get(bytes))),
      ...set(leftAgain, get(brain ? brain[0]! : left)),
      ...set(rightAgain, get(brain ? brain[1]! : right)),
      ...set(wideEnd, i32.add(get(leftAgain), wideBytes)),
      ...compare.start,
      ...doWhile(compare.step, i32.lessUnsigned(get(left), get(end))),
      ...doWhile(sum.step, i32.lessUnsigned(get(leftAgain), get(wideEnd))),
      ...compare.end,
      ...sum.end,
      ...storeAll([
        ...[...sum.results.pairs, compare.results.flips],
        ...[...sum.results.left, ...compare.results.left],
        ...[...sum.results.right, ...compare.results.right],
        compare.results.equal,
      ]),
    ],
  };
}
