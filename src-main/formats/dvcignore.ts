/** `.dvcignore`: gitignore's syntax, nested files below their folder, a parent that is out stays out. */
import ignore, { type Ignore } from 'ignore';

const always = ['.git/', '.git', '.hg/', '.dvc/', '.cairn/'];

export interface DvcIgnore {
  /** Whether a workspace path is left out. Ask for a folder before what is in it. */
  ignores(path: string, directory: boolean): boolean;
}

/**
 * @param read the text of the `.dvcignore` in a folder (`''` for the root), or null
 */
export function createDvcIgnore(read: (folder: string) => string | null): DvcIgnore {
  const rules = new Map<string, Ignore | null>();
  const rulesOf = (folder: string): Ignore | null => {
    let found = rules.get(folder);
    if (found === undefined) {
      const text = read(folder);
      found = text === null && folder !== '' ? null : ignore();
      if (folder === '') found?.add(always);
      if (text !== null) found?.add(text);
      rules.set(folder, found);
    }
    return found;
  };
  return {
    ignores(path, directory) {
      const parts = path.split('/');
      let left = false;
      for (let depth = 0; depth < parts.length; depth++) {
        const own = rulesOf(parts.slice(0, depth).join('/'));
        if (own === null) continue;
        const below = parts.slice(depth).join('/');
        const result = own.test(directory ? `${below}/` : below);
        if (result.ignored) left = true;
        else if (result.unignored) left = false;
      }
      return left;
    },
  };
}
