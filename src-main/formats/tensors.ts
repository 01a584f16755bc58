/**
 * Files of named arrays, of every format in one shape. Opening reads headers only, runs nothing
 * and unpickles nothing; the elements stay in the file until someone asks for them.
 */
import { basename } from 'node:path';
import { CairnError } from '../base/errors.ts';
import { catboostReader, cbmReader, lightgbmReader, xgboostReader } from './boosters/index.ts';
import { ggufReader } from './gguf/index.ts';
import { hdf5Reader, kerasReader } from './keras/index.ts';
import { npyReader } from './npy.ts';
import { npzReader } from './npz.ts';
import { onnxReader } from './onnx/index.ts';
import { PositionalFile } from './positional.ts';
import { torchLegacyReader, torchTarReader, torchZipReader } from './pytorch/index.ts';
import { safetensorsReader } from './safetensors.ts';
import { safetensorsShardsReader } from './safetensors-shards/index.ts';
import { checkpointReader, savedModelReader } from './savedmodel/index.ts';
import { pickleReader } from './sklearn/index.ts';
import type { Probe, TensorFile, TensorReader } from './tensor-file.ts';
import { tfliteReader } from './tflite/index.ts';
import { readZipDirectory } from './zip-directory.ts';

export type { NumericDType } from './dtypes.ts';
export type { TensorBytes } from './range-bytes.ts';
export { openTensorBytes } from './tensor-bytes.ts';
export type { TensorFile, TensorInfo } from './tensor-file.ts';

/** The first that matches opens a file: those that are surer of their format come first. */
const readers: readonly TensorReader[] = [
  ggufReader,
  hdf5Reader,
  kerasReader,
  npyReader,
  npzReader,
  safetensorsReader,
  safetensorsShardsReader,
  tfliteReader,
  savedModelReader,
  checkpointReader,
  onnxReader,
  xgboostReader,
  lightgbmReader,
  catboostReader,
  cbmReader,
  torchZipReader,
  torchLegacyReader,
  torchTarReader,
  pickleReader,
];

const probedBytes = 4096;

/** Whether a path's name says that it holds tensors; the content may still say otherwise. */
export function isTensorPath(path: string): boolean {
  return promised(path) !== undefined;
}

/**
 * Opens a file of tensors, recognised by its content and only then by its name.
 * @throws CairnError `unsupported` when it is no such file, `corrupt` when it is a broken one,
 *   `not-found` or `invalid` when it cannot be opened
 */
export async function openTensorFile(path: string): Promise<TensorFile> {
  await using file = await PositionalFile.open(path);
  const start = await file.read(0, Math.min(probedBytes, file.size));
  const probe = { path, start, size: file.size, members: await zipMembers(file, start) };
  // Nothing recognised: a broken file deserves the complaint of the format its name promises.
  const reader = readers.find((one) => one.match(probe)) ?? promised(path);
  if (reader) return await reader.open(file, probe);
  throw new CairnError(
    'unsupported',
    `${path} holds no tensors that can be read: it is none of the model files that Cairn knows.`,
  );
}

function promised(path: string): TensorReader | undefined {
  const name = basename(path);
  return readers.find((reader) => reader.names.test(name));
}

/** A damaged archive is refused here, whatever it was to be. */
async function zipMembers(file: PositionalFile, start: Buffer): Promise<Probe['members']> {
  const zip = start.length >= 4 && start.readUInt32LE(0) === 0x04034b50;
  const empty = start.length >= 4 && start.readUInt32LE(0) === 0x06054b50;
  return zip || empty ? await readZipDirectory(file) : null;
}
