/** Leaving out evenly what is too much to draw. Pure. */

/**
 * At most about `most` of the items, evenly from the first to the last; those that must `stay` are
 * kept in any case.
 */
export function thinned<T>(
  items: readonly T[],
  most: number,
  stay: (item: T) => boolean = () => false,
): readonly T[] {
  if (items.length <= most) return items;
  const step = items.length / most;
  return items.filter((item, index) => Math.floor(index % step) === 0 || stay(item));
}
