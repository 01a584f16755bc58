/** What DVC leaves out: `.dvcignore` files, and the folders of version control. */
import { createDvcIgnore, type DvcIgnore } from '../formats/dvcignore.ts';

/** Reads a text of the workspace by its path; null when it is not there. */
export type ReadText = (workspacePath: string) => string | null;

export class Ignored {
  readonly #rules: DvcIgnore;
  /** The text of the .dvcignore in a folder. */
  readonly #read: ReadText;

  constructor(read: ReadText) {
    const texts = new Map<string, string | null>();
    this.#read = (folder) => {
      let text = texts.get(folder);
      if (text === undefined) {
        text = read(folder === '' ? '.dvcignore' : `${folder}/.dvcignore`);
        texts.set(folder, text);
      }
      return text;
    };
    this.#rules = createDvcIgnore(this.#read);
  }

  /** For walking the workspace: ask for a folder before what is in it. */
  readonly path = (path: string, directory: boolean): boolean =>
    this.#rules.ignores(path, directory);

  /** The part of a path, from the top, that is left out; null when none is. */
  leftOut(path: string): string | null {
    const parts = path.split('/');
    for (let depth = 1; depth <= parts.length; depth++) {
      const part = parts.slice(0, depth).join('/');
      // What is to be made may become a folder.
      if (this.path(part, true) || this.path(part, false)) return part;
    }
    return null;
  }

  /**
   * For hashing a directory of the workspace: what to leave out, by path relative to it. Undefined
   * when no .dvcignore has a say: DVC allows none inside of tracked data, so those above decide.
   */
  inside(folder: string): ((path: string, directory: boolean) => boolean) | undefined {
    const parts = folder.split('/');
    const ruled = parts.some((_, depth) => hasRules(this.#read(parts.slice(0, depth).join('/'))));
    if (!ruled) return undefined;
    return (path, directory) => this.path(`${folder}/${path}`, directory);
  }
}

/** `dvc init` makes a file of comments only. */
function hasRules(text: string | null): boolean {
  return text !== null && /^\s*[^\s#]/m.test(text);
}
