/**
 * NPZ: a zip archive with one `.npy` member per array, stored (`numpy.savez`) or deflated
 * (`numpy.savez_compressed`). Stored members are read in place.
 */
import { CairnError } from '../base/errors.ts';
import { inflate } from './inflate.ts';
import { npyPrefixBytes, npyTensor, parseNpyHeader } from './npy.ts';
import type { PositionalFile } from './positional.ts';
import type { Probe, TensorFile, TensorInfo, TensorReader } from './tensor-file.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';

/** An archive without members is an NPZ of no arrays. */
export const npzReader: TensorReader = {
  names: /\.npz$/i,
  match: ({ members }) =>
    members !== null &&
    (members.length === 0 || members.some((member) => member.name.endsWith('.npy'))),
  open: (file, { members }) => readNpz(file, members),
};

/**
 * Reads the headers of all arrays in an NPZ file. Arrays of objects are left out with a note.
 * @throws CairnError `corrupt` for a damaged archive or array, `unsupported` for an archive of
 *   something else
 */
async function readNpz(file: PositionalFile, members: Probe['members']): Promise<TensorFile> {
  const entries = members ?? (await readZipDirectory(file));
  refuseOtherArchives(entries, file.path);
  const tensors: TensorInfo[] = [];
  const names = new Set<string>();
  const notes: string[] = [];
  let refused = false;
  for (const entry of entries) {
    if (!entry.name.endsWith('.npy')) {
      notes.push(`${entry.name} is not an array and was left out.`);
      continue;
    }
    const name = entry.name.slice(0, -4);
    if (names.has(name)) {
      throw new CairnError('corrupt', `${file.path} holds two arrays called ${name}.`);
    }
    names.add(name);
    try {
      tensors.push(await readMember(file, entry, name));
    } catch (error) {
      if (!(error instanceof CairnError) || error.code !== 'unsupported') throw error;
      notes.push(error.message);
      // Arrays of objects hold pickles; structured arrays may.
      refused = true;
    }
  }
  return {
    path: file.path,
    format: 'npz',
    sizeBytes: file.size,
    metadata: new Map(),
    tensors,
    notes,
    badge: refused ? 'code-capable' : 'data',
    findings: [],
  };
}

async function readMember(
  file: PositionalFile,
  entry: ZipEntry,
  name: string,
): Promise<TensorInfo> {
  const where = `${entry.name} in ${file.path}`;
  const deflated = entry.compression === 'deflate';
  const prefix = deflated
    ? await inflatedPrefix(file, entry)
    : await file.read(entry.offset, Math.min(npyPrefixBytes, entry.size));
  const header = parseNpyHeader(prefix, where);
  if (header.dataOffset + header.dataLength !== entry.size) {
    throw new CairnError('corrupt', `${where} has another length than its shape needs.`);
  }
  return npyTensor(name, header, {
    kind: 'range',
    path: file.path,
    offset: deflated ? entry.offset : entry.offset + header.dataOffset,
    stored: deflated ? entry.stored : header.dataLength,
    length: header.dataLength,
    compression: entry.compression,
    skip: deflated ? header.dataOffset : 0,
    crc32: deflated ? entry.crc32 : null,
  });
}

async function inflatedPrefix(file: PositionalFile, entry: ZipEntry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of inflate({ path: file.path, ...entry })) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= npyPrefixBytes) break;
  }
  return Buffer.concat(chunks, Math.min(length, npyPrefixBytes));
}

function refuseOtherArchives(entries: readonly ZipEntry[], path: string): void {
  if (entries.length === 0 || entries.some((entry) => entry.name.endsWith('.npy'))) return;
  throw new CairnError('unsupported', `${path} is an archive without NumPy arrays.`);
}
