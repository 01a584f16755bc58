/** Files handed over by a page, kept in memory. */
import type { Handlers } from '../../src-main/rpc/index.ts';

type UploadOperation = Extract<keyof Handlers, `uploads.${string}`>;

export function fakeUploads(): Pick<Handlers, UploadOperation> {
  const sizes = new Map<string, number>();
  return {
    'uploads.begin': async ({ name }) => {
      const id = sizes.size.toString(16).padStart(32, '0');
      sizes.set(id, 0);
      return { id, path: `/uploads/${name}` };
    },
    'uploads.append': async ({ id, offset, bytes }) => {
      if (offset !== sizes.get(id)) throw new Error('A piece is missing');
      sizes.set(id, offset + bytes.length);
      return { size: offset + bytes.length };
    },
    'uploads.discard': async ({ id }) => {
      sizes.delete(id);
      return {};
    },
  };
}
