/**
 * The members of a tar archive (POSIX ustar), located without unpacking it. Names must be unique;
 * extended headers are stepped over, as nothing here has long names.
 */
import type { PositionalFile } from './positional.ts';

export interface TarEntry {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

export const tarBlockBytes = 512;
const maxEntries = 10_000;

/**
 * Lists the plain files of an archive in their order.
 * @throws what `broken` throws, for an archive that is damaged or ambiguous
 */
export async function readTarDirectory(
  file: PositionalFile,
  broken: (problem: string) => never,
): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  const names = new Set<string>();
  for (let at = 0; at + tarBlockBytes <= file.size; ) {
    const header = await file.read(at, tarBlockBytes);
    if (header.every((byte) => byte === 0)) return entries;
    if (!hasChecksum(header)) return broken(`the member at byte ${at} fails its checksum`);
    const size = octal(header, 124, 12);
    const name = text(header, 0, 100);
    if (size === null) return broken(`the size of ${JSON.stringify(name)} cannot be read`);
    const offset = at + tarBlockBytes;
    if (offset + size > file.size) return broken('it ends before its members do');
    // Plain files have the type 0, or none in the oldest archives.
    if (header[156] === 0x30 || header[156] === 0) {
      if (names.has(name)) return broken(`the name ${JSON.stringify(name)} occurs twice`);
      if (entries.length === maxEntries) return broken('it has too many members');
      names.add(name);
      entries.push({ name, offset, size });
    }
    at = offset + Math.ceil(size / tarBlockBytes) * tarBlockBytes;
  }
  return entries;
}

/** The sum of the header's bytes, with blanks in the place of the sum itself. */
function hasChecksum(header: Buffer): boolean {
  let sum = 8 * 0x20;
  for (const [at, byte] of header.entries()) if (at < 148 || at >= 156) sum += byte;
  return octal(header, 148, 8) === sum;
}

function octal(header: Buffer, at: number, length: number): number | null {
  const digits = text(header, at, length).trim();
  return /^[0-7]{1,12}$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

function text(header: Buffer, at: number, length: number): string {
  const bytes = header.subarray(at, at + length);
  const end = bytes.indexOf(0);
  return bytes.subarray(0, end === -1 ? length : end).toString('latin1');
}
