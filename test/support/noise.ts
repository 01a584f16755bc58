/** Pseudo-random float32 in −0.5…0.5, the same each time and in `fixtures/models/spectrum/make.py`. */
export function noise(count: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.fround(state / 2 ** 32 - 0.5);
  });
}
