/** A new order of one folder's notebooks as the renames and edits that it takes; nothing is written. */
import { readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import { parseYaml } from '../formats/yaml.ts';
import { readCellText } from './cell-text.ts';
import { type Change, hashOf } from './change.ts';
import { renumberNames } from './numbering.ts';
import { applySpans, findModules, findPaths, type RenameSet, type Span } from './references.ts';

export interface PlanRequest {
  /** Folder of the workspace, '' for the root. */
  readonly folder: string;
  /** Base names in the order that they are to have; those left out keep their names. */
  readonly order: readonly string[];
}

/** One line that would change. */
export interface ChangedLine {
  /** Of the file; of the cells' text in a notebook. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

export interface Plan {
  readonly change: Change;
  /** Content of the edited files, by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly lines: ReadonlyMap<string, readonly ChangedLine[]>;
  /** What will not be done, each in a sentence. */
  readonly warnings: readonly string[];
  /** Changes when anything that the plan was made from does. */
  readonly stamp: string;
}

const readable =
  /(?:\.(?:md|markdown|qmd|ipynb|py|sh)|(?:^|\/)(?:dvc\.yaml|dvc\.lock|Makefile|\.gitignore))$/i;
const maxTextBytes = 16 * 2 ** 20;
const maxNotebookBytes = 100 * 2 ** 20;
const shownLines = 50;
const shownCharacters = 300;

/**
 * @param files of the workspace, as a walk lists them
 * @throws CairnError `invalid` for names that are not in the folder, `exists` when a new name is taken
 */
export async function planRenumber(
  { root, files }: { readonly root: string; readonly files: readonly string[] },
  request: PlanRequest,
  { signal }: Work = {},
): Promise<Plan> {
  const there = new Set(files);
  const inFolder = (name: string) => posix.join(request.folder === '' ? '.' : request.folder, name);
  requireNames(request, (name) => there.has(inFolder(name)));
  const names = renumberNames(request.order);
  for (const [from, to] of names) {
    if (there.has(inFolder(to)) && !names.has(to)) {
      throw new CairnError(
        'exists',
        `${inFolder(from)} would become ${inFolder(to)}, which is another file. Rename or number that one first.`,
      );
    }
  }
  const renames = [...names].map(([from, to]) => ({ from: inFolder(from), to: inFolder(to) }));
  const set: RenameSet = { folder: request.folder, names, has: (path) => there.has(path) };
  const edits: Change['edits'] = [];
  const texts = new Map<string, string>();
  const lines = new Map<string, ChangedLine[]>();
  const warnings: string[] = [];
  if (names.size > 0) {
    for (const path of files.filter((file) => readable.test(file))) {
      signal?.throwIfAborted();
      const found = await planFile(root, path, set, warnings);
      if (found === null) continue;
      edits.push({ path, hash: found.hash, spans: found.spans });
      texts.set(path, found.text);
      lines.set(path, found.lines);
    }
    for (const { from } of renames) {
      if (!there.has(`${from}.dvc`)) continue;
      warnings.push(
        `${from}.dvc goes on naming ${from}. Run “dvc move” for that notebook instead.`,
      );
    }
  }
  const change = { renames, edits };
  return { change, texts, lines, warnings, stamp: hashOf(Buffer.from(JSON.stringify(change))) };
}

function requireNames({ order }: PlanRequest, isThere: (name: string) => boolean): void {
  for (const name of order) {
    const isName = /\.ipynb$/i.test(name) && !/[\\/\0]/.test(name);
    if (!isName || !isThere(name)) {
      throw new CairnError(
        'invalid',
        `There is no notebook ${JSON.stringify(name)} in that folder any more. Look at the list again.`,
      );
    }
  }
  if (new Set(order).size < order.length) {
    throw new CairnError('invalid', 'A notebook stands in the new order twice.');
  }
}

async function planFile(
  root: string,
  path: string,
  set: RenameSet,
  warnings: string[],
): Promise<{ hash: string; text: string; spans: Span[]; lines: ChangedLine[] } | null> {
  const bytes = await readBounded(join(root, path));
  if (bytes === null || !mentions(bytes, set)) return null;
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) {
    warnings.push(`${path} is not UTF-8 and stays as it is, whatever it refers to.`);
    return null;
  }
  const notebook = /\.ipynb$/i.test(path) ? readNotebook(text) : undefined;
  if (notebook === null) {
    warnings.push(`${path} is no whole notebook and stays as it is, whatever it refers to.`);
    return null;
  }
  const searched = notebook?.text ?? text;
  const bases = basesOf(path, text);
  const modules = /\.(?:ipynb|py)$/i.test(path)
    ? findModules(searched, bases, set)
    : { spans: [], unwritable: [] };
  for (const name of modules.unwritable) {
    warnings.push(
      `${path} imports ${name} by that name. Change it yourself: a module whose name begins with a digit cannot be imported by a statement.`,
    );
  }
  const inText = [...findPaths(searched, bases, set), ...modules.spans].sort(
    (a, b) => a.from - b.from,
  );
  if (inText.length === 0) return null;
  const spans = notebook === undefined ? inText : notebook.toFile(inText);
  if (spans === null || !staysReadable(path, text, spans)) {
    warnings.push(`${path} refers to a notebook in a way that cannot be changed. Look at it.`);
    return null;
  }
  return { hash: hashOf(bytes), text, spans, lines: changedLines(searched, inText) };
}

async function readBounded(path: string): Promise<Buffer | null> {
  const limit = /\.ipynb$/i.test(path) ? maxNotebookBytes : maxTextBytes;
  try {
    if ((await stat(path)).size > limit) return null;
    return await readFile(path);
  } catch {
    // Gone, or not ours to read: then it is not ours to change either.
    return null;
  }
}

/** Before anything is decoded: most files name no notebook. */
function mentions(bytes: Buffer, { names }: RenameSet): boolean {
  for (const name of names.keys()) {
    const stem = name.replace(/\.ipynb$/i, '');
    // The longest part that no way of writing it changes.
    const plain = stem.split(/[^\w.-]+/).sort((a, b) => b.length - a.length)[0] ?? '';
    if (bytes.includes(plain)) return true;
  }
  return false;
}

function readNotebook(text: string): ReturnType<typeof readCellText> | null {
  try {
    JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
    return readCellText(text);
  } catch {
    return null;
  }
}

/** Folders that relative paths of a file start from: its own, a stage's `wdir`, the root. */
function basesOf(path: string, text: string): string[] {
  const own = posix.dirname(path) === '.' ? '' : posix.dirname(path);
  if (!/(?:^|\/)dvc\.(?:yaml|lock)$/.test(path)) return own === '' ? [''] : [own, ''];
  const folders = text.split('\n').flatMap((line) => {
    const value = /^[ \t]+wdir:(.{1,1000})/.exec(line)?.[1]?.replace(/#.*/, '');
    const folder = value?.trim().replace(/^["']|["']$/g, '') ?? '';
    return folder === '' ? [] : [posix.join(own === '' ? '.' : own, folder).replace(/\/$/, '')];
  });
  return [...new Set([...folders.map((folder) => (folder === '.' ? '' : folder)), own])];
}

/** What was JSON or YAML before must be so afterwards. */
function staysReadable(path: string, text: string, spans: readonly Span[]): boolean {
  const after = applySpans(text, spans);
  try {
    if (/\.ipynb$/i.test(path)) JSON.parse(after.replace(/^\ufeff/, ''));
    if (/\.(?:yaml|lock)$/.test(path)) parseYaml(after, path);
    return true;
  } catch {
    return false;
  }
}

function changedLines(text: string, spans: readonly Span[]): ChangedLine[] {
  const found: ChangedLine[] = [];
  let counted = 0;
  let line = 1;
  for (let index = 0; index < spans.length && found.length < shownLines; ) {
    const first = spans[index] as Span;
    const start = text.lastIndexOf('\n', first.from - 1) + 1;
    const stop = text.indexOf('\n', first.to);
    const end = stop < 0 ? text.length : stop;
    const here: Span[] = [];
    for (; index < spans.length && (spans[index] as Span).from <= end; index += 1) {
      const { from, to, text: inserted } = spans[index] as Span;
      here.push({ from: from - start, to: to - start, text: inserted });
    }
    line += text.slice(counted, start).split('\n').length - 1;
    counted = start;
    const before = text.slice(start, end);
    const cut = Math.max(0, (here[0]?.from ?? 0) - shownCharacters / 2);
    const shorten = (whole: string) => whole.slice(cut, cut + shownCharacters).trim();
    found.push({ line, before: shorten(before), after: shorten(applySpans(before, here)) });
  }
  return found;
}
