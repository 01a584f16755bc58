/**
 * Files by content: MD5 as DVC computes it, a cache of hashes by stat, `.dir` manifests, the object
 * store, and DVC's lock. Nothing here knows of pipelines or runs.
 */
export {
  type Hashed,
  type HashedDirectory,
  type HashOptions,
  hashDirectory,
  hashPath,
} from './hash.ts';
export { HashCache } from './hash-cache.ts';
export type { LinkKind } from './link.ts';
export { claimPaths, withDvcLock } from './locks.ts';
export { type ManifestEntry, parseManifest, serialiseManifest } from './manifest.ts';
export { type CheckoutOptions, ObjectStore } from './object-store.ts';
export { pruneObjects } from './prune.ts';
