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
import type { Listed, Walked } from './walk-tree.ts';

const version = 3;
const schema = `
CREATE TABLE files (
  path TEXT PRIMARY KEY, inode INTEGER NOT NULL, size INTEGER NOT NULL,
  modified INTEGER NOT NULL, changed INTEGER NOT NULL, hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE trees (
  path TEXT PRIMARY KEY, hash TEXT NOT NULL, size INTEGER NOT NULL,
  names TEXT NOT NULL, stats BLOB NOT NULL, hashes BLOB NOT NULL,
  folders TEXT, folder_stats BLOB
) STRICT, WITHOUT ROWID;
CREATE TABLE whole (
  folder TEXT, hash TEXT, stamp TEXT NOT NULL, PRIMARY KEY (folder, hash)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = ${version};`;

/** The files of a directory in one order, with what was known of each. */
export interface CachedTree extends Walked {
  readonly hash: string;
  /** 16 bytes for each file. All zero: not to be trusted. */
  readonly hashes: Buffer;
}

interface TreeRow {
  hash: string;
  size: number;
  names: string;
  stats: Buffer;
  hashes: Buffer;
  folders: string | null;
  folder_stats: Buffer | null;
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
  readonly #getTree: Database.Statement<[string], TreeRow>;

  private constructor(db: Database.Database) {
    this.#db = db;
    this.#getFile = db
      .prepare<[string], FileRow>(
        'SELECT inode, size, modified, changed, hash FROM files WHERE path = ?',
      )
      .safeIntegers();
    this.#getTree = db.prepare('SELECT * FROM trees WHERE path = ?');
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
    const files = listed(row.names, row.stats);
    if (files === null || row.hashes.length !== files.names.length * 16) return null;
    const { hash, size, hashes, folders, folder_stats: stats } = row;
    return {
      ...files,
      hash,
      size,
      hashes,
      folders: folders === null || stats === null ? null : listed(folders, stats),
    };
  }

  setTree(absolute: string, tree: CachedTree): void {
    const { hash, size, names, hashes, folders } = tree;
    this.#write(() =>
      this.#db
        .prepare('INSERT OR REPLACE INTO trees VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
        .run(
          absolute,
          hash,
          size,
          names.join('\0'),
          bytesOf(tree.stats),
          hashes,
          folders === null ? null : folders.names.join('\0'),
          folders === null ? null : bytesOf(folders.stats),
        ),
    );
  }

  /** How a store of objects looked when it was found to hold all files of a directory. */
  getWhole(folder: string, hash: string): string | null {
    const select = 'SELECT stamp FROM whole WHERE folder = ? AND hash = ?';
    const row = this.#read(() =>
      this.#db.prepare<[string, string], { stamp: string }>(select).get(folder, hash),
    );
    return row?.stamp ?? null;
  }

  setWhole(folder: string, hash: string, stamp: string): void {
    const insert = 'INSERT OR REPLACE INTO whole VALUES (?, ?, ?)';
    this.#write(() => this.#db.prepare(insert).run(folder, hash, stamp));
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

/** Null for a row that is not whole. */
function listed(text: string, bytes: Buffer): Listed | null {
  // SQLite's blobs need not be aligned to 8 bytes.
  const stats = new BigInt64Array(new Uint8Array(bytes).buffer);
  const names = text === '' ? [] : text.split('\0');
  return stats.length === names.length * 4 ? { names, stats } : null;
}

function bytesOf({ buffer, byteOffset, byteLength }: BigInt64Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
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
