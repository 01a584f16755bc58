/** One process at a time changes the names of a workspace's notebooks. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CairnError, errnoOf } from '../base/errors.ts';

const pollMs = 50;

/**
 * Runs `work` while nobody else does so for the same store, in this process or another. The lock is
 * SQLite's on an empty database: it works on every system and ends with its process.
 * @param patienceMs how long to wait for whoever has it
 * @throws CairnError `locked` when it is not free by then
 */
export async function withRenumberLock<T>(
  storeDir: string,
  patienceMs: number,
  work: () => Promise<T>,
): Promise<T> {
  if (!existsSync(storeDir)) mkdirSync(storeDir, { recursive: true });
  // Whoever waits must leave its process to its other work, so SQLite itself does not wait.
  const lock = new Database(join(storeDir, 'renumbering.lock'), { timeout: 0 });
  try {
    for (const deadline = Date.now() + patienceMs; !take(lock); ) {
      if (Date.now() >= deadline) {
        throw new CairnError(
          'locked',
          'Notebooks of this folder are being renumbered right now. Try again in a moment.',
        );
      }
      await new Promise((next) => setTimeout(next, pollMs));
    }
    return await work();
  } finally {
    // Ends the transaction as well, which has written nothing.
    lock.close();
  }
}

function take(lock: Database.Database): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (errnoOf(error)?.startsWith('SQLITE_BUSY')) return false;
    throw error;
  }
}
