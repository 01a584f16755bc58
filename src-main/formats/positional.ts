/** Reading pieces of a file by position, never beyond its end. */
import { readSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { CairnError, errnoOf } from '../base/errors.ts';

/** An open regular file of known size. Close it, or declare it with `await using`. */
export class PositionalFile implements AsyncDisposable {
  readonly path: string;
  readonly size: number;
  readonly #handle: FileHandle;

  private constructor(path: string, size: number, handle: FileHandle) {
    this.path = path;
    this.size = size;
    this.#handle = handle;
  }

  /**
   * Opens a regular file. Pipes and devices are refused before they are opened, because opening
   * one may block.
   * @throws CairnError `not-found`, `invalid` (not a regular file), `read-only` (no permission)
   */
  static async open(path: string): Promise<PositionalFile> {
    try {
      if (!(await stat(path)).isFile()) {
        throw new CairnError('invalid', `${path} is not a regular file.`);
      }
      const handle = await open(path, 'r');
      return new PositionalFile(path, (await handle.stat()).size, handle);
    } catch (error) {
      if (error instanceof CairnError) throw error;
      const code = errnoOf(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') {
        throw new CairnError('not-found', `There is no file ${path}.`, { cause: error });
      }
      if (code === 'EACCES' || code === 'EPERM') {
        throw new CairnError('read-only', `No permission to read ${path}.`, { cause: error });
      }
      throw new CairnError('failed', `${path} could not be opened.`, { cause: error });
    }
  }

  /**
   * Exactly `length` bytes from `offset`. The range is checked against the size first, so that a
   * length claimed by a damaged file is never allocated.
   * @throws CairnError `corrupt` when the file does not hold them
   */
  async read(offset: number, length: number): Promise<Buffer> {
    if (offset < 0 || length < 0 || offset + length > this.size) throw this.#cutShort();
    const bytes = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await this.#handle.read(bytes, done, length - done, offset + done);
      if (bytesRead === 0) throw this.#becameShorter();
      done += bytesRead;
    }
    return bytes;
  }

  /**
   * As `read`, but at once: for formats that can only be followed byte by byte.
   * @throws CairnError `corrupt` when the file does not hold them
   */
  readSync(offset: number, length: number): Buffer {
    if (offset < 0 || length < 0 || offset + length > this.size) throw this.#cutShort();
    const bytes = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const read = readSync(this.#handle.fd, bytes, done, length - done, offset + done);
      if (read === 0) throw this.#becameShorter();
      done += read;
    }
    return bytes;
  }

  #cutShort(): CairnError {
    return new CairnError('corrupt', `${this.path} is cut short: it ends before its contents do.`);
  }

  #becameShorter(): CairnError {
    return new CairnError('corrupt', `${this.path} became shorter while it was read.`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }
}
