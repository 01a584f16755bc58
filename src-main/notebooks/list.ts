/** The notebooks of a folder in their order, and what can be said of each without running it. */
import { readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { asCairnError, CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { NotebookRow } from '../contract/notebooks.ts';
import {
  executionOrder,
  maxNotebookBytes,
  type Notebook,
  notebookTitle,
  parseNotebook,
} from '../formats/ipynb.ts';
import { type Placed, placeNames } from './numbering.ts';

type Facts = Pick<
  NotebookRow,
  'title' | 'cells' | 'codeCells' | 'kernel' | 'size' | 'modifiedAt' | 'executed' | 'problem'
>;

export interface NotebookFolder {
  /** '' is the root. */
  readonly path: string;
  readonly notebooks: readonly (Placed & Facts & { readonly path: string })[];
}

const most = 5000;

/** Reads what changed since it was read last. */
export class NotebookList {
  readonly #root: string;
  readonly #known = new Map<string, { stamp: string; facts: Facts }>();

  /** @param root absolute path of the workspace */
  constructor(root: string) {
    this.#root = root;
  }

  /** @param files of the workspace, as a walk lists them */
  async read(
    files: readonly string[],
    { signal }: Work = {},
  ): Promise<{ folders: NotebookFolder[]; cut: boolean }> {
    const paths = files.filter((path) => /\.ipynb$/i.test(path));
    const shown = paths.slice(0, most);
    const byFolder = Map.groupBy(shown, (path) => folderOf(path));
    const folders: NotebookFolder[] = [];
    for (const [folder, inside] of [...byFolder].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const notebooks: NotebookFolder['notebooks'][number][] = [];
      for (const placed of placeNames(inside.map((path) => posix.basename(path)))) {
        signal?.throwIfAborted();
        const path = folder === '' ? placed.name : `${folder}/${placed.name}`;
        notebooks.push({ ...placed, path, ...(await this.#facts(path)) });
      }
      folders.push({ path: folder, notebooks });
    }
    for (const path of this.#known.keys()) if (!shown.includes(path)) this.#known.delete(path);
    return { folders, cut: paths.length > shown.length };
  }

  async #facts(path: string): Promise<Facts> {
    const found = await stat(join(this.#root, path)).catch(() => null);
    const [size, modifiedAt] = [found?.size ?? 0, found?.mtimeMs ?? 0];
    const stamp = `${size}:${modifiedAt}`;
    const known = this.#known.get(path);
    if (known?.stamp === stamp) return known.facts;
    const facts = { size, modifiedAt, ...(await this.#look(path)) };
    this.#known.set(path, { stamp, facts });
    return facts;
  }

  async #look(path: string): Promise<Omit<Facts, 'size' | 'modifiedAt'>> {
    try {
      const notebook = await readNotebook(this.#root, path);
      return {
        title: notebookTitle(notebook),
        cells: notebook.cells.length,
        codeCells: notebook.cells.filter((cell) => cell.type === 'code').length,
        kernel: notebook.kernelTitle ?? notebook.kernel,
        executed: executionOrder(notebook),
        problem: null,
      };
    } catch (error) {
      const problem = asCairnError(error).message;
      return { title: null, cells: 0, codeCells: 0, kernel: null, executed: 'none', problem };
    }
  }
}

/** @throws CairnError `not-found`, `corrupt`, or `unsupported` for what is too large or too old */
export async function readNotebook(root: string, path: string): Promise<Notebook> {
  const absolute = join(root, path);
  const found = await stat(absolute).catch(() => null);
  if (found?.isFile() !== true) {
    throw new CairnError('not-found', `${path} is not there any more.`);
  }
  if (found.size > maxNotebookBytes) {
    throw new CairnError(
      'unsupported',
      `${path} is larger than 200 MB. Clear its outputs in Jupyter to look at it here.`,
    );
  }
  return parseNotebook(await readFile(absolute, 'utf8'), path);
}

function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}
