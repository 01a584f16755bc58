/** `.gitignore` entries for outputs, as DVC writes them: `/name` in the file beside the output. */

/** Characters that a pattern would take for its own; a space only at the end. */
const special = /[\\!*?[\]#]| (?= *$)/g;

/** The line for an output of this name. */
export function gitignoreLine(name: string): string {
  return `/${name.replace(special, (char) => `\\${char}`)}`;
}

/** The text with a line for each name that has none yet; null when nothing is to be added. */
export function addToGitignore(text: string, names: readonly string[]): string | null {
  const present = new Set(text.split(/\r?\n/));
  const missing = names.map(gitignoreLine).filter((line) => !present.has(line));
  if (missing.length === 0) return null;
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${before}${[...new Set(missing)].join('\n')}\n`;
}
