/** Opening the workspace's database, and the one way to write to it. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { asCairnError, CairnError, errnoOf } from '../base/errors.ts';
import { migrations } from './migrations/index.ts';

/** Marks the file as Cairn's (`file(1)` and we can tell): "Crn1". */
const applicationId = 0x43726e31;
/** At most this much of the database is held in memory; finding runs looks all over it. */
const cacheKib = 65_536;
/** How long a writer waits for another process's transaction. */
const busyTimeoutMs = 10_000;

/**
 * One connection to a store. Several processes may hold one each: the journal is a WAL, writes are
 * short IMMEDIATE transactions, and readers never block.
 */
export class Store {
  readonly db: Database.Database;
  readonly path: string;
  /** Numbers of names that this connection knows; see names.ts. */
  readonly names = new Map<string, number>();
  /** Runs whose words this transaction has noted as changed; see run-text.ts. */
  readonly reworded = new Set<number>();
  readonly #statements = new Map<string, Database.Statement>();

  private constructor(db: Database.Database, path: string) {
    this.db = db;
    this.path = path;
  }

  /**
   * Opens the database, creating and migrating it as needed.
   * @throws CairnError `too-new` when a newer Cairn wrote it, `corrupt` when it is not a sound
   * database (it is left as it is), `locked`, `no-space` or `read-only` as the system says.
   */
  static open(path: string): Store {
    let db: Database.Database | undefined;
    try {
      mkdirSync(dirname(path), { recursive: true });
      db = new Database(path, { timeout: busyTimeoutMs });
      // Read first: a file from a newer Cairn must be refused before anything is written to it.
      const { version, isUsed } = lookAt(db);
      if (version > migrations.length) throw tooNew(path, version);
      if (version === 0 && isUsed) throw foreign(path);
      enterWal(db);
      db.pragma('synchronous = NORMAL');
      db.pragma('foreign_keys = ON');
      db.pragma(`cache_size = -${cacheKib}`);
      if (version < migrations.length) migrate(db, path);
      return new Store(db, path);
    } catch (error) {
      db?.close();
      throw explain(error, path);
    }
  }

  /** Runs `write` in one IMMEDIATE transaction: all of it is stored, or nothing. */
  transaction<T>(write: () => T): T {
    try {
      if (this.db.inTransaction) return write();
      this.reworded.clear();
      return this.db.transaction(write).immediate();
    } catch (error) {
      this.#forget();
      throw explain(error, this.path);
    }
  }

  /** Inside a transaction: when `write` throws, only what it wrote itself is undone. */
  savepoint<T>(write: () => T): T {
    try {
      return this.db.transaction(write)();
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  /** What was undone has not been written. */
  #forget(): void {
    this.names.clear();
    this.reworded.clear();
  }

  /** A prepared statement, kept for the next use. */
  prepare<P extends unknown[] = unknown[], R = unknown>(sql: string): Database.Statement<P, R> {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement as Database.Statement<P, R>;
  }

  /** Changes whenever another connection has committed; cheap enough to poll. */
  dataVersion(): number {
    return this.db.pragma('data_version', { simple: true }) as number;
  }

  close(): void {
    this.#statements.clear();
    this.db.close();
  }
}

/** Processes that make a store at the same moment: SQLite refuses this switch without waiting. */
function enterWal(db: Database.Database): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 1; ; tries++) {
    try {
      db.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!errnoOf(error)?.startsWith('SQLITE_BUSY') || tries === 100) throw error;
      Atomics.wait(pause, 0, 0, 20);
    }
  }
}

function migrate(db: Database.Database, path: string): void {
  db.transaction(() => {
    // Another process may have migrated between our look and our lock.
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > migrations.length) throw tooNew(path, version);
    for (const script of migrations.slice(version)) db.exec(script);
    db.pragma(`user_version = ${migrations.length}`);
    db.pragma(`application_id = ${applicationId}`);
  }).immediate();
}

/**
 * The version, and whether somebody has used the file: without a version it was not Cairn. Both are
 * of one moment, since another process may be making the store between two looks.
 */
function lookAt(db: Database.Database): { version: number; isUsed: boolean } {
  return db.transaction(() => ({
    version: db.pragma('user_version', { simple: true }) as number,
    isUsed: db.prepare('SELECT 1 FROM sqlite_master LIMIT 1').get() !== undefined,
  }))();
}

function foreign(path: string): CairnError {
  return new CairnError(
    'corrupt',
    `${path} is a database of another program; it was left untouched. Move it aside to start a new run index.`,
  );
}

function tooNew(path: string, version: number): CairnError {
  return new CairnError(
    'too-new',
    `${path} was written by a newer Cairn (format ${version}; this one knows up to ${migrations.length}). Update Cairn to open this folder.`,
  );
}

function explain(error: unknown, path: string): CairnError {
  const code = errnoOf(error) ?? '';
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new CairnError(
      'corrupt',
      `The run index ${path} is damaged; it was left untouched. Restore it from a copy, or move it aside to start a new one.`,
      { cause: error },
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new CairnError(
      'locked',
      `Another program has held ${path} locked for over ${busyTimeoutMs / 1000} s. Close it and try again.`,
      { cause: error },
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) {
    return new CairnError('read-only', `The run index ${path} cannot be opened for writing.`, {
      cause: error,
    });
  }
  return asCairnError(error);
}
