/** Putting the nodes of trees one after the other. */
import { type BoosterNodes, nodeFlags, nodeKinds } from './types.ts';

const maxNodes = 4_000_000;

export interface Split {
  /** The column; null for what is computed from several. */
  readonly feature: number | null;
  readonly threshold: number;
  /** As {@link nodeFlags}. */
  readonly flags: number;
}

export class NodeWriter {
  readonly #starts: number[] = [];
  #features = new Int32Array(1024);
  #values = new Float64Array(1024);
  #flags = new Uint8Array(1024);
  #length = 0;
  /** Set once a tree had to be left out: those behind it would have the wrong number. */
  #full = false;
  #from = 0;

  beginTree(): void {
    this.#from = this.#length;
  }

  /** A tree that went beyond the limit is left out as a whole, and so are those behind it. */
  endTree(): void {
    if (this.#full) this.#length = this.#from;
    else this.#starts.push(this.#from);
  }

  split({ feature, threshold, flags }: Split): void {
    this.#add(feature ?? nodeKinds.computed, threshold, flags);
  }

  /** @param values one for each output */
  leaf(values: ArrayLike<number>): void {
    for (let index = 0; index < Math.max(1, values.length); index++) {
      const kind = index === 0 ? nodeKinds.leaf : nodeKinds.moreOfLeaf;
      this.#add(kind, values[index] ?? Number.NaN, 0);
    }
  }

  finish(): BoosterNodes {
    const end = this.#length;
    return {
      starts: Uint32Array.from([...this.#starts, end]),
      features: this.#features.slice(0, end),
      values: this.#values.slice(0, end),
      flags: this.#flags.slice(0, end),
    };
  }

  #add(feature: number, value: number, flags: number): void {
    if (this.#full) return;
    const at = this.#length++;
    if (at === maxNodes) this.#full = true;
    if (at === this.#features.length) {
      const grown = { features: new Int32Array(at * 2), values: new Float64Array(at * 2) };
      grown.features.set(this.#features);
      grown.values.set(this.#values);
      const flagsGrown = new Uint8Array(at * 2);
      flagsGrown.set(this.#flags);
      [this.#features, this.#values, this.#flags] = [grown.features, grown.values, flagsGrown];
    }
    this.#features[at] = feature;
    this.#values[at] = value;
    this.#flags[at] = flags;
  }
}

/** A number that stands for a set of categories: equal for equal ones (FNV-1a). */
export function categoriesAsNumber(categories: ArrayLike<number>): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < categories.length; index++) {
    const category = categories[index]! >>> 0;
    for (let shift = 0; shift < 32; shift += 8) {
      hash = Math.imul(hash ^ ((category >>> shift) & 255), 0x01000193);
    }
  }
  return hash >>> 0;
}
