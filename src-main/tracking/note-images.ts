/** Pictures of notes, kept by their content beside the store. */
import { createHash } from 'node:crypto';
import { existsSync, utimesSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asCairnError, CairnError, errnoOf } from '../base/errors.ts';
import { replaceFile } from '../base/replace-file.ts';

const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

/**
 * Keeps a picture; what it is is told by its first bytes, never by its name.
 * @param storeDir absolute folder of the database
 * @param largest bytes
 * @returns its name: SHA-256 and extension
 * @throws CairnError `unsupported` for anything but PNG, JPEG, GIF and WebP; `invalid` when too large
 */
export function keepNoteImage(storeDir: string, bytes: Uint8Array, largest: number): string {
  const extension = extensionOf(bytes);
  if (extension === null) {
    throw new CairnError(
      'unsupported',
      'Only PNG, JPEG, GIF and WebP pictures can be put into a note.',
    );
  }
  if (bytes.length > largest) {
    throw new CairnError(
      'invalid',
      `The picture is larger than ${largest >> 20} MB. Make it smaller, or link to its file.`,
    );
  }
  const name = `${createHash('sha256').update(bytes).digest('hex')}.${extension}`;
  const path = pathOf(storeDir, name);
  if (existsSync(path)) {
    // As new as one that was never there: it is wanted again.
    utimesSync(path, new Date(), new Date());
    return name;
  }
  try {
    replaceFile(path, bytes, { flush: true });
  } catch (error) {
    throw asCairnError(error);
  }
  return name;
}

/** @throws CairnError `not-found` */
export async function readNoteImage(
  storeDir: string,
  name: string,
): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> }> {
  const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  try {
    return { type, bytes: new Uint8Array(await readFile(pathOf(storeDir, name))) };
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw asCairnError(error);
    throw new CairnError('not-found', 'The picture of this note is not there any more.');
  }
}

export function noteImageFolder(storeDir: string): string {
  return join(storeDir, 'notes');
}

function pathOf(storeDir: string, name: string): string {
  return join(noteImageFolder(storeDir), name);
}

/** By the signatures of the formats' specifications. */
function extensionOf(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(12, bytes.length)).toString(
    'latin1',
  );
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('\xff\xd8\xff')) return 'jpg';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'gif';
  if (text.startsWith('RIFF') && text.slice(8) === 'WEBP') return 'webp';
  return null;
}
