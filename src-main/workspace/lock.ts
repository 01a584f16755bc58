/** One process at a time for what all of a user's processes share. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CairnError, errnoOf } from '../base/errors.ts';
import type { Folders } from './types.ts';

/** Moving a large store to another file system takes its time. */
const patienceMs = 60_000;

/**
 * Runs `work` while no other process does so for the same user: trusting a folder, moving its
 * store, opening one that may be moved, and changing the lists of trusted and recent folders. The
 * lock is SQLite's on an empty database: it works on every system and ends with its process.
 * Not re-entrant.
 * @throws CairnError `locked` when another process holds it for a minute
 */
export function withUserLock<T>(folders: Folders, work: () => T): T {
  mkdirSync(folders.data, { recursive: true });
  const path = join(folders.data, 'workspaces.lock');
  const lock = new Database(path, { timeout: patienceMs });
  try {
    begin(lock, path);
    return work();
  } finally {
    // Ends the transaction as well, which has written nothing.
    lock.close();
  }
}

function begin(lock: Database.Database, path: string): void {
  try {
    lock.exec('BEGIN IMMEDIATE');
  } catch (error) {
    if (!errnoOf(error)?.startsWith('SQLITE_BUSY')) throw error;
    throw new CairnError(
      'locked',
      `Another Cairn has held ${path} locked for over ${patienceMs / 1000} s. Close it and try again.`,
      { cause: error },
    );
  }
}
