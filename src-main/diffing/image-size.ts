/**
 * What image a file holds and how large it is, by its first bytes alone: nothing is decoded, so that
 * an image of a billion pixels is known for one before anyone makes room for it. Sources: PNG (RFC
 * 2083), GIF89a, JPEG (ITU T.81), WebP (RFC 9649), BMP.
 */
export interface ImageInfo {
  readonly mime: string;
  /** In pixels; null where the start of the file does not say. */
  readonly width: number | null;
  readonly height: number | null;
}

/** @param start the first bytes, 64 KB or the whole file. @returns null for what is no known image */
export function readImageInfo(start: Uint8Array): ImageInfo | null {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  const text = (from: number, to: number) => bytes.toString('latin1', from, to);
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') {
    const head = bytes.length >= 24;
    return sized('image/png', head ? [bytes.readUInt32BE(16), bytes.readUInt32BE(20)] : null);
  }
  if (/^GIF8[79]a/.test(text(0, 6))) {
    const head = bytes.length >= 10;
    return sized('image/gif', head ? [bytes.readUInt16LE(6), bytes.readUInt16LE(8)] : null);
  }
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return sized('image/webp', webpSize(bytes));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) {
    return sized('image/jpeg', jpegSize(bytes));
  }
  if (text(0, 2) === 'BM' && bytes.length >= 26 && bytes.readUInt32LE(14) >= 40) {
    return sized('image/bmp', [bytes.readInt32LE(18), Math.abs(bytes.readInt32LE(22))]);
  }
  return null;
}

function sized(mime: string, size: readonly [number, number] | null): ImageInfo {
  return { mime, width: size?.[0] ?? null, height: size?.[1] ?? null };
}

function webpSize(bytes: Buffer): [number, number] | null {
  if (bytes.length < 30) return null;
  const kind = bytes.toString('latin1', 12, 16);
  if (kind === 'VP8X') return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
  if (kind === 'VP8 ') return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff];
  if (kind !== 'VP8L') return null;
  const bits = bytes.readUInt32LE(21);
  return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
}

/** The first frame header; segments are walked by their lengths. */
function jpegSize(bytes: Buffer): [number, number] | null {
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] as number;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
