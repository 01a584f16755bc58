/** The Pareto front of two values: what no other run beats in both. */

export type Direction = 'min' | 'max';

/**
 * Indices of the points on the front, from left to right. Of points at the same place all are on it;
 * points without a finite value in both are not.
 */
export function paretoFront(
  x: readonly (number | null)[],
  y: readonly (number | null)[],
  directions: { readonly x: Direction; readonly y: Direction },
): number[] {
  const better = (a: number, direction: Direction): number => (direction === 'min' ? a : -a);
  const points = x.flatMap((value, index) => {
    const other = y[index] ?? null;
    if (value === null || other === null || !Number.isFinite(value) || !Number.isFinite(other))
      return [];
    return [{ index, a: better(value, directions.x), b: better(other, directions.y) }];
  });
  points.sort((p, q) => p.a - q.a || p.b - q.b);
  const front: typeof points = [];
  for (const point of points) {
    const last = front.at(-1);
    if (last === undefined || point.b < last.b || (point.a === last.a && point.b === last.b))
      front.push(point);
  }
  return front.map((point) => point.index).sort((i, j) => (x[i] as number) - (x[j] as number));
}
