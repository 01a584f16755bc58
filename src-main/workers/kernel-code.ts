/** What the kernels' loops are written with: locals, addresses, two lanes at a time. */
import { type Code, f64x2, i32, local, type ValueType, v128 } from './wasm-assembler.ts';

/**
 * Hands out the indices of a function's locals, which follow its parameters. Constants are locals
 * too, set before the loop: the compiler would otherwise make them anew in every round.
 */
export class Locals {
  readonly types: ValueType[] = [];
  readonly constants: Code[] = [];
  readonly #params: number;

  constructor(params: number) {
    this.#params = params;
  }

  add(type: ValueType = 'v128'): number {
    return this.#params + this.types.push(type) - 1;
  }

  constant(value: Code): Code {
    const index = this.add();
    this.constants.push(local.set(index, value));
    return local.get(index);
  }
}

export const { get, set } = local;
export const zero = f64x2.constant(0);

/** Moves an address on by so many bytes. */
export const advance = (address: number, bytes: number): Code =>
  set(address, i32.add(get(address), i32.const(bytes)));

/** Writes locals of two lanes one behind the other from address 0. */
export const storeAll = (results: readonly number[]): Code =>
  results.flatMap((result, index) => v128.store(i32.const(0), get(result), 16 * index));

/** Two elements as f64. */
export const loadPair = (address: number, elementBytes: 4 | 8): Code =>
  elementBytes === 8 ? v128.load(get(address)) : f64x2.promoteLow(v128.load64(get(address)));
