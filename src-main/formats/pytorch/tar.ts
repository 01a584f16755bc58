/**
 * PyTorch's first format (before 0.2): a tar archive of `storages`, `tensors` and `pickle`, as
 * `torch.serialization._legacy_load` still reads it. That loader unpickled the first two without
 * any limit (CVE-2025-32434); here they go through the same machine as everything.
 */
import {
  FileSource,
  GlobalRecord,
  gather,
  InlineBudget,
  listItems,
  PersistentId,
  PickleGlobal,
  type PickleValue,
  runPickle,
  sizeOf,
} from '../pickle/index.ts';
import type { PositionalFile } from '../positional.ts';
import { readTarDirectory, type TarEntry, tarBlockBytes } from '../tar-directory.ts';
import {
  type ByteRange,
  maxDimensions,
  type TensorFile,
  type TensorReader,
} from '../tensor-file.ts';
import { isTorchName } from './allowed.ts';
import { brokenTorch, torchNames, withSuspicions } from './common.ts';
import { addView, type Storage, type TorchContext, takeTorch, type View } from './rebuild.ts';
import { storageType } from './storages.ts';

const maxCount = 200_000;
/** What the first member may be called. */
const firstMember = /^(\.\/)?(sys_info|pickle|tensors|storages)\0/;

export const torchTarReader: TensorReader = {
  names: torchNames,
  match: ({ start }) =>
    start.length >= tarBlockBytes && firstMember.test(start.toString('latin1', 0, 101)),
  open: async (file) => {
    const broken = brokenTorch(file.path);
    return new TarFile(file, await readTarDirectory(file, broken)).read();
  },
};

/** A tensor's place in its storage, as the member `tensors` has it. */
interface Placed extends View {
  readonly storage: string;
}

class TarFile {
  readonly #file: PositionalFile;
  readonly #members: ReadonlyMap<string, TarEntry>;
  readonly #broken: (problem: string) => never;
  readonly #globals = new GlobalRecord(isTorchName);
  readonly #storages = new Map<string, Storage>();
  readonly #tensors = new Map<string, Placed>();
  readonly #suspicions: string[] = [];
  readonly #trailing: string[] = [];

  constructor(file: PositionalFile, members: readonly TarEntry[]) {
    this.#file = file;
    this.#broken = brokenTorch(file.path);
    this.#members = new Map(members.map((member) => [member.name.replace(/^\.\//, ''), member]));
  }

  read(): TensorFile {
    this.#readStorages();
    this.#readTensors();
    const pickle = this.#member('pickle');
    const value = pickle.next();
    pickle.end();
    const context: TorchContext = {
      storage: (id) => this.#storages.get(String(id.id)) ?? null,
      suspect: (sentence) => this.#suspicions.push(sentence),
      broken: this.#broken,
    };
    const takeCall = takeTorch(context);
    const found = gather(value, {
      path: this.#file.path,
      budget: new InlineBudget(),
      rootName: 'tensor',
      broken: this.#broken,
      take: (one, name, depth, gathering) => {
        const placed = one instanceof PersistentId ? this.#tensors.get(String(one.id)) : undefined;
        if (!placed) return takeCall(one, name, depth, gathering);
        const storage = this.#storages.get(placed.storage);
        const dtype = storage?.dtype;
        if (!dtype) return this.#broken(`its storage ${placed.storage} is missing`);
        addView({ ...storage, dtype }, placed, { context, name, gathering });
        return true;
      },
    });
    return {
      path: this.#file.path,
      format: 'pytorch',
      sizeBytes: this.#file.size,
      metadata: found.metadata,
      tensors: found.tensors,
      notes: found.notes,
      ...withSuspicions(this.#globals.verdict(), this.#suspicions, this.#trailing),
    };
  }

  /** A count, for each storage `(key, location, type)`, its length and bytes; then the views. */
  #readStorages(): void {
    const member = this.#member('storages');
    for (let count = member.count(); count > 0; count--) {
      const [key, , type] = listItems(member.next()) ?? [];
      const dtype = type instanceof PickleGlobal ? storageType(type.path) : null;
      if (key === undefined || !dtype) this.#broken('the type of a storage is unknown');
      const length = member.int64() * (dtype.bits / 8);
      this.#storages.set(String(key), {
        dtype,
        bigEndian: false,
        bytes: member.range(length),
      });
    }
    for (const view of listItems(member.next()) ?? []) {
      const [target, root, offset, count] = listItems(view) ?? [];
      const whole = this.#storages.get(String(root));
      const [from, elements] = [sizeOf(offset), sizeOf(count)];
      if (!whole?.dtype || from === null || elements === null) {
        this.#broken('a view of a storage cannot be read');
      }
      const itemBytes = whole.dtype.bits / 8;
      const [start, length] = [from * itemBytes, elements * itemBytes];
      if (start + length > whole.bytes.length) this.#broken('a view reaches beyond its storage');
      const bytes = { ...whole.bytes, offset: whole.bytes.offset + start, stored: length, length };
      this.#storages.set(String(target), { ...whole, bytes });
    }
    member.end();
  }

  /** A count, and for each tensor `(key, storage, type)`, its dimensions, strides and offset. */
  #readTensors(): void {
    const member = this.#member('tensors');
    for (let count = member.count(); count > 0; count--) {
      const [key, storage] = listItems(member.next()) ?? [];
      if (key === undefined || storage === undefined) {
        this.#broken('the parts of a tensor cannot be read');
      }
      // 32 bits and 4 bytes that mean nothing.
      const dimensions = member.int64() % 2 ** 32;
      if (dimensions > maxDimensions) this.#broken('a tensor has over 64 dimensions');
      const shape = Array.from({ length: dimensions }, () => member.int64());
      const strides = Array.from({ length: dimensions }, () => member.int64());
      this.#tensors.set(String(key), {
        storage: String(storage),
        shape,
        strides,
        start: member.int64(),
      });
    }
    member.end();
  }

  #member(name: string): TarMember {
    const entry = this.#members.get(name) ?? this.#broken(`its member ${name} is missing`);
    return new TarMember(this.#file, entry, {
      broken: this.#broken,
      onGlobal: (global) => this.#globals.add(global),
      onTrailing: (sentence) => this.#trailing.push(sentence),
    });
  }
}

interface MemberOptions {
  broken(problem: string): never;
  onGlobal(global: PickleGlobal): void;
  onTrailing(sentence: string): void;
}

/** Pickles and plain numbers one after the other. */
class TarMember {
  readonly #entry: TarEntry;
  readonly #source: FileSource;
  readonly #options: MemberOptions;
  #at = 0;

  constructor(file: PositionalFile, entry: TarEntry, options: MemberOptions) {
    this.#entry = entry;
    this.#source = new FileSource(file, entry.offset, entry.size);
    this.#options = options;
  }

  next(): PickleValue {
    const run = runPickle(this.#source, this.#at, this.#options);
    this.#at = run.end;
    return run.value;
  }

  count(): number {
    const value = sizeOf(this.next());
    if (value === null || value > maxCount) return this.#options.broken('a count cannot be read');
    return value;
  }

  int64(): number {
    const value = this.range(8) && this.#source.read(this.#at - 8, 8).readBigInt64LE();
    if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) {
      return this.#options.broken('a size in it is larger than any file');
    }
    return Number(value);
  }

  /** Steps over so many bytes and says where they are. */
  range(length: number): ByteRange {
    if (this.#at + length > this.#entry.size)
      this.#options.broken('it ends before its storages do');
    this.#at += length;
    return this.#source.content(this.#at - length, length);
  }

  end(): void {
    const rest = this.#entry.size - this.#at;
    if (rest > 0) {
      this.#options.onTrailing(
        `${rest} bytes follow the pickle in ${this.#entry.name} and were not read.`,
      );
    }
  }
}
