/** Pictures of notes that no note has any more. */
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readTextsWithPictures } from '../store/note-texts.ts';
import type { Store } from '../store/store.ts';
import { noteImageFolder } from './note-images.ts';

export interface UnusedImage {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
}

const named = /^[0-9a-f]{64}\.(?:png|jpg|gif|webp)$/;
const mentioned = /image:([0-9a-f]{64}\.(?:png|jpg|gif|webp))/g;
/** Somebody may be writing the note that a picture was just put into. */
const graceMs = 24 * 60 * 60 * 1000;

/**
 * Those that no text has, now or before, nor an edit that can be undone.
 * @param storeDir absolute folder of the database
 * @param now epoch ms
 */
export async function findUnusedImages(
  store: Store,
  storeDir: string,
  now: number = Date.now(),
): Promise<UnusedImage[]> {
  const folder = noteImageFolder(storeDir);
  const names = (await readdir(folder).catch(() => [])).filter((name) => named.test(name));
  if (names.length === 0) return [];
  const used = new Set(
    readTextsWithPictures(store).flatMap((text) =>
      [...text.matchAll(mentioned)].map(([, name]) => name as string),
    ),
  );
  const unused: UnusedImage[] = [];
  for (const name of names) {
    if (used.has(name)) continue;
    const path = join(folder, name);
    const found = await lstat(path).catch(() => null);
    if (found?.isFile() && now - found.mtimeMs > graceMs) unused.push({ path, bytes: found.size });
  }
  return unused;
}

/** Deletes them. @returns those that were there */
export async function removeUnusedImages(
  store: Store,
  storeDir: string,
  now: number = Date.now(),
): Promise<UnusedImage[]> {
  const unused = await findUnusedImages(store, storeDir, now);
  for (const { path } of unused) await rm(path, { force: true });
  return unused;
}
