/**
 * How a file of the workspace shares its content with the store. The kinds and their order are
 * DVC's `cache.type`; a kind that a file system does not have is tried once, not for every file.
 */
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { CairnError, errnoOf } from '../base/errors.ts';

/** Best first. */
export type LinkKind = 'reflink' | 'hardlink' | 'symlink' | 'copy';

/** Below this size, reading and writing is several times quicker than asking for a clone. */
const smallBytes = 64 * 2 ** 10;
/** From this size on, a copy is made beside the event loop. */
const largeBytes = 4 * 2 ** 20;
/** What a file system says that cannot do such a link, or not between these two places. */
const cannot = new Set([
  ...['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EINVAL', 'ENOTTY', 'EPERM', 'EMLINK', 'EISDIR'],
  ...['EACCES', 'UNKNOWN'],
]);

export class Linker {
  #kinds: readonly LinkKind[];
  /** Mode of a new file of this process. */
  readonly #mode = 0o666 & ~process.umask();

  constructor(kinds: readonly LinkKind[]) {
    this.#kinds = kinds;
  }

  /**
   * Makes `target`, which must not exist, with the content of `source`. A link keeps the read-only
   * mode of the store, a copy is writable. What is executable is copied: the mode of a linked file
   * is that of the object.
   * @param size of the source, in bytes
   * @throws CairnError `failed` when no kind works, or the system's error (a full disk, say)
   */
  async make(source: string, target: string, size: number, executable: boolean): Promise<void> {
    if (size < smallBytes && this.#copies) {
      writeFileSync(target, readFileSync(source), { flag: 'wx' });
      if (executable) chmodSync(target, this.#mode | 0o100);
      return;
    }
    for (const kind of this.#kinds) {
      const shares = kind === 'hardlink' || kind === 'symlink';
      if (executable && shares) continue;
      try {
        if (kind === 'symlink') symlinkSync(source, target);
        // All empty files would be one, and a file system allows only so many links to it.
        else if (kind === 'hardlink' && size === 0) closeSync(openSync(target, 'wx'));
        else if (kind === 'hardlink') linkSync(source, target);
        else await this.#copy(kind, source, target, size);
        if (!shares) chmodSync(target, executable ? this.#mode | 0o100 : this.#mode);
        return;
      } catch (error) {
        if (kind === 'copy' || !cannot.has(errnoOf(error) ?? '')) throw error;
        rmSync(target, { force: true });
        // Too many links to one file say nothing about the next.
        if (errnoOf(error) !== 'EMLINK') this.#kinds = this.#kinds.filter((one) => one !== kind);
      }
    }
    if (executable) {
      await this.#copy('copy', source, target, size);
      chmodSync(target, this.#mode | 0o100);
      return;
    }
    throw new CairnError(
      'failed',
      `${target} could not be linked to the cache in any way that cache.type allows. Add “copy” to it (dvc config cache.type reflink,copy).`,
    );
  }

  /** Whether the file is to have a content of its own, or one that is shared until it is written. */
  get #copies(): boolean {
    const [first] = this.#kinds;
    return first === 'copy' || (first === 'reflink' && this.#kinds.includes('copy'));
  }

  async #copy(kind: LinkKind, source: string, target: string, size: number): Promise<void> {
    const clone = kind === 'reflink' ? constants.COPYFILE_FICLONE_FORCE : 0;
    const mode = clone | constants.COPYFILE_EXCL;
    if (size < largeBytes) copyFileSync(source, target, mode);
    else await copyFile(source, target, mode);
  }
}
