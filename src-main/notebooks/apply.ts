/** Doing a change of notebooks' names, or taking back one that was interrupted. */
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CairnError, errnoOf } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { type Change, hashOf, pathAfter } from './change.ts';
import {
  hasJournal,
  type IndexEntries,
  type Journal,
  type JournalPlace,
  keepContents,
  perform,
  readJournal,
  removeJournal,
  takeBack,
  writeJournal,
} from './journal.ts';
import { withRenumberLock } from './lock.ts';
import { applySpans } from './references.ts';

/** Renaming some hundred files and editing what names them takes no longer. */
const patienceMs = 20_000;

/** What Git knows of paths; given by the composition root. Paths are those of the workspace. */
export interface GitIndex {
  entries(paths: readonly string[]): IndexEntries;
  /** Puts the entries of these paths there, and takes those that are null out, in one write. */
  set(entries: IndexEntries): Promise<void>;
}

export interface ApplyContext extends JournalPlace {
  /** Null without Git. */
  readonly git: GitIndex | null;
  /** Writes to the store, in one transaction, that the change with this id was made. */
  readonly commit: (id: string) => void;
  /** Whether {@link commit} came to its end for an id. */
  readonly committed: (id: string) => boolean;
}

/**
 * All or nothing.
 * @returns content of the edited files before, by path
 * @throws CairnError `conflict` when a file is not as the change expects it, `exists` when a new
 * name is taken, `locked` while another process renumbers or Git holds its index
 */
export function applyChange(
  context: ApplyContext,
  change: Change,
): Promise<ReadonlyMap<string, string>> {
  return withRenumberLock(context.storeDir, patienceMs, async () => {
    await putBack(context);
    return apply(context, change);
  });
}

async function apply(context: ApplyContext, change: Change): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const edits = change.edits.map(({ path, hash, spans }) => {
    const before = readExpected(context.root, path, hash);
    const text = before.toString('utf8');
    texts.set(path, text);
    return { before, after: Buffer.from(applySpans(text, spans), 'utf8') };
  });
  requireNames(context.root, change);
  const paths = change.renames.flatMap(({ from, to }) => [from, to]);
  const index = context.git?.entries(paths) ?? {};
  const journal: Journal = {
    id: newId(),
    phase: 'away',
    renames: change.renames,
    edits: change.edits.map(({ path, hash }, number) => ({
      to: pathAfter(path, change.renames),
      before: hash,
      after: hashOf(edits[number]?.after ?? Buffer.alloc(0)),
    })),
    index,
  };
  keepContents(context, edits);
  writeJournal(context, journal);
  try {
    perform(context, journal);
    await context.git?.set(movedEntries(index, change));
    context.commit(journal.id);
  } catch (error) {
    takeBack(context, journalNow(context, journal));
    await context.git?.set(index).catch(() => undefined);
    removeJournal(context);
    throw error;
  }
  removeJournal(context);
  return texts;
}

/**
 * Takes back what a process that died has begun, if it was not yet written to the store; waits for
 * one that is at it.
 * @returns whether there was something to take back
 * @throws CairnError `locked` when one is at it for long, `corrupt` for a journal that is none
 */
export async function recover(context: Omit<ApplyContext, 'commit'>): Promise<boolean> {
  if (!hasJournal(context)) return false;
  return withRenumberLock(context.storeDir, patienceMs, () => putBack(context));
}

/** Whoever holds the lock and finds a journal finds that of a process that is not at it any more. */
async function putBack(context: Omit<ApplyContext, 'commit'>): Promise<boolean> {
  const journal = readJournal(context);
  if (journal === null) return false;
  if (!context.committed(journal.id)) {
    takeBack(context, journal);
    await context.git?.set(journal.index);
  }
  removeJournal(context);
  return true;
}

/** The phase on disk, which may be further than the one in memory. */
function journalNow(context: ApplyContext, journal: Journal): Journal {
  return readJournal(context) ?? journal;
}

/** Entries go with their files, with the content that Git knows; nothing is staged besides. */
function movedEntries(index: IndexEntries, { renames }: Change): IndexEntries {
  const moved: IndexEntries = {};
  for (const { from } of renames) if (index[from]) moved[from] = null;
  for (const { from, to } of renames) {
    const entry = index[from];
    if (entry) moved[to] = entry;
    else if (index[to] && moved[to] === undefined) moved[to] = null;
  }
  return moved;
}

function readExpected(root: string, path: string, hash: string): Buffer {
  try {
    const bytes = readFileSync(join(root, path));
    if (hashOf(bytes) === hash) return bytes;
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
  throw new CairnError(
    'conflict',
    `${path} was changed meanwhile, so nothing was done. Look at it, and try again.`,
  );
}

function requireNames(root: string, { renames }: Change): void {
  const leaving = new Set(renames.map((one) => one.from));
  for (const { from, to } of renames) {
    const there = lstatSync(join(root, from), { throwIfNoEntry: false });
    if (there?.isFile() !== true) {
      throw new CairnError('conflict', `${from} is not there any more, so nothing was done.`);
    }
    if (!leaving.has(to) && lstatSync(join(root, to), { throwIfNoEntry: false }) !== undefined) {
      throw new CairnError('exists', `${to} is there already, so nothing was done.`);
    }
  }
}
