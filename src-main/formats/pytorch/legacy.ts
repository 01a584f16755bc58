/**
 * PyTorch's format before 1.6 (`_use_new_zipfile_serialization=False`): five pickles one behind the
 * other (magic number, version, system, data, keys of storages) and the raw storages, each after
 * its number of elements. The elements are little-endian on every machine.
 */
import {
  FileSource,
  GlobalRecord,
  gather,
  InlineBudget,
  listItems,
  type PersistentId,
  PickleGlobal,
  type PickleSource,
  type PickleValue,
  runPickle,
  sizeOf,
} from '../pickle/index.ts';
import type { PositionalFile } from '../positional.ts';
import type { TensorFile, TensorReader } from '../tensor-file.ts';
import { isTorchName } from './allowed.ts';
import { brokenTorch, torchNames, withSuspicions } from './common.ts';
import { type Storage, takeTorch } from './rebuild.ts';
import { storageType } from './storages.ts';

const magic = 0x1950a86a20f9469cfc6cn;
const version = 1001;
/** As protocol 2 and later write the magic number, and as protocols 0 and 1 do. */
const starts = [Buffer.from('8a0a6cfc9c46f9206aa85019', 'hex'), Buffer.from(`L${magic}L`)];
const maxStorages = 200_000;

export const torchLegacyReader: TensorReader = {
  names: torchNames,
  match: ({ start }) => starts.some((bytes) => start.subarray(0, 32).includes(bytes)),
  open: async (file) => new LegacyFile(file).read(),
};

class LegacyFile {
  readonly #file: PositionalFile;
  readonly #source: PickleSource;
  readonly #broken: (problem: string) => never;
  readonly #globals = new GlobalRecord(isTorchName);
  /** Types and sizes as the pickle says, by key. */
  readonly #declared = new Map<string, { type: string; count: number }>();
  readonly #places = new Map<string, number>();
  readonly #suspicions: string[] = [];

  constructor(file: PositionalFile) {
    this.#file = file;
    this.#source = new FileSource(file);
    this.#broken = brokenTorch(file.path);
  }

  read(): TensorFile {
    let at = 0;
    const next = (): PickleValue => {
      const run = runPickle(this.#source, at, {
        broken: this.#broken,
        onGlobal: (global) => this.#globals.add(global),
        onPersistent: (id) => this.#declare(id),
      });
      at = run.end;
      return run.value;
    };
    if (next() !== magic) this.#broken('it does not start as one');
    if (next() !== version) this.#broken('its version is unknown');
    next();
    const value = next();
    const keys = listItems(next()) ?? this.#broken('its list of storages is missing');
    at = this.#locate(keys, at);
    const found = gather(value, {
      path: this.#file.path,
      budget: new InlineBudget(),
      rootName: 'tensor',
      broken: this.#broken,
      take: takeTorch({
        storage: (id) => this.#storage(id),
        suspect: (sentence) => this.#suspicions.push(sentence),
        broken: this.#broken,
      }),
    });
    const rest = this.#file.size - at;
    const trailing = rest > 0 ? [`${rest} bytes follow the last storage and were not read.`] : [];
    return {
      path: this.#file.path,
      format: 'pytorch',
      sizeBytes: this.#file.size,
      metadata: found.metadata,
      tensors: found.tensors,
      notes: found.notes,
      ...withSuspicions(this.#globals.verdict(), this.#suspicions, trailing),
    };
  }

  /** Storages that nothing refers to are among the keys too, so all are noted as they are met. */
  #declare(id: PersistentId): void {
    const parts = storageParts(id);
    if (!parts || this.#declared.has(parts.key)) return;
    this.#declared.set(parts.key, { type: parts.type, count: parts.count });
  }

  /** Where each storage is; returns where the last ends. */
  #locate(keys: readonly PickleValue[], start: number): number {
    let at = start;
    if (keys.length > maxStorages) this.#broken('it holds over 200 000 storages');
    for (const key of keys) {
      const declared = this.#declared.get(String(key));
      const dtype = declared && storageType(declared.type);
      if (!declared || !dtype) return this.#broken('the type of a storage is unknown');
      if (at + 8 > this.#file.size) return this.#broken('it ends before its storages do');
      const count = this.#source.read(at, 8).readBigInt64LE();
      if (count !== BigInt(declared.count)) {
        this.#broken(`the storage ${String(key)} has another size than its pickle says`);
      }
      this.#places.set(String(key), at + 8);
      at += 8 + declared.count * (dtype.bits / 8);
      if (at > this.#file.size) return this.#broken('it ends before its storages do');
    }
    return at;
  }

  #storage(id: PersistentId): Storage | null {
    const parts = storageParts(id);
    if (!parts) return null;
    const dtype = storageType(parts.type);
    const place = this.#places.get(parts.key);
    const declared = this.#declared.get(parts.key);
    if (place === undefined || !dtype || declared?.type !== parts.type) {
      return this.#broken(`its storage ${parts.key} is missing`);
    }
    const { offset, count } = parts.view ?? { offset: 0, count: declared.count };
    if (offset + count > declared.count) this.#broken('a view reaches beyond its storage');
    const itemBytes = dtype.bits / 8;
    const length = count * itemBytes;
    return {
      dtype,
      bigEndian: false,
      bytes: {
        kind: 'range',
        path: this.#file.path,
        offset: place + offset * itemBytes,
        stored: length,
        length,
        compression: 'none',
        skip: 0,
        crc32: null,
      },
    };
  }
}

/** `('storage', type, key, location, elements, view)`; a view is `(key, offset, elements)`. */
function storageParts(id: PersistentId) {
  const [kind, type, key, , size, viewed] = listItems(id.id) ?? [];
  const count = sizeOf(size);
  if (kind !== 'storage' || !(type instanceof PickleGlobal) || count === null) return null;
  const [, from, length] = listItems(viewed) ?? [];
  const [offset, viewCount] = [sizeOf(from), sizeOf(length)];
  const view = offset === null || viewCount === null ? null : { offset, count: viewCount };
  return { type: type.path, key: String(key), count, view };
}
