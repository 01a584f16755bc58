/**
 * The MD5 of DVC 2, for lock entries without `hash: md5`: a text file counts with its line ends
 * changed from CRLF to LF. Source: DVC 3, `md5-dos2unix`.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const chunkBytes = 2 ** 20;
const sampleBytes = 512;

/** @throws the system's error when the file cannot be read */
export function legacyHash(absolute: string): string {
  const hash = createHash('md5');
  const chunk = Buffer.allocUnsafe(chunkBytes);
  const file = openSync(absolute, 'r');
  try {
    for (;;) {
      const count = readSync(file, chunk, 0, chunkBytes, null);
      if (count === 0) return hash.digest('hex');
      const bytes = chunk.subarray(0, count);
      // Each chunk decides for itself, and a CRLF across two of them stays: so DVC does it.
      hash.update(isText(bytes) ? withoutCarriageReturns(bytes) : bytes);
    }
  } finally {
    closeSync(file);
  }
}

/** Printable ASCII, tabs and line ends, form feed, backspace, and everything from 0x80 on up. */
function isText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, sampleBytes);
  if (sample.includes(0)) return false;
  let odd = 0;
  for (const byte of sample) {
    const control =
      byte === 0x08 || byte === 0x09 || byte === 0x0a || byte === 0x0c || byte === 0x0d;
    if (!control && (byte < 0x20 || byte > 0x7e)) odd++;
  }
  return odd / sample.length <= 0.3;
}

function withoutCarriageReturns(bytes: Buffer): Buffer {
  if (!bytes.includes('\r\n')) return bytes;
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
