/** Notebooks that were read a moment ago: their images are asked for one by one. */
import { readFile, stat } from 'node:fs/promises';
import { CairnError } from '../../../base/errors.ts';
import { decodeBytes, type NotebookFile, readNotebookFile } from '../../../diffing/index.ts';
import { maxNotebookBytes } from '../../../formats/ipynb.ts';
import type { Content } from './locate.ts';

/** Two notebooks, and what they are compared with next. */
const kept = 4;
const keptMs = 60_000;

export class NotebookShelf {
  readonly #read = new Map<string, NotebookFile>();
  #timer: NodeJS.Timeout | null = null;

  /** @throws CairnError for what is no notebook that can be read */
  async read(content: Content & { readonly file?: string | null }): Promise<NotebookFile> {
    const { file, path } = content;
    if (file === null) throw new CairnError('not-found', `There is no file ${path}.`);
    const { size, mtimeMs } = await stat(file);
    const key = `${file}\n${size}\n${mtimeMs}`;
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    if (size > maxNotebookBytes) {
      throw new CairnError('unsupported', `${path} is too large a notebook to be compared.`);
    }
    const decoded = decodeBytes(await readFile(file));
    if (decoded === null) throw new CairnError('corrupt', `${path} is binary, not a notebook.`);
    const notebook = readNotebookFile(decoded.text, path);
    this.#keep(key, notebook);
    return notebook;
  }

  #keep(key: string, notebook: NotebookFile): void {
    this.#read.set(key, notebook);
    const oldest = this.#read.keys().next().value;
    if (this.#read.size > kept && oldest !== undefined) this.#read.delete(oldest);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read.clear(), keptMs);
    this.#timer.unref();
  }
}
