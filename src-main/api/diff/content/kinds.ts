/** What a file can be compared as, by its first bytes and only then by its name. */
import { open } from 'node:fs/promises';
import type { ContentKind } from '../../../contract/diff-content.ts';
import {
  encodingOf,
  type ImageInfo,
  isSettingsPath,
  readImageInfo,
} from '../../../diffing/index.ts';
import { isTensorPath } from '../../../formats/tensors.ts';
import type { Content } from './locate.ts';

export interface Probed {
  /** The best first; `other` is always among them. */
  readonly kinds: readonly ContentKind[];
  /** What it is in a word or two, for two files that are nothing alike. */
  readonly name: string;
  readonly image: ImageInfo | null;
}

const probedBytes = 64 * 1024;

/** Null for a file that a side does not have. */
export async function probe(content: Content): Promise<Probed | null> {
  if (content.file === null) return null;
  return judge(await firstBytes(content.file, probedBytes), content.path);
}

function judge(start: Buffer, path: string): Probed {
  const image = readImageInfo(start);
  if (image !== null) return { kinds: ['image', 'other'], name: 'an image', image };
  if (start.subarray(0, 4).toString('latin1') === 'PAR1') {
    return { kinds: ['table', 'other'], name: 'a Parquet table', image: null };
  }
  const text = encodingOf(start, start.length < probedBytes) !== null;
  if (!text) {
    if (isTensorPath(path)) return { kinds: ['model', 'other'], name: 'a model', image: null };
    const packed = start[0] === 0x1f && start[1] === 0x8b && /\.[ct]sv\.gz$/i.test(path);
    return packed
      ? { kinds: ['table', 'other'], name: 'a table', image: null }
      : { kinds: ['other', 'model'], name: 'a binary file', image: null };
  }
  return { kinds: [...textKinds(path), 'text', 'other'], name: 'a text', image: null };
}

function textKinds(path: string): ContentKind[] {
  if (/\.ipynb$/i.test(path)) return ['notebook'];
  if (/\.(csv|tsv|tab)$/i.test(path)) return ['table'];
  if (/\.svg$/i.test(path)) return ['image'];
  if (isTensorPath(path)) return isSettingsPath(path) ? ['model', 'settings'] : ['model'];
  return isSettingsPath(path) ? ['settings'] : [];
}

/** What both can be compared as. */
export function commonKinds(left: Probed | null, right: Probed | null): readonly ContentKind[] {
  const [one, other] = left === null ? [right, null] : [left, right];
  if (one === null) return ['other'];
  return other === null ? one.kinds : one.kinds.filter((kind) => other.kinds.includes(kind));
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(count);
    let done = 0;
    while (done < count) {
      const { bytesRead } = await file.read(bytes, done, count - done, done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return bytes.subarray(0, done);
  } finally {
    await file.close();
  }
}
