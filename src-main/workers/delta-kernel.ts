/** The inner loop over what two models made of a base. */
import { advance, get, Locals, loadPair, set, storeAll, zero } from './kernel-code.ts';
import {
  type Code,
  doWhile,
  f64x2,
  i32,
  i64x2,
  v128,
  type WasmFunction,
} from './wasm-assembler.ts';

/** Order of the sums that `deltas…` write. Δ is model − base. */
export const deltaSums = [
  'squaredBase',
  'squaredLeft',
  'squaredRight',
  'dot',
  'movedLeft',
  'movedRight',
  'both',
  'conflicts',
] as const;

export function deltas(name: string, elementBytes: 4 | 8): WasmFunction {
  const [base, left, right, bytes] = [0, 1, 2, 3];
  const locals = new Locals(4);
  const end = locals.add('i32');
  const [origin, x, y, product] = [locals.add(), locals.add(), locals.add(), locals.add()];
  const [movedX, movedY, both] = [locals.add(), locals.add(), locals.add()];
  const sums = deltaSums.map(() => locals.add());
  const one = locals.constant(f64x2.constant(1));
  const none = locals.constant(zero);
  const add = (sum: (typeof deltaSums)[number], value: Code): Code => {
    const index = sums[deltaSums.indexOf(sum)]!;
    return set(index, f64x2.add(get(index), value));
  };
  const square = (value: number): Code => f64x2.mul(get(value), get(value));
  const counted = (mask: Code): Code => v128.and(mask, one);
  // A product of the differences of float32 cannot underflow in float64; that of float64 can.
  const opposed =
    elementBytes === 4
      ? f64x2.lt(get(product), none)
      : v128.and(get(both), i64x2.lessSigned(v128.xor(get(x), get(y)), none));
  const step = [
    ...set(origin, loadPair(base, elementBytes)),
    ...set(x, f64x2.sub(loadPair(left, elementBytes), get(origin))),
    ...set(y, f64x2.sub(loadPair(right, elementBytes), get(origin))),
    ...set(product, f64x2.mul(get(x), get(y))),
    ...set(movedX, f64x2.ne(get(x), none)),
    ...set(movedY, f64x2.ne(get(y), none)),
    ...set(both, v128.and(get(movedX), get(movedY))),
    ...add('squaredBase', square(origin)),
    ...add('squaredLeft', square(x)),
    ...add('squaredRight', square(y)),
    ...add('dot', get(product)),
    ...add('movedLeft', counted(get(movedX))),
    ...add('movedRight', counted(get(movedY))),
    ...add('both', counted(get(both))),
    ...add('conflicts', counted(opposed)),
    ...[base, left, right].flatMap((address) => advance(address, 2 * elementBytes)),
  ];
  return {
    name,
    params: ['i32', 'i32', 'i32', 'i32'],
    result: null,
    locals: locals.types,
    body: [
      ...locals.constants.flat(),
      ...set(end, i32.add(get(base), get(bytes))),
      ...doWhile(step, i32.lessUnsigned(get(base), get(end))),
      ...storeAll(sums),
    ],
  };
}
