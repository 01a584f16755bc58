/**
 * PyTorch's archives: a zip with the pickle `data.pkl` and one stored member for each storage
 * (`torch.save` since 1.6), with code beside it in TorchScript. Storages are read where they lie.
 */
import { inflate } from '../inflate.ts';
import {
  FileSource,
  GlobalRecord,
  gather,
  InlineBudget,
  listItems,
  MemorySource,
  type PersistentId,
  PickleGlobal,
  type PickleSource,
  runPickle,
} from '../pickle/index.ts';
import type { PositionalFile } from '../positional.ts';
import type {
  ByteRange,
  CodeFile,
  Probe,
  TensorFile,
  TensorInfo,
  TensorReader,
} from '../tensor-file.ts';
import type { ZipEntry } from '../zip-directory.ts';
import { isTorchName } from './allowed.ts';
import { brokenTorch, torchNames, withSuspicions } from './common.ts';
import { type Storage, takeTorch } from './rebuild.ts';
import { storageType } from './storages.ts';

/** A pickle that had to be inflated; stored ones are read where they lie. */
const maxInflatedPickle = 256 * 1024 * 1024;

export const torchZipReader: TensorReader = {
  names: torchNames,
  match: ({ members }) => members !== null && pickles(members, 'data.pkl').length > 0,
  open: readArchive,
};

/** Members of this name at the top or in the one folder that an archive has. */
function pickles(members: readonly ZipEntry[], name: string): ZipEntry[] {
  return members.filter(
    (member) => member.name === name || /^[^/]+\/(.+)$/.exec(member.name)?.[1] === name,
  );
}

async function readArchive(file: PositionalFile, { members }: Probe): Promise<TensorFile> {
  const broken = brokenTorch(file.path);
  if (!members) return broken('it is no archive, nor in one of the older formats');
  const [main, second] = pickles(members, 'data.pkl');
  if (!main) return broken('it has no data.pkl');
  if (second) return broken('it has two pickles called data.pkl');
  const prefix = main.name.slice(0, -'data.pkl'.length);
  const archive = new Archive(file, members, prefix);
  const order = await archive.text('byteorder');
  if (order !== null && order !== 'little' && order !== 'big') broken('its byte order is unknown');
  archive.bigEndian = order === 'big';
  await archive.read('data.pkl', 'data', '');
  const code = members.filter(({ name }) => name.startsWith(`${prefix}code/`));
  const script = archive.byName.has('constants.pkl');
  if (script) await archive.read('constants.pkl', 'constants', 'constants');
  return archive.finish(script, code);
}

/** The pickles of one archive and the storages they refer to. */
class Archive {
  bigEndian = false;
  readonly byName: ReadonlyMap<string, ZipEntry>;
  readonly #file: PositionalFile;
  readonly #broken: (problem: string) => never;
  readonly #budget = new InlineBudget();
  readonly #globals: GlobalRecord;
  readonly #suspicions: string[] = [];
  readonly #trailing: string[] = [];
  readonly #storages = new Map<string, Storage>();
  readonly #tensors: TensorInfo[] = [];
  readonly #metadata = new Map<string, string>();
  readonly #notes: string[] = [];
  readonly #used = new Set(['version', 'byteorder', '.format_version', '.storage_alignment']);

  constructor(file: PositionalFile, members: readonly ZipEntry[], prefix: string) {
    this.#file = file;
    this.#broken = brokenTorch(file.path);
    const ours = members.filter(({ name }) => name.startsWith(prefix) && !name.endsWith('/'));
    this.byName = new Map(ours.map((member) => [member.name.slice(prefix.length), member]));
    const script = this.byName.has('constants.pkl');
    this.#globals = new GlobalRecord(
      (path) => isTorchName(path) || (script && path.startsWith('__torch__.')),
    );
  }

  async text(name: string): Promise<string | null> {
    const member = this.byName.get(name);
    if (!member || member.size > 64) return null;
    return (await this.#bytes(member)).toString('latin1').trim();
  }

  /** Follows one pickle, whose storages are in `folder`, and takes its tensors. */
  async read(name: string, folder: string, root: string): Promise<void> {
    const member = this.byName.get(name) as ZipEntry;
    this.#used.add(name);
    const source = await this.#source(member);
    const broken = this.#broken;
    const { value, end } = runPickle(source, 0, {
      broken,
      onGlobal: (global) => this.#globals.add(global),
    });
    if (end < source.size) {
      this.#trailing.push(
        `${source.size - end} bytes follow the pickle in ${name} and were not read.`,
      );
    }
    const found = gather(value, {
      path: this.#file.path,
      budget: this.#budget,
      rootName: root === '' ? 'tensor' : root,
      broken,
      take: takeTorch({
        storage: (id) => this.#storage(id, folder),
        suspect: (sentence) => this.#suspicions.push(sentence),
        broken,
      }),
    });
    const taken = new Set(this.#tensors.map((tensor) => tensor.name));
    for (const tensor of found.tensors) {
      const full = root === '' || tensor.name === root ? tensor.name : `${root}.${tensor.name}`;
      if (taken.has(full)) broken(`it has two tensors called ${JSON.stringify(full)}`);
      this.#tensors.push({ ...tensor, name: full });
    }
    if (root === '') for (const [key, text] of found.metadata) this.#metadata.set(key, text);
    this.#notes.push(...found.notes);
  }

  finish(script: boolean, code: readonly ZipEntry[]): TensorFile {
    const rest = [...this.byName.keys()].filter(
      (name) => !this.#used.has(name) && !/^(code\/|\.data\/)|\.debug_pkl$/.test(name),
    );
    if (rest.length > 0) {
      this.#notes.push(`${rest.length} members of the archive were not read: ${shorten(rest)}.`);
    }
    const verdict = withSuspicions(this.#globals.verdict(), this.#suspicions, this.#trailing);
    const texts = code.filter(({ name }) => name.endsWith('.py'));
    const files = texts.map(({ name }) => name);
    const finding = `It carries TorchScript code, which runs when the model is used: ${shorten(files)}.`;
    return {
      path: this.#file.path,
      format: script ? 'torchscript' : 'pytorch',
      sizeBytes: this.#file.size,
      metadata: this.#metadata,
      tensors: this.#tensors,
      notes: this.#notes,
      badge: verdict.badge,
      findings: files.length > 0 ? [...verdict.findings, finding] : verdict.findings,
      ...(texts.length > 0 && { code: texts.map((member) => this.#codeFile(member)) }),
    };
  }

  /** Without the name of the archive, which says nothing of the model. */
  #codeFile(member: ZipEntry): CodeFile {
    const name = member.name.slice(member.name.indexOf('code/') + 'code/'.length);
    return { name, bytes: this.#range(member) };
  }

  #range(member: ZipEntry): ByteRange {
    return {
      kind: 'range',
      path: this.#file.path,
      offset: member.offset,
      stored: member.stored,
      length: member.size,
      compression: member.compression,
      skip: 0,
      crc32: member.compression === 'deflate' ? member.crc32 : null,
    };
  }

  /** `('storage', type, key, location, elements)`. */
  #storage(id: PersistentId, folder: string): Storage | null {
    const [kind, type, key, , count] = listItems(id.id) ?? [];
    if (kind !== 'storage' || !(type instanceof PickleGlobal) || typeof key !== 'string') {
      return null;
    }
    const name = `${folder}/${key}`;
    const known = this.#storages.get(`${name} ${type.path}`);
    if (known) return known;
    const member = this.byName.get(name) ?? this.#broken(`its storage ${name} is missing`);
    this.#used.add(name);
    const dtype = storageType(type.path);
    if (dtype && Number(count) * (dtype.bits / 8) !== member.size) {
      this.#broken(`the storage ${name} has another size than its pickle says`);
    }
    const storage: Storage = {
      dtype,
      bigEndian: this.bigEndian && (dtype === null || dtype.bits > 8),
      bytes: this.#range(member),
    };
    this.#storages.set(`${name} ${type.path}`, storage);
    return storage;
  }

  async #source(member: ZipEntry): Promise<PickleSource> {
    if (member.compression === 'none') {
      return new FileSource(this.#file, member.offset, member.size);
    }
    if (member.size > maxInflatedPickle) return this.#broken('its pickle is over 256 MB unpacked');
    return new MemorySource(await this.#bytes(member), this.#file.path, this.#budget);
  }

  async #bytes(member: ZipEntry): Promise<Buffer> {
    if (member.compression === 'none') return await this.#file.read(member.offset, member.size);
    const chunks: Buffer[] = [];
    for await (const chunk of inflate({ path: this.#file.path, ...member })) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
}

function shorten(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown}, …` : shown;
}
