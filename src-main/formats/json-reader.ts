/**
 * A pull reader of JSON for headers that must not be ambiguous. `JSON.parse` keeps the last of two
 * equal keys and rounds integers above 2^53; this one refuses both, builds nothing that was not
 * asked for, and never recurses.
 */

const numberPattern = /-?(?:(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|Infinity)|NaN/y;

const literals: ReadonlyArray<readonly [string, boolean | null]> = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/** Throws; `at` is a character offset into the text. */
export type JsonFail = (problem: string, at: number) => never;

export class JsonReader {
  readonly #text: string;
  readonly #fail: JsonFail;
  #at = 0;

  constructor(text: string, fail: JsonFail) {
    this.#text = text;
    this.#fail = fail;
  }

  /** Reads `{…}`; `member` is called behind each colon and must read the value. */
  object(member: (key: string) => void): void {
    this.#expect('{');
    if (this.#skip('}')) return;
    const keys = new Set<string>();
    do {
      const at = this.#at;
      const key = this.string();
      if (keys.has(key)) this.#fail(`the key ${JSON.stringify(key)} occurs twice`, at);
      keys.add(key);
      this.#expect(':');
      member(key);
    } while (this.#skip(','));
    this.#expect('}');
  }

  /** Reads `[…]`; `item` must read one value. */
  array(item: () => void): void {
    this.#expect('[');
    if (this.#skip(']')) return;
    do item();
    while (this.#skip(','));
    this.#expect(']');
  }

  string(): string {
    this.#expect('"');
    const start = this.#at;
    let escaped = false;
    for (; ; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x22) break;
      if (code === 0x5c) {
        escaped = true;
        this.#at++;
      } else if (!(code >= 0x20)) {
        this.#fail('a string is not closed or holds a control character', this.#at);
      }
    }
    const raw = this.#text.slice(start, this.#at++);
    if (!escaped) return raw;
    try {
      return String(JSON.parse(`"${raw}"`));
    } catch {
      return this.#fail('a string holds an unknown escape', start);
    }
  }

  /** A whole number from 0 to 2^53 − 1: sizes and offsets of a file cannot be larger. */
  size(): number {
    this.#blank();
    const start = this.#at;
    let value = 0;
    for (; ; this.#at++) {
      const digit = this.#text.charCodeAt(this.#at) - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
      if (!Number.isSafeInteger(value)) this.#fail('a number is larger than any file', start);
    }
    if (this.#at === start) this.#fail('a whole number was expected', start);
    if (this.#at > start + 1 && this.#text[start] === '0') {
      this.#fail('a number starts with a zero', start);
    }
    return value;
  }

  /** The first character of the value that comes next; empty at the end. */
  peek(): string {
    this.#blank();
    return this.#text[this.#at] ?? '';
  }

  /** Any number, as the nearest double; also NaN and Infinity, which some writers leave in. */
  number(): number {
    this.#blank();
    numberPattern.lastIndex = this.#at;
    const written = numberPattern.exec(this.#text)?.[0];
    if (written === undefined) return this.#fail('a number was expected', this.#at);
    this.#at += written.length;
    return Number(written);
  }

  /** `true`, `false` or `null`. */
  literal(): boolean | null {
    this.#blank();
    for (const [word, value] of literals) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    return this.#fail('a value was expected', this.#at);
  }

  /** Nothing but white space may follow. */
  end(): void {
    this.#blank();
    if (this.#at < this.#text.length) this.#fail('something follows the end', this.#at);
  }

  /** For complaints about a value that was just read. */
  fail(problem: string): never {
    return this.#fail(problem, this.#at);
  }

  #blank(): void {
    for (; ; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  #skip(character: string): boolean {
    this.#blank();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #expect(character: string): void {
    if (!this.#skip(character)) this.#fail(`${character} was expected`, this.#at);
  }
}
