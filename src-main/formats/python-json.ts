/** JSON as Python writes it: `NaN`, `Infinity` and `-Infinity` stand in it without quotes. */

/** The same text with these words in quotes, as other parsers take it. Words within strings stay. */
export function quoteSpecialNumbers(text: string): string {
  const pattern = /"|-?Infinity|NaN/g;
  const parts: string[] = [];
  let from = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[0] === '"') {
      pattern.lastIndex = endOfString(text, match.index);
      continue;
    }
    parts.push(text.slice(from, match.index), `"${match[0]}"`);
    from = pattern.lastIndex;
  }
  return from === 0 ? text : parts.join('') + text.slice(from);
}

/** @throws SyntaxError for what is not JSON, or not the whole of it */
export function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(quoteSpecialNumbers(text));
  }
}

/** A number, or one of the words that stand for one; null for anything else, booleans among it. */
export function specialNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (value === 'NaN') return Number.NaN;
  if (value === 'Infinity') return Number.POSITIVE_INFINITY;
  return value === '-Infinity' ? Number.NEGATIVE_INFINITY : null;
}

/** Behind the closing quote of the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    at = text.indexOf('"', at);
    if (at === -1) return text.length;
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
}
