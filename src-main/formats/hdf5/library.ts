/**
 * HDF5's own library, compiled to WebAssembly. It sees a file system of its own in which there is
 * nothing but the opened file, so that links to other files, external storage and filter plug-ins
 * find nothing, whatever a file asks for.
 */
import { statSync } from 'node:fs';
import type { Module } from 'h5wasm';
import { CairnError } from '../../base/errors.ts';
import { openRange, type TensorBytes } from '../range-bytes.ts';
import type { ByteRange } from '../tensor-file.ts';

/** Of Emscripten's file system what is needed here; its own types leave it out. */
interface FileSystem {
  createFile(parent: string, name: string, properties: object, read: boolean, write: boolean): Node;
  unlink(path: string): void;
}
interface Node {
  stream_ops: object;
}
interface Stream {
  position: number;
}

export type Library = typeof Module;
export type Metadata = ReturnType<Library['get_dataset_metadata']>;

let loaded: Promise<Library> | null = null;
let mounts = 0;

/** Only loaded when needed: it is 4 MB. */
function library(): Promise<Library> {
  loaded ??= import('h5wasm').then(async ({ ready }) => {
    const module = await ready;
    // Otherwise errors are printed, and what could not be read looks like zeros.
    module.activate_throwing_error_handler();
    return module;
  });
  return loaded;
}

/**
 * Asks the library something. An error leaves it as an exception, which passes over its functions
 * and leaves behind what they had on their stack: after some thousand errors nothing would be left.
 * `ccall` puts the stack back to where it was, for a function that is called with a text.
 */
function ask<Answer>(library: Library, question: () => Answer): Answer {
  let outcome: { answer: Answer } | { error: unknown } | null = null;
  Object.assign(library, {
    _askedQuestion: () => {
      try {
        outcome = { answer: question() };
      } catch (error) {
        outcome = { error };
      }
    },
  });
  library.ccall('askedQuestion', null, ['string'], ['']);
  return answerOf(outcome);
}

function answerOf<Answer>(outcome: { answer: Answer } | { error: unknown } | null): Answer {
  if (outcome === null) throw new Error('the library was not asked');
  if ('error' in outcome) throw outcome.error;
  return outcome.answer;
}

/** One open HDF5 file. */
export class Hdf5File {
  readonly #id: bigint;
  readonly #library: Library;
  readonly #bytes: TensorBytes;
  readonly #name: string;

  private constructor(id: bigint, module: Library, bytes: TensorBytes, name: string) {
    this.#id = id;
    this.#library = module;
    this.#bytes = bytes;
    this.#name = name;
  }

  /**
   * Opens a file, or a part of one that is an HDF5 file (a member of an archive).
   * @throws CairnError `corrupt` when the library does not take it for one
   */
  static async open(base: ByteRange): Promise<Hdf5File> {
    const module = await library();
    const bytes = await openRange(base);
    const name = `file-${++mounts}`;
    mount(module.FS as unknown as FileSystem, name, bytes);
    try {
      const id = ask(module, () => module.open(`/${name}`, module.H5F_ACC_RDONLY, false, -1, -1));
      if (id < 0n) throw new Error('it was not opened');
      return new Hdf5File(id, module, bytes, name);
    } catch (cause) {
      unmount(module, name, bytes);
      throw new CairnError(
        'corrupt',
        `${base.path} is not a valid HDF5 file: the HDF5 library cannot open it.`,
        { cause },
      );
    }
  }

  /** @throws what the library says is wrong */
  ask<Answer>(question: (library: Library, id: bigint) => Answer): Answer {
    return ask(this.#library, () => question(this.#library, this.#id));
  }

  /** Also possible when an error left the file half open. */
  close(): void {
    try {
      this.ask((library, id) => library.close_file(id));
    } finally {
      unmount(this.#library, this.#name, this.#bytes);
    }
  }
}

function unmount(module: Library, name: string, bytes: TensorBytes): void {
  try {
    (module.FS as unknown as FileSystem).unlink(`/${name}`);
  } finally {
    bytes.close();
  }
}

/** Puts a file into the library's root folder whose content is read when it is asked for. */
function mount(files: FileSystem, name: string, bytes: TensorBytes): void {
  const node = files.createFile('/', name, {}, true, false);
  Object.defineProperty(node, 'usedBytes', { get: () => bytes.length });
  node.stream_ops = {
    llseek: (stream: Stream, offset: number, whence: number) => {
      const from = whence === 1 ? stream.position : whence === 2 ? bytes.length : 0;
      return from + offset;
    },
    read: (
      _stream: Stream,
      buffer: Uint8Array,
      offset: number,
      length: number,
      position: number,
    ) => {
      const count = Math.max(0, Math.min(length, bytes.length - position));
      bytes.read(buffer.subarray(offset, offset + count), position);
      return count;
    },
  };
}

/** Files that were opened last, for reading one tensor after the other. */
const recent = new Map<string, Promise<Hdf5File>>();
/** Both sides of a comparison, and their bases. */
const maxRecent = 4;

/** An open file that stays open for the next tensor; do not close it. */
export async function recentHdf5(base: ByteRange): Promise<Hdf5File> {
  const { mtimeMs, size, ino } = statSync(base.path);
  const key = JSON.stringify([base.path, base.offset, base.stored, mtimeMs, size, ino]);
  const opened = recent.get(key) ?? Hdf5File.open(base);
  recent.delete(key);
  recent.set(key, opened);
  for (const [oldest, file] of recent) {
    if (recent.size <= maxRecent) break;
    recent.delete(oldest);
    file.then((one) => one.close()).catch(() => {});
  }
  try {
    return await opened;
  } catch (error) {
    recent.delete(key);
    throw error;
  }
}
