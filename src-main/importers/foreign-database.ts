/** SQLite databases of other programs: read, and left as they are to the last byte. */
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { CairnError, errnoOf } from '../base/errors.ts';

/** A tool that writes holds its locks for moments. */
const busyTimeoutMs = 2000;

export interface ForeignDatabase {
  readonly db: Database.Database;
  /** The columns of a plain table; null when there is none: views and virtual tables run code. */
  columns(table: string): ReadonlySet<string> | null;
  close(): void;
}

/**
 * Opens a database for reading. One with a write-ahead log, or with a journal that its program left
 * behind, cannot be read without writing beside it: then a copy in the temporary folder is read.
 * @throws CairnError `corrupt` when it is no sound database, `locked` while its program writes
 */
export function openForeignDatabase(absolute: string): ForeignDatabase {
  try {
    if (lstatSync(absolute).isSymbolicLink()) {
      throw new CairnError('unsupported', 'It is a link, which is not followed.');
    }
    if (isWriteAhead(absolute)) return openCopy(absolute);
    try {
      return wrap(openReadOnly(absolute), () => undefined);
    } catch (error) {
      const code = errnoOf(error) ?? '';
      const isLeftBehind = /^SQLITE_(?:READONLY|CANTOPEN)/.test(code);
      if (isLeftBehind && existsSync(`${absolute}-journal`)) return openCopy(absolute);
      throw error;
    }
  } catch (error) {
    throw explain(error, absolute);
  }
}

/** Says what a SQLite error means for a file that somebody else wrote. */
export function explain(error: unknown, absolute: string): unknown {
  const code = errnoOf(error) ?? '';
  const name = basename(absolute);
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new CairnError(
      'corrupt',
      `${name} is not a sound SQLite database. If the tool that wrote it can still read it, copy it with “sqlite3 ${name} .recover”.`,
      { cause: error },
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new CairnError('locked', `${name} is being written to. It is read again soon.`, {
      cause: error,
    });
  }
  return error;
}

function openReadOnly(absolute: string): Database.Database {
  const db = new Database(absolute, {
    readonly: true,
    fileMustExist: true,
    timeout: busyTimeoutMs,
  });
  try {
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    // Reads the header and the schema: what is no database is found out here.
    db.prepare('SELECT count(*) FROM sqlite_master').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function openCopy(absolute: string): ForeignDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-read-'));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const copy = join(folder, 'copy.db');
    // The log first: what it gains meanwhile must not be half of what the database has.
    for (const suffix of ['-wal', '-journal', '']) {
      if (!existsSync(absolute + suffix)) continue;
      copyFileSync(absolute + suffix, copy + suffix, constants.COPYFILE_FICLONE);
    }
    // Writable: a journal is played back, a log is indexed.
    new Database(copy, { fileMustExist: true }).close();
    return wrap(openReadOnly(copy), remove);
  } catch (error) {
    remove();
    throw error;
  }
}

/** Bytes 18 and 19 of the header: 2 for a write-ahead log (https://sqlite.org/fileformat.html). */
function isWriteAhead(absolute: string): boolean {
  const header = Buffer.alloc(20);
  const file = openSync(absolute, 'r');
  try {
    readSync(file, header, 0, 20, 0);
  } finally {
    closeSync(file);
  }
  return header[18] === 2 || header[19] === 2;
}

function wrap(db: Database.Database, after: () => void): ForeignDatabase {
  return {
    db,
    columns: (table) => {
      const known = db
        .prepare<[string], { sql: string }>(
          "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?",
        )
        .get(table);
      if (known === undefined || !/^\s*CREATE\s+TABLE\b/i.test(known.sql)) return null;
      return new Set(
        db
          .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
          .all(table)
          .map((row) => row.name),
      );
    },
    close: () => {
      db.close();
      after();
    },
  };
}
