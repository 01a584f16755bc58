/** A look at the beginning of a file, where its name says too little of what it is. */
import { closeSync, constants, openSync, readSync } from 'node:fs';

const mostBytes = 1 << 20;
const longestLine = 64 << 10;

/**
 * Whether a SQLite database holds what `pattern` finds in its schema. The schema lies in the first
 * pages; of a database that was never closed it is still in the log beside it. Never throws.
 */
export function schemaMentions(absolute: string, pattern: RegExp): boolean {
  const database = beginningOf(absolute);
  if (database !== '' && !database.startsWith('SQLite format 3\0')) return false;
  return pattern.test(database) || pattern.test(beginningOf(`${absolute}-wal`));
}

/** Whether a text begins with a line like this one, or with nothing as yet. Never throws. */
export function beginsWith(absolute: string, pattern: RegExp): boolean {
  const beginning = beginningOf(absolute, longestLine);
  const end = beginning.indexOf('\n');
  const line = (end < 0 ? beginning : beginning.slice(0, end)).trim();
  return line === '' || pattern.test(line);
}

function beginningOf(absolute: string, length = mostBytes): string {
  let file: number;
  try {
    file = openSync(absolute, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    return '';
  }
  try {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, length, 0));
  } catch {
    return '';
  } finally {
    closeSync(file);
  }
}
