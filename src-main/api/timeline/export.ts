/** The timeline, or a part of it, as one file. */
import { createHash } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { CairnError } from '../../base/errors.ts';
import type { Output, ParsedInput } from '../../contract/index.ts';
import type { TimelineCell } from '../../contract/timeline.ts';
import { writeWholeFile } from '../../exports/index.ts';
import {
  type Picture,
  pictureReference,
  renderTimeline,
  type TimelinePart,
} from '../../exports/timeline/index.ts';
import { type CellFilter, readOutline } from '../../store/cells.ts';
import { readNoteImage } from '../../tracking/note-images.ts';
import type { Session } from '../session.ts';
import { fillBlocks } from './blocks.ts';
import { cellsOf } from './cells.ts';
import { readFigure } from './figures.ts';

/** A document that a browser still opens. */
const mostCells = 5000;
const cellsAtOnce = 200;

/** @throws CairnError `invalid` when there is nothing or too much, `conflict` for a file that is there */
export async function exportTimeline(
  session: Session,
  filter: CellFilter,
  input: ParsedInput<'timeline.export'>,
): Promise<Output<'timeline.export'>> {
  const keys = input.keys ?? keysOf(session, filter, input);
  if (keys.length === 0) throw new CairnError('invalid', 'There is no entry to export.');
  if (keys.length > mostCells) {
    throw new CairnError(
      'invalid',
      `At most ${mostCells} entries fit into one document, and these are ${keys.length}. Narrow them by a filter or by dates.`,
    );
  }
  const pictures = new Map<string, Picture>();
  const parts: TimelinePart[] = [];
  for (let from = 0; from < keys.length; from += cellsAtOnce) {
    for (const cell of cellsOf(session, keys.slice(from, from + cellsAtOnce))) {
      parts.push(await partOf(session, cell, pictures));
    }
  }
  const title = `Timeline of ${basename(session.workspace.root)}`;
  const document = { title, parts, pictures, madeAt: Date.now() };
  const text = renderTimeline(document, input.format);
  if (input.path === null) return { path: null, bytes: Buffer.byteLength(text), text };
  const target = { path: resolve(session.workspace.root, input.path), overwrite: input.overwrite };
  await writeWholeFile(target, (file) => writeFileSync(file, text));
  return { path: target.path, bytes: statSync(target.path).size, text: null };
}

function keysOf(
  session: Session,
  filter: CellFilter,
  { from, to }: ParsedInput<'timeline.export'>,
): string[] {
  return readOutline(session.store, filter).flatMap(({ kind, id, at }) =>
    (from !== null && at < from) || (to !== null && at >= to) ? [] : `${kind}:${id}`,
  );
}

/** Pictures that are gone are left out; the text still names them. */
async function partOf(
  session: Session,
  found: TimelineCell,
  pictures: Map<string, Picture>,
): Promise<TimelinePart> {
  const cell = await withBlocks(session, found, pictures);
  const note = cell.kind === 'note' ? cell.body : cell.kind === 'run' ? cell.run.note : '';
  for (const [, name = ''] of note.matchAll(pictureReference)) {
    if (pictures.has(name)) continue;
    const found = await readNoteImage(session.workspace.storeDir, name).catch(() => null);
    if (found !== null) pictures.set(name, found);
  }
  const figures: string[] = [];
  for (const { path } of cell.kind === 'run' ? cell.figures : []) {
    const found = await readFigure(session, cell.key.slice('run:'.length), path).catch(() => null);
    if (found === null) continue;
    const name = `${createHash('sha256').update(found.bytes).digest('hex')}.${extensionOf(found.type)}`;
    pictures.set(name, found);
    figures.push(name);
  }
  return { cell, figures };
}

/** What live blocks of its note show stands in their place. */
async function withBlocks(
  session: Session,
  cell: TimelineCell,
  pictures: Map<string, Picture>,
): Promise<TimelineCell> {
  if (cell.kind === 'note') {
    return { ...cell, body: await fillBlocks(session, cell.body, pictures) };
  }
  if (cell.kind !== 'run' || cell.run.note === '') return cell;
  const note = await fillBlocks(session, cell.run.note, pictures);
  return { ...cell, run: { ...cell.run, note } };
}

function extensionOf(type: string): string {
  return type === 'image/jpeg' ? 'jpg' : type.slice('image/'.length);
}
