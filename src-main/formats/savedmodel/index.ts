/**
 * The variables of a TensorFlow SavedModel, and checkpoints: an index (`variables.index`), and shards
 * beside it with the raw values (`variables.data-00000-of-00001`). The graph is not looked at.
 */
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CairnError } from '../../base/errors.ts';
import { FileWindow } from '../file-window.ts';
import { neighbourFile } from '../neighbour.ts';
import { PositionalFile } from '../positional.ts';
import {
  countElements,
  type TensorFile,
  type TensorInfo,
  type TensorReader,
} from '../tensor-file.ts';
import { type Broken, brokenFile, maxDimensions, maxTensors, plainRange } from '../tensor-parts.ts';
import { type BundleEntry, readEntry, readHeader, tensorflowTypes } from './entry.ts';
import { readTable } from './sstable.ts';

const maxShards = 100_000;
/** What Keras and `tf.Module` put behind the path of a variable. */
const valueSuffix = '/.ATTRIBUTES/VARIABLE_VALUE';
/** How the objects hang together: text for TensorFlow. */
const objectGraph = '_CHECKPOINTABLE_OBJECT_GRAPH';

/** `variables.index`, and what checkpoints are called. */
export const checkpointReader: TensorReader = {
  names: /(^variables|ckpt[^/\\]*|checkpoint[^/\\]*)\.index$/i,
  // The first key is empty, and its value a header that starts with the number of shards.
  match: ({ path, start }) =>
    /\.index$/i.test(path) && start[0] === 0 && start[1] === 0 && start[3] === 0x08,
  open: readCheckpoint,
};

/** `saved_model.pb`, which stands for the variables beside it. */
export const savedModelReader: TensorReader = {
  names: /^saved_model\.pb$/i,
  match: ({ path, start }) =>
    /^saved_model\.pb$/i.test(basename(path)) && start[0] === 0x08 && start[2] === 0x12,
  open: async (file) => {
    const path = join('variables', 'variables.index').replaceAll('\\', '/');
    await using index = await PositionalFile.open(await neighbourFile(file.path, path, 'taken'));
    const opened = await readCheckpoint(index);
    const sizeBytes = file.size + opened.sizeBytes;
    const companions = [index.path, ...(opened.companions ?? [])];
    return { ...opened, path: file.path, sizeBytes, companions };
  },
};

interface Shard {
  readonly path: string;
  readonly size: number;
}

async function readCheckpoint(file: PositionalFile): Promise<TensorFile> {
  const broken = brokenFile(file.path, 'TensorFlow checkpoint');
  const { entries, shards: count, bigEndian, notes } = readIndex(file, broken);
  const shards = new Map<number, Shard>();
  for (const { entry } of entries) {
    if (!shards.has(entry.shard))
      shards.set(entry.shard, await findShard(file.path, entry.shard, count));
  }
  const tensors = entries.map((one) =>
    locate(one, shards.get(one.entry.shard)!, bigEndian, broken),
  );
  const files = [...shards.values()];
  return {
    path: file.path,
    format: 'savedmodel',
    sizeBytes: files.reduce((sum, { size }) => sum + size, file.size),
    metadata: new Map([['shards', String(count)]]),
    tensors,
    notes,
    badge: 'data',
    findings: [],
    companions: files.map(({ path }) => path),
  };
}

interface Named {
  readonly name: string;
  readonly entry: BundleEntry;
}

function readIndex(file: PositionalFile, broken: Broken) {
  const entries: Named[] = [];
  const notes: string[] = [];
  const names = new Set<string>();
  let header: ReturnType<typeof readHeader> | null = null;
  for (const { key, value } of readTable(new FileWindow(file), broken)) {
    if (header === null) {
      if (key.length > 0) broken('it does not start with a header');
      header = readHeader(value);
      continue;
    }
    // Parts of a variable that was cut up have keys that are no text.
    if ((key[0] ?? 0) < 0x20) continue;
    const path = key.toString('utf8');
    const name = path.endsWith(valueSuffix) ? path.slice(0, -valueSuffix.length) : path;
    if (names.has(name)) broken(`the name ${JSON.stringify(name)} occurs twice`);
    if (names.size === maxTensors) broken('it declares over 200 000 tensors');
    names.add(name);
    const entry = readEntry(value);
    const problem = unreadable(entry, name);
    if (problem === null) entries.push({ name, entry });
    else if (name !== objectGraph && notes.length < 100) notes.push(problem);
  }
  if (header === null || header.shards > maxShards) return broken('it has no sound header');
  return { entries, notes, shards: header.shards, bigEndian: header.bigEndian };
}

function unreadable(entry: BundleEntry, name: string): string | null {
  const title = JSON.stringify(name);
  if (entry.sliced) return `${title} was saved in slices and was left out.`;
  return tensorflowTypes.has(entry.type) ? null : `${title} holds no numbers and was left out.`;
}

async function findShard(index: string, shard: number, count: number): Promise<Shard> {
  const digits = (value: number) => String(value).padStart(5, '0');
  const stem = basename(index).replace(/\.index$/i, '');
  const name = `${stem}.data-${digits(shard)}-of-${digits(count)}`;
  if (shard >= count) {
    throw new CairnError('corrupt', `${index} keeps tensors in shard ${shard} of ${count}.`);
  }
  const path = await neighbourFile(join(dirname(index), basename(index)), name, 'taken');
  return { path, size: (await stat(path)).size };
}

function locate(
  { name, entry }: Named,
  shard: Shard,
  bigEndian: boolean,
  broken: Broken,
): TensorInfo {
  const title = JSON.stringify(name);
  const dtype = tensorflowTypes.get(entry.type)!;
  const elements = countElements(entry.shape) ?? Number.NaN;
  if (entry.shape.length > maxDimensions || elements * (dtype.bits / 8) !== entry.length) {
    return broken(`the tensor ${title} has another size than its shape needs`);
  }
  if (entry.offset + entry.length > shard.size) {
    throw new CairnError(
      'corrupt',
      `${shard.path} is cut short: the tensor ${title} lies beyond its end.`,
    );
  }
  return {
    name,
    dtype,
    shape: entry.shape,
    elements,
    bytes: plainRange(shard.path, entry.offset, entry.length),
    bigEndian: bigEndian && dtype.bits > 8,
    fortranOrder: false,
  };
}
