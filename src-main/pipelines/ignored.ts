/** What DVC leaves out: `.dvcignore` files, and the folders of version control. */
import { createDvcIgnore, type DvcIgnore } from '../formats/dvcignore.ts';

/** Reads a text of the workspace by its path; null when it is not there. */
export type ReadText = (workspacePath: string) => string | null;

export class Ignored {
  readonly #rules: DvcIgnore;
  readonly #read: ReadText;

  constructor(read: ReadText) {
    this.#read = read;
    this.#rules = createDvcIgnore((folder) => read(ignoreFile(folder)));
  }

  /** For walking the workspace: ask for a folder before what is in it. */
  readonly path = (path: string, directory: boolean): boolean =>
    this.#rules.ignores(path, directory);

  /**
   * For hashing a directory of the workspace: what to leave out, by path relative to it. Undefined
   * when no .dvcignore has a say: DVC allows none inside of tracked data, so those above decide.
   */
  inside(folder: string): ((path: string, directory: boolean) => boolean) | undefined {
    const parts = folder.split('/');
    const ruled = parts.some((_, depth) =>
      hasRules(this.#read(ignoreFile(parts.slice(0, depth).join('/')))),
    );
    if (!ruled) return undefined;
    return (path, directory) => this.path(`${folder}/${path}`, directory);
  }
}

/** `dvc init` makes a file of comments only. */
function hasRules(text: string | null): boolean {
  return text !== null && /^\s*[^\s#]/m.test(text);
}

function ignoreFile(folder: string): string {
  return folder === '' ? '.dvcignore' : `${folder}/.dvcignore`;
}
