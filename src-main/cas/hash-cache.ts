/**
 * Hashes by what `stat` says of a file, so that what did not change is not read again. Directories
 * are kept whole, in columns: a hundred thousand files are one row. Lives in the user's cache
 * folder, belongs to this machine, and may be deleted at any time.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { errnoOf } from '../base/errors.ts';
import { type FileStat, isSettled, nowNs, sameStat } from './stat.ts';

const version = 2;
const schema = `
CREATE TABLE files (
  path TEXT PRIMARY KEY, inode INTEGER NOT NULL, size INTEGER NOT NULL,
  modified INTEGER NOT NULL, changed INTEGER NOT NULL, hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE trees (
  path TEXT PRIMARY KEY, hash TEXT NOT NULL, size INTEGER NOT NULL,
  names TEXT NOT NULL, stats BLOB NOT NULL, hashes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
PRAGMA user_version = ${version};`;

/** The files of a directory in one order, with what was known of each. */
export interface CachedTree {
  readonly hash: string;
  readonly size: number;
  readonly names: readonly string[];
  /** Inode, size, modified, changed of each file in turn. */
  readonly stats: BigInt64Array;
  /** 16 bytes for each file. All zero: not to be trusted. */
  readonly hashes: Buffer;
}

interface FileRow {
  inode: bigint;
  size: bigint;
  modified: bigint;
  changed: bigint;
  hash: string;
}

export class HashCache {
  readonly #db: Database.Database;
  readonly #getFile: Database.Statement<[string], FileRow>;
  readonly #getTree: Database.Statement<
    [string],
    { hash: string; size: number; names: string; stats: Buffer; hashes: Buffer }
  >;

  private constructor(db: Database.Database) {
    this.#db = db;
    this.#getFile = db
      .prepare<[string], FileRow>(
        'SELECT inode, size, modified, changed, hash FROM files WHERE path = ?',
      )
      .safeIntegers();
    this.#getTree = db.prepare('SELECT hash, size, names, stats, hashes FROM trees WHERE path = ?');
  }

  /**
   * Opens the cache, or a new one in its place when it is damaged or of another version. Where none
   * can be kept (a folder that cannot be written to) it lasts as long as this process.
   * @param path absolute
   */
  static open(path: string): HashCache {
    try {
      mkdirSync(dirname(path), { recursive: true });
      return new HashCache(openDatabase(path));
    } catch (error) {
      // Another process may be busy with a sound one.
      if (isUseless(error)) {
        for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
      }
    }
    try {
      return new HashCache(openDatabase(path));
    } catch {
      return new HashCache(openDatabase(':memory:'));
    }
  }

  /** The hash of a file if it is as it was when it was hashed. */
  getFile(absolute: string, stat: FileStat): string | null {
    const row = this.#read(() => this.#getFile.get(absolute));
    return row !== undefined && sameStat({ ...row, executable: false }, stat) ? row.hash : null;
  }

  /** @param hashedAt when the reading began, in ns; a file too fresh to trust is not kept */
  setFile(absolute: string, stat: FileStat, hash: string, hashedAt = nowNs()): void {
    if (!isSettled(stat, hashedAt)) return;
    this.#write(() =>
      this.#db
        .prepare('INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)')
        .run(absolute, stat.inode, stat.size, stat.modified, stat.changed, hash),
    );
  }

  getTree(absolute: string): CachedTree | null {
    const row = this.#read(() => this.#getTree.get(absolute));
    if (row === undefined) return null;
    // SQLite's blobs need not be aligned to 8 bytes.
    const stats = new BigInt64Array(new Uint8Array(row.stats).buffer);
    const names = row.names === '' ? [] : row.names.split('\0');
    if (stats.length !== names.length * 4 || row.hashes.length !== names.length * 16) return null;
    return { hash: row.hash, size: row.size, names, stats, hashes: row.hashes };
  }

  setTree(absolute: string, tree: CachedTree): void {
    const { buffer, byteOffset, byteLength } = tree.stats;
    this.#write(() =>
      this.#db
        .prepare('INSERT OR REPLACE INTO trees VALUES (?, ?, ?, ?, ?, ?)')
        .run(
          absolute,
          tree.hash,
          tree.size,
          tree.names.join('\0'),
          Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength),
          tree.hashes,
        ),
    );
  }

  close(): void {
    this.#db.close();
  }

  /** A cache that cannot be read (a bad sector, a lock) knows nothing. */
  #read<T>(read: () => T | undefined): T | undefined {
    try {
      return read();
    } catch {
      return undefined;
    }
  }

  /** A cache that cannot be written (a full disk, a lock) only makes the next look slower. */
  #write(write: () => void): void {
    try {
      write();
    } catch {
      // See above.
    }
  }
}

class OtherVersion extends Error {}

function isUseless(error: unknown): boolean {
  return (
    error instanceof OtherVersion || /^SQLITE_(?:NOTADB|CORRUPT|ERROR)/.test(errnoOf(error) ?? '')
  );
}

function openDatabase(path: string): Database.Database {
  const db = new Database(path, { timeout: 2000 });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = OFF');
    const found = db.pragma('user_version', { simple: true });
    if (found === 0) db.transaction(() => create(db)).immediate();
    else if (found !== version) throw new OtherVersion();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Another process may have made the tables while this one waited for the lock. */
function create(db: Database.Database): void {
  if (db.pragma('user_version', { simple: true }) === 0) db.exec(schema);
}
