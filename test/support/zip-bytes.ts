/** Zip archives for tests of what reads them. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  name: string;
  data: Buffer;
  deflate?: boolean;
  /** What the records say instead of the truth. */
  size?: number;
  crc?: number;
  localName?: string;
  flags?: number;
  method?: number;
  offset?: number;
}

/** A zip archive as told, sound or not. */
export function zipBytes(members: readonly ZipMember[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const member of members) {
    const stored = member.deflate ? deflateRawSync(member.data) : member.data;
    const method = member.method ?? (member.deflate ? 8 : 0);
    const size = member.size ?? member.data.length;
    const crc = member.crc ?? crc32(member.data);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(member.flags ?? 0, 6);
    local.writeUInt16LE(method, 8);
    const localName = Buffer.from(member.localName ?? member.name);
    local.writeUInt16LE(localName.length, 26);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50);
    record.writeUInt16LE(member.flags ?? 0, 8);
    record.writeUInt16LE(method, 10);
    record.writeUInt32LE(crc, 16);
    record.writeUInt32LE(stored.length, 20);
    record.writeUInt32LE(size, 24);
    record.writeUInt16LE(Buffer.byteLength(member.name), 28);
    record.writeUInt32LE(member.offset ?? at, 42);
    central.push(record, Buffer.from(member.name));
    parts.push(local, localName, stored);
    at += 30 + localName.length + stored.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}
