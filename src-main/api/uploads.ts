/** Files that a page in a browser hands over, in a folder of their own for each, for a day. */
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CairnError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { largestUpload } from '../contract/upload-limits.ts';
import type { Handlers } from '../rpc/index.ts';

type UploadOperation = Extract<keyof Handlers, `uploads.${string}`>;

const keptMs = 24 * 3600_000;
const mostNameBytes = 200;

/** @param cacheFolder the user's */
export function uploadHandlers(
  cacheFolder: string,
  now: () => number = Date.now,
): Pick<Handlers, UploadOperation> {
  const root = join(cacheFolder, 'uploads');
  const folderOf = (id: string): string => join(root, id);
  return {
    'uploads.begin': async ({ name, size }) => {
      await removeOld(root, now() - keptMs);
      await makeRoom(root, size);
      const id = newId();
      await mkdir(folderOf(id), { recursive: true, mode: 0o700 });
      const path = join(folderOf(id), safeName(name));
      await (await open(path, 'wx', 0o600)).close();
      return { id, path };
    },
    'uploads.append': async ({ id, offset, bytes }) => {
      const [name] = await readdir(folderOf(id)).catch(() => []);
      if (name === undefined) {
        throw new CairnError(
          'not-found',
          'This upload is not there any more. Drop the file again.',
        );
      }
      const file = await open(join(folderOf(id), name), 'r+');
      try {
        const { size } = await file.stat();
        if (offset !== size || size + bytes.length > largestUpload) {
          throw new CairnError(
            'invalid',
            'A piece of this upload is missing. Drop the file again.',
          );
        }
        let done = 0;
        while (done < bytes.length) {
          done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
        }
        return { size: offset + bytes.length };
      } finally {
        await file.close();
      }
    },
    'uploads.discard': async ({ id }) => {
      await rm(folderOf(id), { recursive: true, force: true });
      return {};
    },
  };
}

/**
 * The last part of a name without what a file system refuses: readers go by the extension, people by
 * the rest. Source of the reserved names: Microsoft's "Naming Files, Paths, and Namespaces".
 */
export function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = [...last]
    .map((sign) => (sign < ' ' || '<>:"|?*'.includes(sign) || sign === '\x7f' ? '_' : sign))
    .join('')
    .replace(/[. ]+$/, '');
  // File systems count bytes, up to 255; the extension is what must stay.
  const signs = [...clean];
  while (Buffer.byteLength(signs.join('')) > mostNameBytes) signs.shift();
  const short = signs.join('');
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(short);
  return short === '' || short.startsWith('.') || reserved ? `file-${short}` : short;
}

/** Removes what was begun before a time. */
async function removeOld(root: string, before: number): Promise<void> {
  for (const id of await readdir(root).catch(() => [])) {
    const folder = join(root, id);
    const info = await stat(folder).catch(() => null);
    if (info !== null && info.mtimeMs < before) await rm(folder, { recursive: true, force: true });
  }
}

/** All uploads together take no more than the largest one may: the oldest go. */
async function makeRoom(root: string, wanted: number): Promise<void> {
  const kept: { folder: string; size: number; at: number }[] = [];
  for (const id of await readdir(root).catch(() => [])) {
    const folder = join(root, id);
    const [name = ''] = await readdir(folder).catch(() => []);
    const info = await stat(join(folder, name)).catch(() => null);
    if (info !== null) kept.push({ folder, size: info.size, at: info.mtimeMs });
  }
  kept.sort((a, b) => a.at - b.at);
  let total = kept.reduce((sum, { size }) => sum + size, wanted);
  for (const { folder, size } of kept) {
    if (total <= largestUpload) return;
    await rm(folder, { recursive: true, force: true });
    total -= size;
  }
}
