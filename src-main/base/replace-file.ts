/** Small files that are there as they were or as they are to be: written beside their place, then moved. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface ReplaceOptions {
  /** Of the file; what the system gives when left out. */
  readonly mode?: number;
  /** Of folders that are made for it. */
  readonly folderMode?: number;
  /** Whether the content must be on the disk before it takes the place. */
  readonly flush?: boolean;
}

/** Replaces a file as a whole, and makes its folder. @throws the system's error; then nothing is left behind */
export function replaceFile(
  path: string,
  content: string | Uint8Array,
  { mode = 0o666, folderMode = 0o777, flush = false }: ReplaceOptions = {},
): void {
  mkdirSync(dirname(path), { recursive: true, mode: folderMode });
  const temporary = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    writeFileSync(temporary, content, { mode, flush, flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
