/** Which points of a line carry its shape. Pure. */
import type { Marker } from './types.ts';

const perLine = 8;
const order: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond', 'cross'];

/**
 * Indices of about eight finite values, evenly from the first to the last. Each shape begins
 * elsewhere, so that those of curves that lie over each other do not cover each other.
 */
export function markerPlaces(values: Float64Array, marker: Marker): Set<number> {
  const finite: number[] = [];
  values.forEach((value, i) => {
    if (Number.isFinite(value)) finite.push(i);
  });
  const every = finite.length / perLine;
  if (every < 1) return new Set(finite);
  const first = (every * order.indexOf(marker)) / order.length;
  return new Set(
    Array.from({ length: perLine }, (_, i) => finite[Math.floor(first + i * every)] as number),
  );
}
