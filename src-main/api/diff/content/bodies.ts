/** Two files as one kind of content, each kind with what may be read of it. */
import { readFile } from 'node:fs/promises';
import { CairnError } from '../../../base/errors.ts';
import type { ContentBody, ContentKind } from '../../../contract/diff-content.ts';
import {
  type Decoded,
  decodeBytes,
  diffNotebooks,
  diffTrees,
  listChanges,
  maxSettingsBytes,
  readSettings,
} from '../../../diffing/index.ts';
import { maxTextBytes } from '../text.ts';
import type { Probed } from './kinds.ts';
import type { Content } from './locate.ts';
import type { NotebookShelf } from './notebook-shelf.ts';

export interface Pair {
  readonly left: Content;
  readonly right: Content;
  readonly probes: readonly [Probed | null, Probed | null];
  readonly notebooks: NotebookShelf;
  readonly signal: AbortSignal | undefined;
  /** Says what the body does not show. */
  note(sentence: string): void;
}

/** Lists longer than this are a change of everything. */
const maxChanges = 5000;

/** @throws CairnError for what cannot be read as this kind */
export async function readBody(kind: ContentKind, pair: Pair): Promise<ContentBody> {
  switch (kind) {
    case 'notebook':
      return await notebookBody(pair);
    case 'settings':
      return await settingsBody(pair);
    case 'text':
      return await textBody(pair);
    case 'image':
      return imageBody(pair);
    default:
      return { kind };
  }
}

async function notebookBody({ left, right, notebooks, signal }: Pair): Promise<ContentBody> {
  const none = { language: null, metadata: {}, cells: [] };
  const before = left.file === null ? none : await notebooks.read(left);
  await pause(signal);
  const after = right.file === null ? none : await notebooks.read(right);
  await pause(signal);
  return await diffNotebooks(before, after, () => pause(signal));
}

async function settingsBody(pair: Pair): Promise<ContentBody> {
  const read = async (content: Content) => {
    const text = await readText(content, maxSettingsBytes, pair);
    await pause(pair.signal);
    return text === null ? null : readSettings(text, content.path);
  };
  const [left, right] = [await read(pair.left), await read(pair.right)];
  await pause(pair.signal);
  // A file that is not there has no settings; all of the other's are new or gone.
  const changes = listChanges(diffTrees(left ?? new Map(), right ?? new Map()));
  if (changes.length === 0) pair.note('Only comments, order or layout may differ.');
  return { kind: 'settings', changes: changes.slice(0, maxChanges), total: changes.length };
}

async function textBody(pair: Pair): Promise<ContentBody> {
  const left = await readText(pair.left, maxTextBytes, pair);
  const right = await readText(pair.right, maxTextBytes, pair);
  return { kind: 'text', left, right };
}

/** Pixels beyond which a browser would run out of memory. */
const maxPixels = 120_000_000;
export const maxImageBytes = 64 * 2 ** 20;

function imageBody({ left, right, probes }: Pair): ContentBody {
  const [a, b] = [left, right].map((content, index) => {
    if (content.file === null) return null;
    const info = probes[index]?.image ?? { mime: 'image/svg+xml', width: null, height: null };
    const { mime, width, height } = info;
    if ((content.size ?? 0) > maxImageBytes || (width ?? 0) * (height ?? 0) > maxPixels) {
      throw new CairnError('unsupported', `${content.path} is too large an image to be shown.`);
    }
    return { mime, width, height };
  });
  return { kind: 'image', left: a ?? null, right: b ?? null };
}

async function readText(content: Content, limit: number, pair: Pair): Promise<string | null> {
  if (content.file === null) return null;
  if ((content.size ?? 0) > limit) {
    const size = `${Math.round(limit / 1e6)} MB`;
    throw new CairnError(
      'unsupported',
      `${content.path} is larger than ${size}; too large for this.`,
    );
  }
  const decoded = decodeBytes(await readFile(content.file));
  if (decoded === null) {
    throw new CairnError('unsupported', `${content.path} is binary, not a text.`);
  }
  noteEncoding(content, decoded, pair);
  return decoded.text;
}

function noteEncoding(content: Content, { encoding }: Decoded, pair: Pair): void {
  if (encoding === 'utf-8') return;
  pair.note(`${content.title} is not in UTF-8; it was read as ${encoding}.`);
}

/** Others have their turn, and a cancelled comparison ends. */
async function pause(signal: AbortSignal | undefined): Promise<void> {
  await new Promise(setImmediate);
  signal?.throwIfAborted();
}
