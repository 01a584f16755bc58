/** Applies a delta of a pack to its base. Source: gitformat-pack(5), "Deltified representation". */
import { corrupt } from './errors.ts';

export function applyDelta(base: Buffer, delta: Buffer): Buffer {
  let at = 0;
  const byte = (): number => {
    const value = delta[at];
    if (value === undefined) throw corrupt('a delta in a pack is cut short');
    at += 1;
    return value;
  };
  const varint = (): number => {
    let value = 0;
    let factor = 1;
    for (;;) {
      const next = byte();
      value += (next & 0x7f) * factor;
      if (next < 0x80) return value;
      factor *= 128;
      if (factor > 2 ** 49) throw corrupt('a delta in a pack has an impossible size');
    }
  };
  if (varint() !== base.length) throw corrupt('a delta in a pack does not fit its base');
  const size = varint();
  if (size > 2 ** 32) throw corrupt('a delta in a pack has an impossible size');
  const result = Buffer.allocUnsafe(size);
  let filled = 0;
  while (at < delta.length) {
    const instruction = byte();
    let from = 0;
    let length = 0;
    if (instruction & 0x80) {
      for (let shift = 0; shift < 4; shift += 1) {
        if (instruction & (1 << shift)) from += byte() * 2 ** (8 * shift);
      }
      for (let shift = 0; shift < 3; shift += 1) {
        if (instruction & (0x10 << shift)) length += byte() * 2 ** (8 * shift);
      }
      if (length === 0) length = 0x10000;
      if (from + length > base.length) throw corrupt('a delta in a pack points outside its base');
      if (filled + length > size) throw corrupt('a delta in a pack is longer than it says');
      base.copy(result, filled, from, from + length);
    } else {
      length = instruction;
      if (length === 0 || at + length > delta.length || filled + length > size) {
        throw corrupt('a delta in a pack is malformed');
      }
      delta.copy(result, filled, at, at + length);
      at += length;
    }
    filled += length;
  }
  if (filled !== size) throw corrupt('a delta in a pack is shorter than it says');
  return result;
}
