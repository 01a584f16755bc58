/**
 * Renaming and editing several files so that all of it happens or nothing does. A journal beside
 * the store says what is being done; whoever finds one whose process died takes everything back.
 *
 * Files first go to names of their own (`away`), then to the new ones (`home`): then any order of
 * names can become any other, and in either phase the file's name alone tells how far it got.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { CairnError } from '../base/errors.ts';
import { hashOf } from './change.ts';

const entry = z.object({ oid: z.string(), mode: z.number() }).nullable();
/** Entries of Git's index by path relative to the work tree; null where there is none. */
export type IndexEntries = Record<string, z.infer<typeof entry>>;

const journal = z.object({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  phase: z.enum(['away', 'home']),
  renames: z.array(z.object({ from: z.string(), to: z.string() })),
  /** `path` before the renames, `to` after them. Contents lie beside the journal by number. */
  edits: z.array(z.object({ to: z.string(), before: z.string(), after: z.string() })),
  index: z.record(z.string(), entry),
});
export type Journal = z.infer<typeof journal>;

export interface JournalPlace {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly storeDir: string;
}

function folderOf({ storeDir }: JournalPlace): string {
  return join(storeDir, 'renumbering');
}

function pathOf(place: JournalPlace): string {
  return join(folderOf(place), 'journal.json');
}

export function hasJournal(place: JournalPlace): boolean {
  return existsSync(pathOf(place));
}

export function readJournal(place: JournalPlace): Journal | null {
  const path = pathOf(place);
  if (!existsSync(path)) return null;
  const read = journal.safeParse(parse(readFileSync(path, 'utf8')));
  if (read.success && read.data.renames.every((one) => isInside(one.from) && isInside(one.to))) {
    return read.data;
  }
  throw new CairnError(
    'corrupt',
    `A renumbering of notebooks was interrupted, and its journal ${path} cannot be read. Look whether notebooks are missing (they are called “.….cairn” then), and delete the journal.`,
  );
}

export function writeJournal(place: JournalPlace, written: Journal): void {
  const path = pathOf(place);
  writeDurably(`${path}.new`, JSON.stringify(written));
  renameSync(`${path}.new`, path);
}

export function removeJournal(place: JournalPlace): void {
  rmSync(pathOf(place), { force: true });
  rmSync(folderOf(place), { recursive: true, force: true });
}

/** Keeps the contents of edited files, before and after, where a recovery finds them. */
export function keepContents(
  place: JournalPlace,
  edits: readonly { before: Buffer; after: Buffer }[],
): void {
  mkdirSync(folderOf(place), { recursive: true });
  for (const [number, { before, after }] of edits.entries()) {
    writeDurably(join(folderOf(place), `${number}.before`), before);
    writeDurably(join(folderOf(place), `${number}.after`), after);
  }
}

/** Both phases of the renames, then the edits. */
export function perform(place: JournalPlace, written: Journal): void {
  const { root } = place;
  for (const { from } of written.renames) move(join(root, from), aside(root, from, written.id));
  writeJournal(place, { ...written, phase: 'home' });
  for (const { from, to } of written.renames) move(aside(root, from, written.id), join(root, to));
  for (const [number, { to }] of written.edits.entries()) {
    replace(join(root, to), readFileSync(join(folderOf(place), `${number}.after`)));
  }
}

/** Brings files back to where and what they were before; may itself be interrupted and begun again. */
export function takeBack(place: JournalPlace, written: Journal): void {
  const { root } = place;
  const { id, renames } = written;
  if (written.phase === 'home') {
    for (const [number, { to, after }] of written.edits.entries()) {
      const path = join(root, to);
      rmSync(temporaryOf(path), { force: true });
      // What somebody has changed since stays as it is.
      if (!existsSync(path) || hashOf(readFileSync(path)) !== after) continue;
      replace(path, readFileSync(join(folderOf(place), `${number}.before`)));
    }
    for (const { from, to } of renames) {
      const parked = aside(root, from, id);
      if (!existsSync(parked) && existsSync(join(root, to))) move(join(root, to), parked);
    }
    writeJournal(place, { ...written, phase: 'away' });
  }
  for (const { from } of renames) {
    const parked = aside(root, from, id);
    if (existsSync(parked)) move(parked, join(root, from));
  }
}

function aside(root: string, path: string, id: string): string {
  const absolute = join(root, path);
  // Short, since a name has 255 bytes at most.
  return join(
    dirname(absolute),
    `.${id.slice(0, 8)}-${hashOf(Buffer.from(basename(path))).slice(0, 16)}.cairn`,
  );
}

/** @throws CairnError `exists` rather than writing over a file */
function move(from: string, to: string): void {
  if (lstatSync(to, { throwIfNoEntry: false }) !== undefined) {
    throw new CairnError('exists', `${to} is there meanwhile. Move it away and try again.`);
  }
  renameSync(from, to);
}

function temporaryOf(path: string): string {
  return join(dirname(path), `.${hashOf(Buffer.from(basename(path))).slice(0, 16)}.cairn-new`);
}

function replace(path: string, bytes: Buffer): void {
  const temporary = temporaryOf(path);
  const mode = lstatSync(path).mode & 0o777;
  writeDurably(temporary, bytes, mode);
  renameSync(temporary, path);
}

function writeDurably(path: string, data: string | Buffer, mode = 0o666): void {
  const file = openSync(path, 'w', mode);
  try {
    writeFileSync(file, data);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function isInside(path: string): boolean {
  return !path.startsWith('/') && !/^[a-z]:/i.test(path) && !path.split(/[\\/]/).includes('..');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
