/**
 * The inner loops of the measuring thread, as WebAssembly with 128-bit vectors. All sums run in
 * float64, two lanes at a time; the loops assume finite numbers, and the caller repeats a block
 * whose sums are not finite with care.
 */
import { deltas } from './delta-kernel.ts';
import { advance, get, Locals, loadPair, set, storeAll, zero } from './kernel-code.ts';
import { shortPairs } from './short-pairs-kernel.ts';
import {
  assemble,
  type Code,
  doWhile,
  equalLanes,
  f32x4,
  f64x2,
  i32,
  i32x4,
  i64x2,
  v128,
  type WasmFunction,
} from './wasm-assembler.ts';

/** Addresses and lengths are in bytes of the kernels' memory; no length may be 0. */
export interface Kernels {
  readonly memory: ArrayBuffer;
  /** Where sums are written: two lanes each, in the order of `pairSums`, `sideSums`, `deltaSums`. */
  readonly sums: Float64Array;
  /** Sums over pairs of f64, an even number of each; `equal` is not among them. */
  pairs64(left: number, right: number, bytes: number, leftShift: number, rightShift: number): void;
  /** Sums over pairs of f32 or brain floats, a multiple of four of each; no shift. */
  pairs32(left: number, right: number, bytes: number): void;
  /** The same, which puts them as f32 at two more addresses. */
  pairsBf16(left: number, right: number, bytes: number, leftWide: number, rightWide: number): void;
  /** Sums over what two models made of a base, an even number of elements each. */
  deltas64(base: number, left: number, right: number, bytes: number): void;
  deltas32(base: number, left: number, right: number, bytes: number): void;
  /** Sums over one side, an even number of elements. */
  side64(at: number, bytes: number, shift: number): void;
  side32(at: number, bytes: number, shift: number): void;
  /** Counts equal elements of 8 to 64 bits; the length is a multiple of 16. */
  equal8(left: number, right: number, bytes: number): number;
  equal16(left: number, right: number, bytes: number): number;
  equal32(left: number, right: number, bytes: number): number;
  equal64(left: number, right: number, bytes: number): number;
  /** Half and brain floats to f32; the length (of the source) is a multiple of 8. */
  widenF16(from: number, bytes: number, into: number): void;
  widenBf16(from: number, bytes: number, into: number): void;
}

/** Order of the sums that `side…` and `pairs…` write. Distances are from the shift. */
const sideSums = ['sum', 'squares', 'min', 'max'] as const;
export const pairSums = [
  ...(['squaredDelta', 'absDelta', 'maxAbsDelta', 'dot', 'signFlips'] as const),
  ...sideSums.map((name) => `left ${name}` as const),
  ...sideSums.map((name) => `right ${name}` as const),
  'equal',
] as const;

/** Addresses below this belong to the kernels. */
export const reservedBytes = 256;

/** Compiles the kernels over a memory of their own, of at least `bytes`. */
export function createKernels(bytes: number): Kernels {
  const pages = Math.ceil((reservedBytes + bytes) / 65_536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const functions = [
    widePairs(),
    shortPairs('pairs32', 'f32'),
    shortPairs('pairsBf16', 'bf16'),
    deltas('deltas64', 8),
    deltas('deltas32', 4),
    side('side64', 8),
    side('side32', 4),
    ...([8, 16, 32, 64] as const).map(equal),
    widen('widenF16', decodeF16),
    widen('widenBf16', decodeBf16),
  ];
  const module = new WebAssembly.Module(assemble(functions, pages));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return {
    ...(exports as unknown as Omit<Kernels, 'memory' | 'sums'>),
    memory: memory.buffer,
    sums: new Float64Array(memory.buffer, 0, 2 * pairSums.length),
  };
}

/** The running sums of one side: the code that starts them and adds the pair in `value`. */
function sideCode(locals: Locals, value: number, shiftParam: number) {
  const [shift, distance, sum, squares] = [locals.add(), locals.add(), locals.add(), locals.add()];
  const [min, max] = [locals.add(), locals.add()];
  return {
    start: [
      ...set(shift, f64x2.splat(get(shiftParam))),
      ...set(min, f64x2.constant(Number.POSITIVE_INFINITY)),
      ...set(max, f64x2.constant(Number.NEGATIVE_INFINITY)),
    ],
    add: [
      ...set(distance, f64x2.sub(get(value), get(shift))),
      ...set(sum, f64x2.add(get(sum), get(distance))),
      ...set(squares, f64x2.add(get(squares), f64x2.mul(get(distance), get(distance)))),
      ...set(min, f64x2.pmin(get(min), get(value))),
      ...set(max, f64x2.pmax(get(max), get(value))),
    ],
    results: [sum, squares, min, max],
  };
}

function side(name: string, elementBytes: 4 | 8): WasmFunction {
  const [at, bytes, shift] = [0, 1, 2];
  const locals = new Locals(3);
  const [end, value] = [locals.add('i32'), locals.add()];
  const sums = sideCode(locals, value, shift);
  const step = [
    ...set(value, loadPair(at, elementBytes)),
    ...sums.add,
    ...advance(at, 2 * elementBytes),
  ];
  return {
    name,
    params: ['i32', 'i32', 'f64'],
    result: null,
    locals: locals.types,
    body: [
      ...set(end, i32.add(get(at), get(bytes))),
      ...sums.start,
      ...doWhile(step, i32.lessUnsigned(get(at), get(end))),
      ...storeAll(sums.results),
    ],
  };
}

function widePairs(): WasmFunction {
  const [left, right, bytes, leftShift, rightShift] = [0, 1, 2, 3, 4];
  const locals = new Locals(5);
  const [end, flips] = [locals.add('i32'), locals.add()];
  const [x, y, delta, product] = [locals.add(), locals.add(), locals.add(), locals.add()];
  const [squares, abs, max, dot] = [locals.add(), locals.add(), locals.add(), locals.add()];
  const leftSums = sideCode(locals, x, leftShift);
  const rightSums = sideCode(locals, y, rightShift);
  const one = locals.constant(f64x2.constant(1));
  // Not by the product, which can underflow.
  const flipped = v128.and(
    i64x2.lessSigned(v128.xor(get(x), get(y)), zero),
    v128.and(f64x2.ne(get(x), zero), f64x2.ne(get(y), zero)),
  );
  const step = [
    ...set(x, loadPair(left, 8)),
    ...set(y, loadPair(right, 8)),
    ...set(delta, f64x2.sub(get(y), get(x))),
    ...set(product, f64x2.mul(get(x), get(y))),
    ...set(squares, f64x2.add(get(squares), f64x2.mul(get(delta), get(delta)))),
    ...set(delta, f64x2.abs(get(delta))),
    ...set(abs, f64x2.add(get(abs), get(delta))),
    ...set(max, f64x2.pmax(get(max), get(delta))),
    ...set(dot, f64x2.add(get(dot), get(product))),
    ...set(flips, f64x2.add(get(flips), v128.and(flipped, one))),
    ...leftSums.add,
    ...rightSums.add,
    ...advance(left, 16),
    ...advance(right, 16),
  ];
  return {
    name: 'pairs64',
    params: ['i32', 'i32', 'i32', 'f64', 'f64'],
    result: null,
    locals: locals.types,
    body: [
      ...locals.constants.flat(),
      ...set(end, i32.add(get(left), get(bytes))),
      ...leftSums.start,
      ...rightSums.start,
      ...doWhile(step, i32.lessUnsigned(get(left), get(end))),
      ...storeAll([squares, abs, max, dot, flips, ...leftSums.results, ...rightSums.results]),
    ],
  };
}

function equal(bits: 8 | 16 | 32 | 64): WasmFunction {
  const [left, right, bytes] = [0, 1, 2];
  const locals = new Locals(3);
  const [end, count] = [locals.add('i32'), locals.add('i32')];
  const lanes = equalLanes[bits](v128.load(get(left)), v128.load(get(right)));
  const step = [
    ...set(count, i32.add(get(count), i32.popcnt(lanes))),
    ...advance(left, 16),
    ...advance(right, 16),
  ];
  return {
    name: `equal${bits}`,
    params: ['i32', 'i32', 'i32'],
    result: 'i32',
    locals: locals.types,
    body: [
      ...set(end, i32.add(get(left), get(bytes))),
      ...doWhile(step, i32.lessUnsigned(get(left), get(end))),
      ...get(count),
    ],
  };
}

/** Four 16-bit floats at a time; `decode` turns codes (in 32-bit lanes) into the bits of f32. */
function widen(name: string, decode: (codes: number, locals: Locals) => Code): WasmFunction {
  const [from, bytes, into] = [0, 1, 2];
  const locals = new Locals(3);
  const [end, codes] = [locals.add('i32'), locals.add()];
  const step = [
    ...set(codes, i32x4.extendLow16(v128.load64(get(from)))),
    ...decode(codes, locals),
    ...v128.store(get(into), get(codes)),
    ...advance(from, 8),
    ...advance(into, 16),
  ];
  return {
    name,
    params: ['i32', 'i32', 'i32'],
    result: null,
    locals: locals.types,
    body: [
      ...locals.constants.flat(),
      ...set(end, i32.add(get(from), get(bytes))),
      ...doWhile(step, i32.lessUnsigned(get(from), get(end))),
    ],
  };
}

const decodeBf16 = (codes: number): Code => set(codes, i32x4.shl(get(codes), i32.const(16)));

/**
 * Exponent and mantissa move into place, and the exponent grows by the difference of the biases.
 * Infinities and NaNs get the full exponent; subnormal numbers are rebuilt by a subtraction that is
 * exact, because multiplying subnormal float32 is slow on many processors.
 */
function decodeF16(codes: number, locals: Locals): Code {
  const [magnitude, rebiased] = [locals.add(), locals.add()];
  const constant = (value: number) => locals.constant(i32x4.constant(value));
  const masked = (mask: number) => v128.and(get(codes), constant(mask));
  const special = i32x4.lessSigned(constant(0x0f7fffff), get(magnitude));
  const normal = v128.or(get(rebiased), v128.and(special, constant(0x7f800000)));
  const leadingOne = i32x4.add(get(rebiased), constant(0x00800000));
  const subnormal = f32x4.sub(leadingOne, constant(0x38800000));
  const isSubnormal = i32x4.lessSigned(get(magnitude), constant(0x00800000));
  const sign = i32x4.shl(masked(0x8000), i32.const(16));
  return [
    ...set(magnitude, i32x4.shl(masked(0x7fff), i32.const(13))),
    ...set(rebiased, i32x4.add(get(magnitude), constant(0x38000000))),
    ...set(codes, v128.or(sign, v128.select(subnormal, normal, isSubnormal))),
  ];
}
