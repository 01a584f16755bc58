/** Two files by what is in them, whatever they are: one operation that finds out how. */
import { readFile } from 'node:fs/promises';
import { CairnError } from '../../../base/errors.ts';
import type { Work } from '../../../base/progress.ts';
import type { ContentBody, ContentDiff, ContentKind } from '../../../contract/diff-content.ts';
import type { Output, ParsedInput } from '../../../contract/index.ts';
import type { Handlers } from '../../../rpc/index.ts';
import type { DiffContext } from '../context.ts';
import { maxImageBytes, type Pair, readBody } from './bodies.ts';
import { listFiles } from './files.ts';
import { commonKinds, type Probed, probe } from './kinds.ts';
import { type Content, openContent } from './locate.ts';
import { NotebookShelf } from './notebook-shelf.ts';
import { sameBytes } from './same-bytes.ts';
import { compareTables } from './tables.ts';

type ContentOperation = 'diff.content' | 'diff.table' | 'diff.bytes' | 'diff.files';

export function contentHandlers(context: DiffContext): Pick<Handlers, ContentOperation> {
  const notebooks = new NotebookShelf();
  return {
    'diff.content': async (input, { signal, emit }) => {
      const onProgress: Work['onProgress'] = (report) => void emit(report).catch(() => {});
      return await diffContent(context, notebooks, input, { signal, onProgress });
    },
    'diff.table': async (input, { signal, emit }) => {
      const onProgress: Work['onProgress'] = (report) => void emit(report).catch(() => {});
      return await compareTables(context, input, { signal, onProgress });
    },
    'diff.bytes': async (input, { signal }) =>
      await readImage(context, notebooks, input, { signal }),
    'diff.files': async ({ side, limit }) => await listFiles(context, side, limit),
  };
}

async function diffContent(
  context: DiffContext,
  notebooks: NotebookShelf,
  input: ParsedInput<'diff.content'>,
  work: Work,
): Promise<ContentDiff> {
  await using left = await openContent(context, input.left, work);
  await using right = await openContent(context, input.right, work);
  if (left.file === null && right.file === null) {
    throw new CairnError('not-found', `Neither side has ${right.path}.`);
  }
  const probes = [await probe(left), await probe(right)] as const;
  const notes: string[] = [];
  const note = (sentence: string): void => {
    if (!notes.includes(sentence)) notes.push(sentence);
  };
  const kinds = commonKinds(...probes);
  if (kinds[0] === 'other') noteUnlike(probes, note);
  const identical = await sameBytes(left, right, work);
  const pair = { left, right, probes, notebooks, signal: work.signal, note };
  const wanted = input.as !== null && kinds.includes(input.as) ? input.as : null;
  const body = await bestBody(wanted, kinds, pair);
  return {
    left: { title: left.title, path: left.path, sizeBytes: left.size },
    right: { title: right.title, path: right.path, sizeBytes: right.size },
    identical,
    kinds: [...kinds],
    notes,
    body,
  };
}

/** The wanted kind, or the first that both can be read as; the others say why they cannot. */
async function bestBody(
  wanted: ContentKind | null,
  kinds: readonly ContentKind[],
  pair: Pair,
): Promise<ContentBody> {
  const order = wanted === null ? kinds : [wanted, ...kinds.slice(kinds.indexOf(wanted) + 1)];
  for (const kind of order) {
    try {
      return await readBody(kind, pair);
    } catch (error) {
      if (!(error instanceof CairnError) || error.code === 'cancelled') throw error;
      pair.note(error.message);
    }
  }
  return { kind: 'other' };
}

function noteUnlike([left, right]: Pair['probes'], note: Pair['note']): void {
  if (left === null || right === null || left.name === right.name) return;
  note(
    `The left side is ${left.name}, the right side ${right.name}; they have nothing to compare.`,
  );
}

async function readImage(
  context: DiffContext,
  notebooks: NotebookShelf,
  { source, output }: ParsedInput<'diff.bytes'>,
  work: Work,
): Promise<Output<'diff.bytes'>> {
  await using content = await openContent(context, source, work);
  if (output !== null) {
    const { cells } = await notebooks.read(content);
    const found = cells[output.cell]?.outputs.find(({ at }) => at === output.at);
    if (found?.kind !== 'image') {
      throw new CairnError('not-found', `${content.path} has no such image any more.`);
    }
    const encoding = found.mime === 'image/svg+xml' ? 'utf8' : 'base64';
    return { mime: found.mime, bytes: new Uint8Array(Buffer.from(found.content, encoding)) };
  }
  const probed = await probe(content);
  if (content.file === null || !probed?.kinds.includes('image') || tooLarge(content)) {
    throw new CairnError('unsupported', `${content.path} is no image that can be shown.`);
  }
  const mime = imageType(probed);
  return { mime, bytes: new Uint8Array(await readFile(content.file)) };
}

function tooLarge({ size }: Content): boolean {
  return (size ?? 0) > maxImageBytes;
}

function imageType({ image }: Probed): string {
  return image?.mime ?? 'image/svg+xml';
}
