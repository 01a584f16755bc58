/** Event files as `SummaryWriter` writes them. */
import { maskedCrc32c } from '../../src-main/formats/crc32c.ts';

/** One event with one scalar, framed: wall_time, step, summary { value { tag, simple_value } }. */
export function eventRecord(wallTime: number, step: number, tag: string, value: number): Buffer {
  const name = Buffer.from(tag);
  const inner = Buffer.concat([Buffer.of(0x0a, name.length), name, Buffer.of(0x15, 0, 0, 0, 0)]);
  inner.writeFloatLE(value, inner.length - 4);
  const varint: number[] = [];
  for (let rest = step; ; rest = Math.floor(rest / 128)) {
    varint.push(rest < 128 ? rest : (rest % 128) | 128);
    if (rest < 128) break;
  }
  const head = Buffer.alloc(9);
  head[0] = 0x09;
  head.writeDoubleLE(wallTime, 1);
  const event = Buffer.concat([
    ...[head, Buffer.of(0x10, ...varint)],
    ...[Buffer.of(0x2a, inner.length + 2, 0x0a, inner.length), inner],
  ]);
  const record = Buffer.alloc(16 + event.length);
  record.writeUInt32LE(event.length, 0);
  record.writeUInt32LE(maskedCrc32c(record, 0, 8), 8);
  event.copy(record, 12);
  record.writeUInt32LE(maskedCrc32c(event), 12 + event.length);
  return record;
}
