/**
 * `.dvcignore`: gitignore's syntax, told apart by case on every system; nested files count below
 * their folder, and what is in a folder that is left out stays out. Source: DVC's reference,
 * “.dvcignore”.
 */
import ignore, { type Ignore } from 'ignore';

/** DVC's own defaults, and the folder of this program. Names, so that most paths need no patterns. */
const always = new Set(['.git', '.hg', '.dvc', '.cairn']);

export interface DvcIgnore {
  /** Whether a workspace path, or a folder above it, is left out. */
  ignores(path: string, directory: boolean): boolean;
}

/**
 * @param read the text of the `.dvcignore` in a folder (`''` for the root), or null; asked at most
 * once for each folder, and never for one that is left out
 */
export function createDvcIgnore(read: (folder: string) => string | null): DvcIgnore {
  const rules = new Map<string, Ignore | null>();
  const folders = new Map<string, boolean>([['', false]]);

  const rulesOf = (folder: string): Ignore | null => {
    let found = rules.get(folder);
    if (found === undefined) {
      const lines = linesOf(read(folder) ?? '');
      found = lines.length === 0 ? null : ignore({ ignorecase: false }).add(lines);
      rules.set(folder, found);
    }
    return found;
  };

  /** By the rules of all folders above, the nearest last. */
  const leftOut = (path: string, directory: boolean): boolean => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (always.has(name) && (directory || name === '.git')) return true;
    let left = false;
    for (let start = 0; ; ) {
      const own = rulesOf(path.slice(0, Math.max(0, start - 1)));
      if (own !== null) {
        const below = path.slice(start);
        const { ignored, unignored } = own.test(directory ? `${below}/` : below);
        left = ignored || (left && !unignored);
      }
      const next = path.indexOf('/', start);
      if (next < 0) return left;
      start = next + 1;
    }
  };

  const folderLeftOut = (folder: string): boolean => {
    let left = folders.get(folder);
    if (left === undefined) {
      left = folderLeftOut(parentOf(folder)) || leftOut(folder, true);
      folders.set(folder, left);
    }
    return left;
  };

  return {
    ignores: (path, directory) =>
      directory ? folderLeftOut(path) : folderLeftOut(parentOf(path)) || leftOut(path, false),
  };
}

/** As DVC reads them: blanks at both ends mean nothing, however they are escaped. */
function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => [line, belowToo(line)]);
}

/**
 * In DVC, unlike in Git, the last rule that matches a path *or a folder above it* decides: `!name`
 * lets in all that is below as well, and of folders (`name/`) what is said holds for folders only.
 */
function belowToo(line: string): string {
  const not = line.startsWith('!') ? '!' : '';
  const directories = line.endsWith('/') ? '/' : '';
  const name = line.slice(not.length, line.length - directories.length);
  return `${not}${name.includes('/') ? '' : '**/'}${name}/**${directories}`;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
