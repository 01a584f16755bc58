/**
 * Files of named arrays: safetensors, NPY and NPZ in one shape. Opening reads headers only, runs
 * nothing and unpickles nothing; the elements stay in the file until someone asks for them.
 */
import { CairnError } from '../base/errors.ts';
import { looksLikeNpy, readNpy } from './npy.ts';
import { readNpz } from './npz.ts';
import { PositionalFile } from './positional.ts';
import { looksLikeSafetensors, readSafetensors } from './safetensors.ts';
import type { TensorFile } from './tensor-file.ts';

export type { NumericDType } from './dtypes.ts';
export { openTensorBytes, type TensorBytes } from './tensor-bytes.ts';
export type { TensorFile, TensorInfo } from './tensor-file.ts';

/** Extensions of files worth trying to open as tensors. */
const extension = /\.(safetensors|npy|npz)$/i;

/** Whether a path's name says that it holds tensors; the content may still say otherwise. */
export function isTensorPath(path: string): boolean {
  return extension.test(path);
}

/**
 * Opens a file of tensors, recognised by its first bytes and only then by its extension.
 * @throws CairnError `unsupported` when it is no such file, `corrupt` when it is a broken one,
 *   `not-found` or `invalid` when it cannot be opened
 */
export async function openTensorFile(path: string): Promise<TensorFile> {
  await using file = await PositionalFile.open(path);
  const start = await file.read(0, Math.min(16, file.size));
  if (looksLikeNpy(start)) return await readNpy(file);
  if (start.length >= 4 && start.readUInt32LE(0) === 0x04034b50) return await readNpz(file);
  if (looksLikeSafetensors(start, file.size)) return await readSafetensors(file);
  // Nothing recognised: a broken file deserves the complaint of the format its name promises.
  const promised = extension.exec(path)?.[1]?.toLowerCase();
  if (promised === 'safetensors') return await readSafetensors(file);
  if (promised === 'npz') return await readNpz(file);
  if (promised === 'npy') return await readNpy(file);
  throw new CairnError('unsupported', `${path} ${explain(start)}.`);
}

function explain(start: Buffer): string {
  const formats = 'Cairn compares safetensors, NPY and NPZ files';
  const hdf5 = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');
  if (start.subarray(0, 8).equals(hdf5))
    return `is an HDF5 file, which is not read yet: ${formats}`;
  if (start.subarray(0, 4).toString('latin1') === 'GGUF') {
    return `is a GGUF file, which is not read yet: ${formats}`;
  }
  // Protocol 2 and later start with PROTO and a version.
  if (start[0] === 0x80 && (start[1] ?? 0) <= 5) {
    return `is a pickle, which could run code when it is loaded: ${formats}`;
  }
  return `holds no tensors that can be read: ${formats}`;
}
