/** `ids` with `id` taken out and put in front of `before`; null puts it at the end. */
export function moveBefore(
  ids: readonly string[],
  id: string,
  before: string | null,
): readonly string[] {
  if (id === before) return ids;
  const others = ids.filter((other) => other !== id);
  const index = before === null ? others.length : others.indexOf(before);
  if (index === -1) return ids;
  return [...others.slice(0, index), id, ...others.slice(index)];
}
