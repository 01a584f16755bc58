/** Random numbers that are the same each time: a chart that is looked at twice says the same. */

/** Uniform over 0 ≤ x < 1. The generator is Mulberry32 (Tommy Ettinger, public domain). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` of the numbers below `total`, with replacement. */
export function drawWithReplacement(
  total: number,
  count: number,
  random: () => number,
): Int32Array {
  return Int32Array.from({ length: count }, () => Math.floor(random() * total));
}

/** The items in another order (Fisher and Yates), in place. */
export function shuffle(items: Int32Array, random: () => number): Int32Array {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const item = items[i] as number;
    items[i] = items[j] as number;
    items[j] = item;
  }
  return items;
}
