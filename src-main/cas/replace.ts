/** Putting a file or a directory in the place of another, whole or not at all. */
import { randomBytes } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A name beside a path that nothing else has. */
export function nameBeside(path: string): string {
  return join(dirname(path), `.cairn-${randomBytes(6).toString('hex')}`);
}

/**
 * Moves `fresh` to `target`, both in one folder. What was there is gone only once the new is in its
 * place; if that fails, it is there still.
 */
export async function replacePath(fresh: string, target: string): Promise<void> {
  try {
    // Enough for a file over a file, and where there was nothing.
    await rename(fresh, target);
    return;
  } catch (error) {
    // A directory is in the way, or (on Windows) a read-only file.
    if (lstatSync(target, { throwIfNoEntry: false }) === undefined) throw error;
  }
  const before = nameBeside(target);
  await rename(target, before);
  try {
    await rename(fresh, target);
  } catch (error) {
    await rename(before, target);
    throw error;
  }
  await rm(before, { recursive: true, force: true });
}
