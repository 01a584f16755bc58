/**
 * The part of Python's literals that NPY headers are written in: one dict with string keys, whose
 * values are strings, True, False, None, whole numbers, tuples and lists. Nothing is evaluated.
 */

export type PythonValue = string | number | boolean | null | PythonValue[];

const maxDepth = 32;

const tokenPattern =
  /[ \t\r\n]*(?:([{}()[\]:,])|(\d{1,20})L?(?![\w.])|(True|False|None)(?!\w)|[ub]?(?:'([^'\\\n]*)'|"([^"\\\n]*)"))/y;

interface Token {
  readonly mark: string | null;
  readonly value: string | number | boolean | null;
}

/**
 * Parses `{'key': value, …}` surrounded by white space.
 * @param broken throws what the caller wants thrown for a malformed text
 */
export function parsePythonDict(
  text: string,
  broken: (problem: string) => never,
): Map<string, PythonValue> {
  const tokens = tokenise(text, broken);
  let at = 0;
  const skip = (mark: string): boolean => {
    if (tokens[at]?.mark !== mark) return false;
    at++;
    return true;
  };
  const expect = (mark: string): void => {
    if (!skip(mark)) broken(`${mark} was expected in its header`);
  };
  const value = (depth: number): PythonValue => {
    if (depth > maxDepth) broken('its header is nested too deeply');
    if (skip('(')) return sequence(')', depth);
    if (skip('[')) return sequence(']', depth);
    const token = tokens[at++];
    if (!token || token.mark !== null) return broken('a value was expected in its header');
    return token.value;
  };
  const sequence = (close: string, depth: number): PythonValue[] => {
    const items: PythonValue[] = [];
    while (!skip(close)) {
      items.push(value(depth + 1));
      if (skip(',')) continue;
      // `(3)` is a number in parentheses, not a tuple.
      if (close === ')' && items.length === 1) broken('a tuple of one item needs a comma');
      expect(close);
      break;
    }
    return items;
  };

  const fields = new Map<string, PythonValue>();
  expect('{');
  while (!skip('}')) {
    const key = value(0);
    if (typeof key !== 'string') return broken('the keys of its header must be strings');
    if (fields.has(key)) broken(`the key ${JSON.stringify(key)} occurs twice in its header`);
    expect(':');
    fields.set(key, value(0));
    if (skip(',')) continue;
    expect('}');
    break;
  }
  if (at < tokens.length) broken('something follows the end of its header');
  return fields;
}

function tokenise(text: string, broken: (problem: string) => never): Token[] {
  const tokens: Token[] = [];
  const body = text.trimEnd();
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < body.length) {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(body);
    if (!match) return broken(`character ${at} of its header cannot be read`);
    const [, mark, digits, word, single, double] = match;
    if (mark !== undefined) tokens.push({ mark, value: null });
    else if (digits !== undefined) {
      const number = Number(digits);
      if (!Number.isSafeInteger(number)) broken('a number in its header is larger than any file');
      tokens.push({ mark: null, value: number });
    } else if (word !== undefined) {
      tokens.push({ mark: null, value: word === 'None' ? null : word === 'True' });
    } else tokens.push({ mark: null, value: single ?? double ?? '' });
  }
  return tokens;
}
