import { describe, expect, test } from 'vitest';
import { decodeBytes, encodingOf, readImageInfo } from '../../../src-main/diffing/index.ts';

describe('texts', () => {
  test.each([
    ['utf-8', Buffer.from('größe = 1')],
    ['utf-16le', Buffer.from('\ufeffgröße = 1', 'utf16le')],
    ['windows-1252', Buffer.from('gr\xf6\xdfe = 1', 'latin1')],
  ])('are read from %s', (encoding, bytes) => {
    expect(decodeBytes(bytes)).toEqual({ text: 'größe = 1', encoding });
  });

  test('with a NUL among the first bytes are none', () => {
    expect(decodeBytes(Buffer.from('a\0b'))).toBeNull();
  });

  test('cut within a letter are still UTF-8', () => {
    const cut = Buffer.from('größe').subarray(0, 3);
    expect(encodingOf(cut, false)).toBe('utf-8');
    expect(encodingOf(cut, true)).toBe('windows-1252');
  });
});

describe('images', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAC0lEQVR4nGNgQAcAABIAAZGHl3oAAAAASUVORK5CYII=',
    'base64',
  );
  const gif = Buffer.from('GIF89a\x04\x00\x05\x00\x80', 'latin1');
  const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc00011080007000b03', 'hex');
  test.each([
    ['image/png', 3, 2, png],
    ['image/gif', 4, 5, gif],
    ['image/jpeg', 11, 7, jpeg],
  ])('%s says its size without being decoded', (mime, width, height, bytes) => {
    expect(readImageInfo(bytes)).toEqual({ mime, width, height });
  });

  test('cut short are known by their magic, and nothing else is an image', () => {
    expect(readImageInfo(png.subarray(0, 10))).toEqual({
      mime: 'image/png',
      width: null,
      height: null,
    });
    expect(readImageInfo(Buffer.from('ffd8ffe0', 'hex'))).toMatchObject({ width: null });
    expect(readImageInfo(Buffer.from('ffd8ffe00000'.repeat(9), 'hex'))).toMatchObject({
      width: null,
    });
    for (const bytes of ['', 'BM', 'RIFF1234WEBP'.slice(0, 9), 'hello']) {
      expect(readImageInfo(Buffer.from(bytes))).toBeNull();
    }
  });
});
