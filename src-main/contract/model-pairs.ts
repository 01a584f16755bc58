/** The order of pairs wherever several models are compared with each other. */

/** Indices: the first with the second, the first with the third … the second with the third. */
export function modelPairs(count: number): Array<readonly [number, number]> {
  const all = Array.from({ length: count }, (_, index) => index);
  return all.flatMap((left) => all.slice(left + 1).map((right) => [left, right] as const));
}
