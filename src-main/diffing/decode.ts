/** Texts out of bytes, whatever they were written in. */

export interface Decoded {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
}

/**
 * Decodes a text: by its mark of order, as UTF-8 where it is that, else as Windows does in the West.
 * @returns null for what is no text: a NUL among the first bytes, as Git has it
 */
export function decodeBytes(bytes: Uint8Array): Decoded | null {
  const encoding = encodingOf(bytes);
  if (encoding === null) return null;
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

/** Told by the start and, for UTF-8, by all of the bytes that are given. */
export function encodingOf(bytes: Uint8Array, whole = true): Decoded['encoding'] | null {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (bytes.subarray(0, 8000).includes(0)) return null;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}
