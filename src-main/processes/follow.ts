/** Reading a file that somebody else may still be writing. */
import { type FSWatcher, watch } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { errnoOf } from '../base/errors.ts';

export interface Piece {
  /** Of the first byte, in the file. */
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface FollowOptions {
  readonly signal?: AbortSignal;
  /** Asked when the end of the file is reached; true ends the reading there. */
  readonly ended: () => boolean;
}

const pieceBytes = 256 * 1024;
/** How long to wait for a watcher that some file systems do not feed. */
const pollMs = 150;

/**
 * The bytes from `from` (negative: that many before the end) to wherever the file is when `ended`
 * says so. A file that is not there yet is waited for; one that became shorter is read from its start.
 */
export async function* followFile(
  path: string,
  from: number,
  options: FollowOptions,
): AsyncGenerator<Piece> {
  let offset: number | null = null;
  for (;;) {
    if (options.signal?.aborted) return;
    // Asked before reading, so that what came in between is still read.
    const last = options.ended();
    const file = await openIfThere(path);
    if (file !== null) {
      try {
        const { size } = await file.stat();
        offset ??= from < 0 ? Math.max(0, size + from) : from;
        if (size < offset && from <= 0) offset = 0;
        for await (const piece of readTo(file, offset, size, options.signal)) {
          offset = piece.offset + piece.bytes.length;
          yield piece;
        }
      } finally {
        await file.close();
      }
    }
    if (last) return;
    await changed(path, options.signal);
  }
}

/** The bytes from `from` to the end that the file has now; nothing if it is not there. */
export async function* readFileFrom(
  path: string,
  from: number,
  options: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<Piece> {
  yield* followFile(path, from, { ...options, ended: () => true });
}

async function* readTo(
  file: FileHandle,
  from: number,
  to: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Piece> {
  for (let offset = from; offset < to; ) {
    if (signal?.aborted) return;
    const bytes = new Uint8Array(Math.min(pieceBytes, to - offset));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
    if (bytesRead === 0) return;
    yield { offset, bytes: bytes.subarray(0, bytesRead) };
    offset += bytesRead;
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Resolves when the file changed, after a short while, or when nobody waits any more. */
async function changed(path: string, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = () => resolve();
  const timer = setTimeout(wake, pollMs);
  signal?.addEventListener('abort', wake, { once: true });
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(path, wake);
    watcher.on('error', wake);
  } catch {
    // Not there yet, or a file system without watches: the timer will do.
  }
  await promise;
  watcher?.close();
  signal?.removeEventListener('abort', wake);
  clearTimeout(timer);
}
