/** Python literals: texts, numbers, True, False, None, lists, tuples, sets, dicts. Nothing is run. */
import { YamlFloat } from '../formats/yaml-values.ts';
import { numberOf, pythonText } from './values.ts';

const maxDepth = 64;

const token =
  /\s*(?:([{}()[\]:,])|([+-]?(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*)?\.?\d[\d_]*\.?(?:[eE][+-]?\d+)?))(?![\w.])|(True|False|None)\b|([rRuUbB]{0,2})("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'))/y;

interface Token {
  readonly mark?: string;
  readonly value?: unknown;
  readonly text?: boolean;
}

/** The value of a literal, or undefined when the source is anything else. */
export function readPythonLiteral(source: string): { readonly value: unknown } | undefined {
  const tokens = tokenise(source);
  if (tokens === null) return undefined;
  const reader = new Reader(tokens);
  try {
    const value = reader.value(0);
    return reader.atEnd ? { value } : undefined;
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

class NoLiteral extends Error {}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  value(depth: number): unknown {
    if (depth > maxDepth) throw new NoLiteral();
    const next = this.#tokens[this.#at++];
    if (next === undefined) throw new NoLiteral();
    if (next.mark === '[') return this.#items(']', depth).items;
    if (next.mark === '(') {
      const { items, comma } = this.#items(')', depth);
      return items.length === 1 && !comma ? items[0] : items;
    }
    if (next.mark === '{') return this.#braces(depth);
    if (next.mark !== undefined) throw new NoLiteral();
    if (next.text !== true) return next.value;
    // Texts beside each other are one.
    let text = next.value as string;
    while (this.#tokens[this.#at]?.text === true) text += this.#tokens[this.#at++]?.value as string;
    return text;
  }

  #items(close: string, depth: number): { items: unknown[]; comma: boolean } {
    const items: unknown[] = [];
    let comma = false;
    while (!this.#skip(close)) {
      items.push(this.value(depth + 1));
      if (this.#skip(',')) comma = true;
      else if (this.#tokens[this.#at]?.mark !== close) throw new NoLiteral();
    }
    return { items, comma };
  }

  /** A dict, or a set as a list. */
  #braces(depth: number): unknown {
    if (this.#skip('}')) return Object.create(null);
    const first = this.value(depth + 1);
    if (!this.#skip(':')) {
      if (this.#skip(',')) return [first, ...this.#items('}', depth).items];
      if (!this.#skip('}')) throw new NoLiteral();
      return [first];
    }
    const made: Record<string, unknown> = Object.create(null);
    made[keyText(first)] = this.value(depth + 1);
    while (!this.#skip('}')) {
      if (!this.#skip(',')) throw new NoLiteral();
      if (this.#skip('}')) break;
      const key = this.value(depth + 1);
      if (!this.#skip(':')) throw new NoLiteral();
      made[keyText(key)] = this.value(depth + 1);
    }
    return made;
  }

  #skip(mark: string): boolean {
    if (this.#tokens[this.#at]?.mark !== mark) return false;
    this.#at++;
    return true;
  }
}

function keyText(key: unknown): string {
  if (typeof key === 'string') return key;
  if (numberOf(key) === null && typeof key !== 'boolean' && key !== null) throw new NoLiteral();
  return pythonText(key);
}

function tokenise(source: string): Token[] | null {
  const tokens: Token[] = [];
  const text = source.trim();
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) return null;
    const [, mark, number, word, prefix, quoted] = match;
    if (mark !== undefined) tokens.push({ mark });
    else if (number !== undefined) tokens.push({ value: toNumber(number) });
    else if (word !== undefined) {
      tokens.push({ value: word === 'None' ? null : word === 'True' });
    } else tokens.push({ text: true, value: unquote(quoted ?? '', /r/i.test(prefix ?? '')) });
  }
  return tokens;
}

function toNumber(source: string): unknown {
  const text = source.replaceAll('_', '');
  const digits = text.replace(/^[+-]/, '');
  if (!/^0[xob]/i.test(digits) && /[.eE]/.test(digits)) return new YamlFloat(Number(text), text);
  const big = BigInt(digits) * (text.startsWith('-') ? -1n : 1n);
  const small = Number(big);
  return Number.isSafeInteger(small) ? small : big;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\u000b',
  '\n': '',
};

function unquote(quoted: string, raw: boolean): string {
  const width = /^("""|''')/.test(quoted) ? 3 : 1;
  const inner = quoted.slice(width, -width);
  if (raw) return inner;
  return inner.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/g,
    (all, two?: string, four?: string, eight?: string, char?: string) => {
      const code = two ?? four ?? eight;
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
      return escapes[char ?? ''] ?? (/["'\\]/.test(char ?? '') ? (char as string) : all);
    },
  );
}
