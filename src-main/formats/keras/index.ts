/**
 * Keras models: `.h5` of Keras 2 and 3 (whole models, and weights alone), `.keras` (a zip archive of
 * a configuration and an HDF5 file), and HDF5 files of anything else.
 */
import { Hdf5File, listDatasets, readTextAttribute } from '../hdf5/index.ts';
import { inflate } from '../inflate.ts';
import type { PositionalFile } from '../positional.ts';
import type { ByteRange, Probe, TensorFile, TensorReader } from '../tensor-file.ts';
import { type Broken, brokenFile, plainRange, shortened } from '../tensor-parts.ts';
import type { ZipEntry } from '../zip-directory.ts';
import { readConfig } from './config.ts';

const signature = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');
const weightsName = 'model.weights.h5';
const maxConfigBytes = 64 * 1024 * 1024;
const configShown = 20_000;

export const hdf5Reader: TensorReader = {
  names: /\.(h5|hdf5)$/i,
  match: ({ start }) => start.subarray(0, 8).equals(signature),
  open: readH5,
};

export const kerasReader: TensorReader = {
  names: /\.keras$/i,
  match: ({ members }) => {
    const names = new Set(members?.map(({ name }) => name));
    return names.has('config.json') && (names.has(weightsName) || names.has('metadata.json'));
  },
  open: readArchive,
};

type Facts = Pick<TensorFile, 'format' | 'metadata' | 'badge' | 'findings' | 'structure'>;

async function readH5(file: PositionalFile): Promise<TensorFile> {
  const broken = brokenFile(file.path, 'HDF5');
  const base = plainRange(file.path, 0, file.size);
  return await readDatasets(file, base, broken, (opened) => {
    const attribute = (name: string) => readTextAttribute(opened, '/', name);
    const config = attribute('model_config');
    const inWeights = readTextAttribute(opened, '/model_weights', 'keras_version');
    const version = attribute('keras_version') ?? inWeights;
    const metadata = new Map<string, string>();
    for (const name of ['keras_version', 'backend', 'training_config', 'format', 'description']) {
      const value = attribute(name);
      if (value !== null) metadata.set(name, shortened(value, configShown));
    }
    if (config !== null) return describe(config, metadata, broken);
    const isKeras = version !== null || file.path.endsWith('.weights.h5');
    return { format: isKeras ? 'keras' : 'hdf5', metadata, badge: 'data', findings: [] };
  });
}

async function readArchive(file: PositionalFile, { members }: Probe): Promise<TensorFile> {
  const broken = brokenFile(file.path, 'Keras');
  const member = (name: string) => members?.find((entry) => entry.name === name);
  const config = member('config.json');
  const weights = member(weightsName);
  if (!config) return broken('it has no config.json');
  if (!weights) return broken(`it has no ${weightsName}`);
  const metadata = new Map<string, string>();
  const about = member('metadata.json');
  if (about) {
    metadata.set('metadata.json', shortened(await readText(file, about, broken), configShown));
  }
  const text = await readText(file, config, broken);
  const facts = describe(text, metadata, broken);
  return await readDatasets(file, memberRange(file.path, weights), broken, () => facts);
}

async function readDatasets(
  file: PositionalFile,
  base: ByteRange,
  broken: Broken,
  describeFile: (opened: Hdf5File) => Facts,
): Promise<TensorFile> {
  const opened = await Hdf5File.open(base);
  try {
    const { tensors, notes } = listDatasets(opened, base, broken);
    return {
      path: file.path,
      sizeBytes: file.size,
      tensors,
      notes,
      ...describeFile(opened),
    };
  } finally {
    opened.close();
  }
}

function describe(text: string, metadata: Map<string, string>, broken: Broken): Facts {
  const config = readConfig(text, broken);
  metadata.set('model', [config.className, config.name].filter(Boolean).join(' '));
  metadata.set('config', shortened(text, configShown));
  const { badge, findings, structure } = config;
  return { format: 'keras', metadata, badge, findings, structure };
}

function memberRange(path: string, entry: ZipEntry): ByteRange {
  if (entry.compression === 'none') return plainRange(path, entry.offset, entry.stored);
  return {
    ...plainRange(path, entry.offset, entry.stored),
    length: entry.size,
    compression: 'deflate',
    crc32: entry.crc32,
  };
}

async function readText(file: PositionalFile, entry: ZipEntry, broken: Broken): Promise<string> {
  if (entry.size > maxConfigBytes) return broken(`${entry.name} is over 64 MiB`);
  if (entry.compression === 'none') {
    return (await file.read(entry.offset, entry.stored)).toString('utf8');
  }
  const chunks: Buffer[] = [];
  for await (const chunk of inflate({ path: file.path, ...entry })) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
