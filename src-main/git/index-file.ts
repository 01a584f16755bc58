/**
 * Git's index, read here and written by `index-write.ts`. Versions 2 to 4; extensions that only speed Git up are
 * passed over. Source: gitformat-index(5).
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CairnError } from '../base/errors.ts';
import { corrupt } from './errors.ts';
import { unlessMissing } from './files.ts';
import type { FileMode } from './types.ts';

export interface IndexEntry {
  readonly path: string;
  readonly oid: string;
  readonly mode: FileMode;
  /** More than 0 while a merge of this path is not resolved. */
  readonly stage: number;
  /** Left out of the work tree by a sparse checkout. */
  readonly skipWorktree: boolean;
  /** `git add --intent-to-add`: known by name only. */
  readonly intentToAdd: boolean;
  readonly stat: IndexStat;
}

/** The low 32 bits of what `lstat` gave when Git last looked. */
export interface IndexStat {
  readonly ctimeSeconds: number;
  readonly mtimeSeconds: number;
  readonly mtimeNanoseconds: number;
  readonly ino: number;
  readonly size: number;
}

export interface IndexFile {
  /** One entry per path; of a conflicted path the first stage. */
  readonly entries: ReadonlyMap<string, IndexEntry>;
  /** When Git wrote it: a file changed as late as that may differ though its stat is the same. */
  readonly writtenNs: bigint;
}

const empty: IndexFile = { entries: new Map(), writtenNs: 0n };

const modes: ReadonlyMap<number, FileMode> = new Map([
  [0o100644, '100644'],
  [0o100755, '100755'],
  [0o120000, '120000'],
  [0o160000, '160000'],
  [0o40000, '40000'],
]);

/** @throws CairnError `corrupt`, or `unsupported` for a split index. */
export function readIndex(gitDir: string): IndexFile {
  const file = join(gitDir, 'index');
  const stat = unlessMissing(() => statSync(file, { bigint: true }));
  const bytes = stat === null ? null : unlessMissing(() => readFileSync(file));
  if (stat === null || bytes === null || bytes.length === 0) return empty;
  try {
    return { entries: parseIndex(bytes), writtenNs: stat.mtimeNs };
  } catch (error) {
    if (error instanceof CairnError) throw error;
    throw corrupt('its index cannot be read', error);
  }
}

function parseIndex(bytes: Buffer): Map<string, IndexEntry> {
  const version = bytes.readUInt32BE(4);
  if (bytes.toString('latin1', 0, 4) !== 'DIRC' || version < 2 || version > 4) {
    throw corrupt('its index is of an unknown kind');
  }
  const count = bytes.readUInt32BE(8);
  const entries = new Map<string, IndexEntry>();
  let at = 12;
  let previous: Buffer = Buffer.alloc(0);
  for (let number = 0; number < count; number += 1) {
    const start = at;
    const flags = bytes.readUInt16BE(at + 60);
    const extended = (flags & 0x4000) !== 0;
    const more = extended ? bytes.readUInt16BE(at + 62) : 0;
    at += extended ? 64 : 62;
    let name: Buffer;
    if (version === 4) {
      const [strip, used] = readOffset(bytes, at);
      const end = bytes.indexOf(0, at + used);
      if (strip > previous.length || end < 0) throw corrupt('its index is malformed');
      const kept = previous.subarray(0, previous.length - strip);
      name = Buffer.concat([kept, bytes.subarray(at + used, end)]);
      at = end + 1;
      previous = name;
    } else {
      const end = bytes.indexOf(0, at);
      if (end < 0) throw corrupt('its index is malformed');
      name = bytes.subarray(at, end);
      // Entries are padded with 1 to 8 NULs to a multiple of 8 bytes.
      at = start + ((end - start + 8) & ~7);
    }
    const mode = modes.get(bytes.readUInt32BE(start + 24));
    if (mode === undefined) throw corrupt('its index is malformed');
    const path = name.toString('utf8');
    if (entries.has(path)) continue;
    entries.set(path, {
      path,
      mode,
      oid: bytes.toString('hex', start + 40, start + 60),
      stage: (flags >> 12) & 3,
      skipWorktree: (more & 0x4000) !== 0,
      intentToAdd: (more & 0x2000) !== 0,
      stat: {
        ctimeSeconds: bytes.readUInt32BE(start),
        mtimeSeconds: bytes.readUInt32BE(start + 8),
        mtimeNanoseconds: bytes.readUInt32BE(start + 12),
        ino: bytes.readUInt32BE(start + 20),
        size: bytes.readUInt32BE(start + 36),
      },
    });
  }
  refuseSplitIndex(bytes, at);
  return entries;
}

/** The offset encoding of packs. @returns the number and how many bytes it took. */
function readOffset(bytes: Buffer, from: number): [number, number] {
  let at = from;
  let next = bytes.readUInt8(at);
  let value = next & 0x7f;
  while (next & 0x80) {
    at += 1;
    next = bytes.readUInt8(at);
    value = (value + 1) * 128 + (next & 0x7f);
  }
  return [value, at - from + 1];
}

function refuseSplitIndex(bytes: Buffer, from: number): void {
  for (let at = from; at + 8 <= bytes.length - 20; at += 8 + bytes.readUInt32BE(at + 4)) {
    if (bytes.toString('latin1', at, at + 4) !== 'link') continue;
    throw new CairnError(
      'unsupported',
      'This repository has a split index, which Cairn does not read. Run "git update-index --no-split-index" in it.',
    );
  }
}
