/** The reverse of {@link splitCommand}: a line that splits into these arguments. */
export function joinCommand(argv: readonly string[]): string {
  return argv
    .map((word) => {
      if (word !== '' && !/[\s"'\\]/.test(word)) return word;
      return `"${word.replaceAll(/["\\]/g, '\\$&')}"`;
    })
    .join(' ');
}

/**
 * Splits a command line into arguments: single and double quotes, and a backslash before a space,
 * a quote or itself. Other backslashes stay, so that Windows paths can be typed as they are.
 * Nothing is expanded. Null when a quotation mark is not closed.
 */
export function splitCommand(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  for (let i = 0; i < line.length; i++) {
    const character = line[i] as string;
    const next = line[i + 1];
    const escapes = quote === '"' ? /["\\]/ : /["'\\\s]/;
    if (character === '\\' && quote !== "'" && next !== undefined && escapes.test(next)) {
      word = (word ?? '') + next;
      i += 1;
    } else if (quote !== null) {
      if (character === quote) quote = null;
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (quote !== null) return null;
  if (word !== null) words.push(word);
  return words;
}
