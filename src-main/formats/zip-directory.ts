/**
 * The entries of a zip archive, located without unpacking it, so that stored members can be read
 * where they lie. After PKWARE's APPNOTE 6.3.10. Strict where leniency is what attacks use: names
 * must be unique, local and central records must agree, members may not overlap, and nothing may
 * be encrypted. Names are labels here and never become paths.
 */
import { CairnError } from '../base/errors.ts';
import type { PositionalFile } from './positional.ts';

export interface ZipEntry {
  readonly name: string;
  /** Where its data starts. */
  readonly offset: number;
  /** Bytes in the archive, and after inflating. */
  readonly stored: number;
  readonly size: number;
  readonly compression: 'none' | 'deflate';
  readonly crc32: number;
}

interface Central extends Omit<ZipEntry, 'offset'> {
  readonly header: number;
  readonly nameBytes: number;
}

type Broken = (problem: string) => never;

const maxEntries = 50_000;
const maxDirectoryBytes = 64 * 1024 * 1024;
/** Above `bombBytes`, an archive that inflates by more than this factor is taken for a bomb. */
const maxRatio = 200;
const bombBytes = 256 * 1024 * 1024;
/** No archive is inflated beyond this, whatever its ratio. */
const maxInflatedBytes = 64 * 1024 ** 3;

/**
 * Lists the members of a zip archive in the order of its directory.
 * @throws CairnError `corrupt` when the archive is damaged or ambiguous, `unsupported` when it is
 *   encrypted, compressed by a method other than deflate, or would inflate beyond reason
 */
export async function readZipDirectory(file: PositionalFile): Promise<ZipEntry[]> {
  const broken: Broken = (problem) => {
    throw new CairnError('corrupt', `${file.path} is not a sound zip archive: ${problem}.`);
  };
  const { count, offset, length } = await findDirectory(file, broken);
  const central = parseDirectory(await file.read(offset, length), count, file.path, broken);
  refuseBombs(central, file.path);
  return locateData(file, central, offset, broken);
}

async function findDirectory(file: PositionalFile, broken: Broken) {
  const tailAt = Math.max(0, file.size - 22 - 65_535);
  const tail = await file.read(tailAt, file.size - tailAt);
  let at = tail.length - 22;
  // The comment behind the record must reach exactly to the end of the file.
  while (at >= 0 && !(tail.readUInt32LE(at) === 0x06054b50 && isLast(tail, at))) at--;
  if (at < 0) return broken('its directory is missing, so it may be cut short');
  const end = {
    disk: tail.readUInt16LE(at + 4),
    count: tail.readUInt16LE(at + 10),
    length: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
  let limit = tailAt + at;
  const large = end.count === 0xffff || end.length === 0xffffffff || end.offset === 0xffffffff;
  const locator = limit >= 20 ? await file.read(limit - 20, 20) : null;
  if (locator?.readUInt32LE(0) === 0x07064b50) {
    limit = safe(locator.readBigUInt64LE(8), broken);
    const record = await file.read(limit, 56);
    if (record.readUInt32LE(0) !== 0x06064b50) broken('its zip64 record is missing');
    end.count = safe(record.readBigUInt64LE(32), broken);
    end.length = safe(record.readBigUInt64LE(40), broken);
    end.offset = safe(record.readBigUInt64LE(48), broken);
  } else if (large) broken('its zip64 record is missing');
  if (end.disk !== 0 && end.disk !== 0xffff) broken('it is one part of several');
  if (end.offset + end.length > limit) broken('its directory lies beyond its end');
  if (end.count > maxEntries || end.length > maxDirectoryBytes) broken('it has too many members');
  if (end.count * 46 > end.length) broken('its directory is shorter than its members need');
  return end;
}

function isLast(tail: Buffer, at: number): boolean {
  return at + 22 + tail.readUInt16LE(at + 20) === tail.length;
}

function safe(value: bigint, broken: Broken): number {
  return value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : broken('a size in it is larger than any file');
}

function parseDirectory(bytes: Buffer, count: number, path: string, broken: Broken): Central[] {
  const entries: Central[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) {
      return broken('its directory is damaged');
    }
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraAt = at + 46 + nameLength;
    const next = extraAt + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (next > bytes.length) return broken('its directory is damaged');
    const flags = bytes.readUInt16LE(at + 8);
    const name = decodeName(bytes.subarray(at + 46, extraAt), (flags & 0x800) !== 0, broken);
    const title = JSON.stringify(name);
    if (names.has(name)) broken(`the name ${title} occurs twice`);
    names.add(name);
    if ((flags & 0x41) !== 0) {
      throw new CairnError('unsupported', `${title} in ${path} is encrypted and cannot be read.`);
    }
    const method = bytes.readUInt16LE(at + 10);
    if (method !== 0 && method !== 8) {
      throw new CairnError(
        'unsupported',
        `${title} in ${path} is compressed by method ${method}; only stored and deflated members can be read.`,
      );
    }
    const extra = bytes.subarray(extraAt, extraAt + bytes.readUInt16LE(at + 30));
    const [size, stored, header] = widenSizes(
      [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)],
      extra,
      broken,
    );
    if (method === 0 && stored !== size) broken(`the sizes of ${title} disagree`);
    const crc32 = bytes.readUInt32LE(at + 16);
    const compression = method === 0 ? 'none' : 'deflate';
    entries.push({ name, header, nameBytes: nameLength, stored, size, compression, crc32 });
    at = next;
  }
  return entries;
}

/** Fields that read 0xffffffff have their value in the zip64 extra field, in this order. */
function widenSizes(
  values: [size: number, stored: number, header: number],
  extra: Buffer,
  broken: Broken,
): [number, number, number] {
  if (!values.includes(0xffffffff)) return values;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    let from = 0;
    const widened = values.map((value) => {
      if (value !== 0xffffffff) return value;
      if (from + 8 > field.length) return broken('a zip64 field is cut short');
      from += 8;
      return safe(field.readBigUInt64LE(from - 8), broken);
    });
    return widened as [number, number, number];
  }
  return broken('a zip64 field is missing');
}

function decodeName(bytes: Buffer, utf8: boolean, broken: Broken): string {
  if (!utf8) return bytes.toString('latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return broken('the name of a member is not UTF-8');
  }
}

function refuseBombs(entries: readonly Central[], path: string): void {
  let stored = 0;
  let size = 0;
  for (const entry of entries) {
    if (entry.compression === 'none') continue;
    stored += entry.stored;
    size += entry.size;
  }
  if (size > maxInflatedBytes || (size > bombBytes && size > stored * maxRatio)) {
    throw new CairnError(
      'unsupported',
      `${path} would unpack from ${stored} to ${size} bytes, more than is sensible: it looks like a zip bomb. Save it uncompressed if it is meant to be read.`,
    );
  }
}

/** Reads each member's local record, and checks that it agrees and that no two members overlap. */
function locateData(
  file: PositionalFile,
  central: readonly Central[],
  limit: number,
  broken: Broken,
): ZipEntry[] {
  const ends: Array<{ start: number; end: number }> = [];
  const entries: ZipEntry[] = [];
  for (const { header, nameBytes, ...entry } of central) {
    const title = JSON.stringify(entry.name);
    if (header + 30 > limit) broken(`${title} lies beyond its end`);
    // The record and the name in one reading: a checkpoint has thousands of members.
    const local = file.readSync(header, Math.min(30 + nameBytes, limit - header));
    if (local.readUInt32LE(0) !== 0x04034b50) broken(`${title} has no local record`);
    const nameLength = local.readUInt16LE(26);
    const utf8 = (local.readUInt16LE(6) & 0x800) !== 0;
    const name = local.subarray(30, 30 + nameLength);
    if (name.length !== nameLength || decodeName(name, utf8, broken) !== entry.name) {
      broken(`${title} has two names`);
    }
    const offset = header + 30 + nameLength + local.readUInt16LE(28);
    if (offset + entry.stored > limit) broken(`${title} lies beyond its end`);
    ends.push({ start: header, end: offset + entry.stored });
    entries.push({ ...entry, offset });
  }
  let reached = 0;
  for (const { start, end } of ends.sort((a, b) => a.start - b.start)) {
    if (start < reached) broken('two of its members overlap');
    reached = end;
  }
  return entries;
}
