/** Reading files that somebody else wrote: links are not followed, sizes are bounded. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Most files of a tracking folder are a few bytes: one buffer and three calls for each. */
const scratch = Buffer.allocUnsafe(64 * 1024);

/** Not on Windows, where links need a right of their own. */
const noFollow = constants.O_NOFOLLOW ?? 0;
/** A pipe put in a file's place must not stop the reading. */
const noBlock = constants.O_NONBLOCK ?? 0;

export interface BoundedText {
  readonly text: string;
  /** Bytes read, from the offset. */
  readonly bytes: number;
  /** Whether there is more than `most` bytes. */
  readonly cut: boolean;
}

/**
 * The text of a regular file from a byte offset, at most `most` bytes of it.
 * @throws the system's error; `ELOOP` for a symbolic link
 */
export function readBounded(absolute: string, most: number, from = 0): BoundedText {
  const file = openSync(absolute, constants.O_RDONLY | noFollow | noBlock);
  try {
    const first = readSync(file, scratch, 0, Math.min(scratch.length, most + 1), from);
    if (first < scratch.length || first > most) {
      const bytes = Math.min(first, most);
      return { text: scratch.toString('utf8', 0, bytes), bytes, cut: first > most };
    }
    const size = Math.max(0, fstatSync(file).size - from);
    const whole = Buffer.allocUnsafe(Math.min(size, most));
    let at = 0;
    while (at < whole.length) {
      const read = readSync(file, whole, at, whole.length - at, from + at);
      if (read === 0) break;
      at += read;
    }
    return { text: whole.toString('utf8', 0, at), bytes: at, cut: size > most };
  } finally {
    closeSync(file);
  }
}
