/** Where a recorded content can still be had. */
import { join } from 'node:path';
import type { Work } from '../base/progress.ts';
import type { HashCache, ObjectStore } from '../cas/index.ts';
import { hashDirectory, hashPath } from '../cas/index.ts';

export interface ContentPlaces {
  /** Absolute root of the workspace. */
  readonly root: string;
  /** Where contents may be kept, best first. */
  readonly objects: readonly ObjectStore[];
  readonly cache: HashCache;
}

export interface Part {
  /** Relative to the directory; empty for a file. */
  readonly path: string;
  readonly absolute: string;
}

/**
 * The content with this hash: from a store, or from the workspace while it is still the same there.
 * @returns its files, or null when it is gone
 */
export async function locate(
  path: string,
  hash: string,
  places: ContentPlaces,
  work: Work,
): Promise<Part[] | null> {
  for (const objects of places.objects) {
    const parts = await fromObjects(hash, objects);
    if (parts !== null) return parts;
  }
  const absolute = join(places.root, path);
  const options = { cache: places.cache, ...work };
  const now = await hashPath(absolute, options);
  if (now?.hash !== hash) return null;
  if (now.files === null) return [{ path: '', absolute }];
  const { entries } = await hashDirectory(absolute, options);
  return entries.map((entry) => ({ path: entry.path, absolute: join(absolute, entry.path) }));
}

async function fromObjects(hash: string, objects: ObjectStore): Promise<Part[] | null> {
  if (!hash.endsWith('.dir')) {
    const absolute = objects.path(hash);
    return absolute === null ? null : [{ path: '', absolute }];
  }
  const entries = await objects.readManifest(hash);
  if (entries === null) return null;
  const parts = entries.map((entry) => ({ path: entry.path, absolute: objects.path(entry.hash) }));
  return parts.every((part): part is Part => part.absolute !== null) ? parts : null;
}
