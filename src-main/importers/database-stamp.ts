/** Whether a SQLite database was written to. */
import { statSync } from 'node:fs';

/** Of the database and of the log beside it, which changes first. */
export function databaseStamp(absolute: string): string {
  return ['', '-wal']
    .map((suffix) => {
      const stat = statSync(absolute + suffix, { bigint: true, throwIfNoEntry: false });
      return stat === undefined ? '' : `${stat.size}:${stat.mtimeNs}`;
    })
    .join(' ');
}
