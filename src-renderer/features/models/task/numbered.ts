/** Things that are called by their place in the list, with a key for it. */
export function numbered<T>(items: readonly T[]) {
  return items.map((item, at) => ({ key: `${at + 1}`, number: at + 1, at, item }));
}
