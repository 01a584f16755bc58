/** Measuring contenders in turn, so that whatever else the machine does falls on all of them alike. */

/**
 * Runs each once per round, in the same order.
 * @returns the median of each, in milliseconds
 */
export async function alternate<K extends string>(
  rounds: number,
  contenders: Readonly<Record<K, () => unknown>>,
): Promise<Record<K, number>> {
  const names = Object.keys(contenders) as K[];
  const taken = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const begun = performance.now();
      await contenders[name]();
      taken.get(name)?.push(performance.now() - begun);
    }
  }
  const medians = names.map((name) => {
    const sorted = (taken.get(name) ?? []).sort((a, b) => a - b);
    return [name, sorted[rounds >> 1]];
  });
  return Object.fromEntries(medians) as Record<K, number>;
}
