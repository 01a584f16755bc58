/** Items that have no id and do not move, each with its place as one. */
export function placed<T>(items: readonly T[]): { readonly place: string; readonly item: T }[] {
  return items.map((item, index) => ({ place: String(index), item }));
}
