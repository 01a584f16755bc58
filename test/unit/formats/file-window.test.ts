import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileWindow } from '../../../src-main/formats/file-window.ts';
import { PositionalFile } from '../../../src-main/formats/positional.ts';

let folder: string;
let path: string;
/** Over three windows, each byte told by its place. */
const content = Buffer.from(Array.from({ length: 800_000 }, (_, index) => (index * 31 + 7) % 251));
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-window-'));
  path = join(folder, 'x');
  writeFileSync(path, content);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a window on a file', () => {
  it.each([true, false])('reads numbers anywhere, little endian: %s', async (little) => {
    await using file = await PositionalFile.open(path);
    const window = new FileWindow(file, little);
    const order = little ? 'LE' : 'BE';
    // To and fro, on and over the edges of windows of 256 KiB.
    for (const at of [0, 262_140, 262_143, 262_144, 5, 799_992, 524_285, 262_139, 1]) {
      expect(window.u8(at)).toBe(content[at]);
      expect(window.u16(at)).toBe(content[`readUInt16${order}`](at));
      expect(window.u32(at)).toBe(content[`readUInt32${order}`](at));
      expect(window.i32(at)).toBe(content[`readInt32${order}`](at));
      expect(window.f32(at)).toBe(content[`readFloat${order}`](at));
      expect(window.f64(at)).toBe(content[`readDouble${order}`](at));
      expect(window.u64(at)).toBe(content[`readBigUInt64${order}`](at));
      expect(window.u64Rounded(at)).toBe(Number(content[`readBigUInt64${order}`](at)));
      expect(window.bytes(at, 8)).toEqual(content.subarray(at, at + 8));
    }
    expect(window.u8(700_000)).toBe(content[700_000]);
    expect(window.bytes(10, 400_000)).toEqual(content.subarray(10, 400_010));
    expect(window.text(20, 3)).toBe(content.toString('utf8', 20, 23));
  });

  it('holds nothing that the file does not', async () => {
    await using file = await PositionalFile.open(path);
    const window = new FileWindow(file);
    for (const [at, length] of [
      [800_000, 1],
      [799_999, 2],
      [-1, 1],
      [2 ** 53, 1],
      [0, 800_001],
    ] as const) {
      expect(() => window.bytes(at, length)).toThrow(
        expect.objectContaining({ name: 'CairnError', code: 'corrupt' }),
      );
    }
    expect(() => window.bytes(0, 2 ** 40)).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
    expect(window.bytes(800_000, 0)).toHaveLength(0);
  });
});
