/** The files of the workspace, as importers see them. */
import type { Listing } from './types.ts';

/** @param files workspace paths with `/`, in any order */
export function createListing(files: readonly string[]): Listing {
  const sorted = [...files].sort();
  let known: ReadonlySet<string> | null = null;
  return {
    files: sorted,
    has: (path) => {
      known ??= new Set(sorted);
      return known.has(path);
    },
    under: (folder) => {
      if (folder === '') return sorted;
      // `0` is the character after `/`.
      return sorted.slice(lowerBound(sorted, `${folder}/`), lowerBound(sorted, `${folder}0`));
    },
  };
}

/** The files at or below a path. */
export function filesOf(listing: Listing, path: string): readonly string[] {
  return listing.has(path) ? [path] : listing.under(path);
}

function lowerBound(sorted: readonly string[], value: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as string) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
