/** Removing contents that nothing refers to any more. Never used on a cache that DVC shares. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest } from './manifest.ts';

/** Contents younger than this may belong to a run that is just being recorded. */
const youngMs = 60 * 60_000;

/**
 * Removes from an object store's folder what is neither referenced nor in a referenced directory.
 * @param referenced DVC hashes; `….dir` stands for its manifest and the files in it
 * @returns how many bytes went
 */
export function pruneObjects(
  folder: string,
  referenced: ReadonlySet<string>,
  now = Date.now(),
): number {
  if (!existsSync(folder)) return 0;
  const keep = new Set(referenced);
  for (const hash of referenced) {
    if (!hash.endsWith('.dir')) continue;
    for (const entry of entriesOf(join(folder, hash.slice(0, 2), hash.slice(2)))) keep.add(entry);
  }
  let bytes = 0;
  for (const prefix of readdirSync(folder).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const name of readdirSync(join(folder, prefix))) {
      const path = join(folder, prefix, name);
      const info = statSync(path, { throwIfNoEntry: false });
      if (info === undefined || keep.has(prefix + name) || now - info.mtimeMs < youngMs) continue;
      rmSync(path, { force: true });
      bytes += info.size;
    }
  }
  return bytes;
}

/** A manifest that cannot be read protects nothing: its directory cannot be had anyway. */
function entriesOf(manifest: string): string[] {
  try {
    return parseManifest(readFileSync(manifest)).map((entry) => entry.hash);
  } catch {
    return [];
  }
}
