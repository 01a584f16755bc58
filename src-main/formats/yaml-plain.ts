/**
 * The part of YAML that programs write, read line by line: block maps and lists, plain and quoted
 * texts, lists of single values in brackets. Many times faster than the whole language, which
 * matters for a dvc.lock of thousands of stages. Whatever is not certainly of this part (anchors,
 * tags, block texts, odd keys, errors) is left to the whole parser. A test holds the two together.
 */
import { resolvePlain } from './yaml-scalars.ts';
import { isIndex } from './yaml-values.ts';

/** Thrown, and caught here, when the text needs the whole parser. */
class NotPlain extends Error {}

interface Line {
  readonly indent: number;
  readonly text: string;
}

/** @returns null when the text is more than plain, or no YAML at all */
export function parsePlainYaml(text: string): { readonly value: unknown } | null {
  // Tabs, lone carriage returns, other control characters and line ends; and the spaces that
  // JavaScript trims but YAML keeps.
  if (/\r(?!\n)|(?![\n\r])\p{Cc}|(?! )\p{Z}|\ufeff/u.test(text)) return null;
  try {
    return { value: new Reader(splitLines(text)).document() };
  } catch (error) {
    if (error instanceof NotPlain) return null;
    throw error;
  }
}

/** Lines with something on them; a blank line may mean something only where folding begins. */
function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  for (const raw of text.split('\n')) {
    if (raw.length > maxLine) throw new NotPlain();
    const line = raw.trimEnd();
    if (line === '') {
      lines.push(blank);
      continue;
    }
    const content = line.trimStart();
    if (content.startsWith('#')) lines.push(comment);
    else lines.push({ indent: line.length - content.length, text: content });
  }
  return lines;
}

const blank: Line = { indent: -1, text: '' };
const comment: Line = { indent: -1, text: '#' };
const maxDepth = 100;
/** The patterns below look at a line more than once. */
const maxLine = 2000;

class Reader {
  readonly #lines: Line[];
  #at = 0;
  #depth = 0;

  constructor(lines: Line[]) {
    this.#lines = lines;
  }

  document(): unknown {
    const first = this.#peek();
    if (first === undefined) return null;
    if (/^(?:---|\.\.\.|%)/.test(first.text) || first.indent !== 0) throw new NotPlain();
    const value = this.#block(first.indent);
    if (this.#peek() !== undefined) throw new NotPlain();
    return value;
  }

  /** The next line that is neither blank nor a comment. */
  #peek(): Line | undefined {
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at] as Line;
      if (line.indent >= 0) return line;
    }
    return undefined;
  }

  #block(indent: number): unknown {
    if (++this.#depth > maxDepth) throw new NotPlain();
    const line = this.#peek() as Line;
    const value = isItem(line.text) ? this.#list(indent) : this.#map(indent);
    this.#depth--;
    return value;
  }

  #list(indent: number): unknown[] {
    const items: unknown[] = [];
    for (;;) {
      const line = this.#peek();
      if (line === undefined || line.indent < indent) return items;
      if (line.indent > indent) throw new NotPlain();
      // A map that goes on behind a list not indented below its key.
      if (!isItem(line.text)) return items;
      if (line.text === '-') {
        this.#at++;
        items.push(this.#nested(indent, false));
        continue;
      }
      const content = line.text.slice(1).trimStart();
      if (isItem(content)) throw new NotPlain();
      const inner = indent + line.text.length - content.length;
      if (keyOf(content) === null) {
        this.#at++;
        items.push(this.#value(content, indent));
      } else {
        // The first key stands behind the dash; the others below it.
        this.#lines[this.#at] = { indent: inner, text: content };
        items.push(this.#block(inner));
      }
    }
  }

  #map(indent: number): Record<string, unknown> {
    const made: Record<string, unknown> = Object.create(null);
    for (;;) {
      const line = this.#peek();
      if (line === undefined || line.indent < indent) return made;
      if (line.indent > indent) throw new NotPlain();
      if (isItem(line.text)) {
        if (Object.keys(made).length === 0) throw new NotPlain();
        return made;
      }
      const found = keyOf(line.text);
      if (found === null || Object.hasOwn(made, found.key)) throw new NotPlain();
      this.#at++;
      made[found.key] =
        found.rest === '' ? this.#nested(indent, true) : this.#value(found.rest, indent);
    }
  }

  /** What stands on the lines below a key or a dash. */
  #nested(indent: number, ofKey: boolean): unknown {
    const next = this.#peek();
    if (next === undefined || next.indent < indent) return null;
    if (next.indent === indent) return ofKey && isItem(next.text) ? this.#list(indent) : null;
    if (!isItem(next.text) && keyOf(next.text) === null) throw new NotPlain();
    return this.#block(next.indent);
  }

  /** A single value that begins on this line; the line has been taken. */
  #value(source: string, indent: number): unknown {
    const first = source[0] as string;
    if (first === "'" || first === '"') return this.#quoted(source, first, indent);
    if (first === '[' || first === '{') {
      this.#endsHere(indent);
      return readFlow(withoutComment(source));
    }
    let text = plainText(source);
    if (text.length < source.length) {
      this.#endsHere(indent);
      return resolvePlain(text);
    }
    // A plain text may go on, further in, on the lines right below.
    for (;;) {
      const next = this.#lines[this.#at];
      if (next === undefined || next.indent <= indent) break;
      if (plainText(next.text, false).length < next.text.length) throw new NotPlain();
      text += ` ${next.text}`;
      this.#at++;
    }
    this.#endsHere(indent);
    return resolvePlain(text);
  }

  #quoted(source: string, mark: string, indent: number): string {
    let text = source;
    let close = closingQuote(text, mark);
    while (close < 0) {
      const next = this.#lines[this.#at++];
      // Escaped line ends, blank lines and what looks like a comment have rules of their own.
      if (next === undefined || next.indent <= indent || text.endsWith('\\')) {
        throw new NotPlain();
      }
      text += ` ${next.text}`;
      close = closingQuote(text, mark);
    }
    if (!/^(?: +#.*| *)$/.test(text.slice(close + 1))) throw new NotPlain();
    return unquote(text.slice(0, close + 1), mark);
  }

  /** Nothing that belongs to this value may follow. */
  #endsHere(indent: number): void {
    const next = this.#peek();
    if (next !== undefined && next.indent > indent) throw new NotPlain();
  }
}

function isItem(text: string): boolean {
  return text.startsWith('- ') || text === '-';
}

/** Words and paths; anything else that YAML takes for a key is left to the whole parser. */
const plainKey = /^(?!\.\.\.)([\w./][\w ./@+=~()$-]*?) *:(?: +(.*))?$/;
const quotedKey = /^('(?:[^']|'')*'|"[^"\\]*") *:(?: +(.*))?$/;

function keyOf(text: string): { key: string; rest: string } | null {
  const plain = plainKey.exec(text);
  if (plain !== null) {
    const key = plain[1] as string;
    // Keys that are no texts keep their type, which is the whole parser's work.
    if (resolvePlain(key) !== key) throw new NotPlain();
    return { key, rest: restOf(plain[2]) };
  }
  const quoted = quotedKey.exec(text);
  if (quoted === null) {
    if (/:(?: |$)/.test(text) && !/^["'[{]/.test(text)) throw new NotPlain();
    if (/^["'].*:(?: |$)/.test(text)) throw new NotPlain();
    return null;
  }
  const source = quoted[1] as string;
  const key = unquote(source, source[0] as string);
  // An object would put such a key before the others.
  if (isIndex(key)) throw new NotPlain();
  return { key, rest: restOf(quoted[2]) };
}

function restOf(rest: string | undefined): string {
  const text = rest ?? '';
  return text.startsWith('#') ? '' : text;
}

/** A plain text without the comment behind it. */
function plainText(source: string, begins = true): string {
  if (begins && /^[&*!|>%@`"'#,[\]{}?]|^[-:](?: |$)/.test(source)) throw new NotPlain();
  const text = withoutComment(source);
  if (/:(?: |$)/.test(text)) throw new NotPlain();
  return text;
}

function withoutComment(source: string): string {
  const at = source.indexOf(' #');
  return at < 0 ? source : source.slice(0, at).trimEnd();
}

/** `[a, 'b', 1.5]`, `[]`, `{}`. */
function readFlow(source: string): unknown {
  if (source === '[]') return [];
  if (source === '{}') return Object.create(null);
  if (!/^\[.*\]$/.test(source)) throw new NotPlain();
  const items: unknown[] = [];
  let rest = source.slice(1, -1).trim();
  while (rest !== '') {
    const match =
      /^(?:('(?:[^']|'')*')|("[^"\\]*")|([^'"[\]{},:#&*!|>%@`?][^[\]{},:#]*?)) *(?:,|$)/.exec(rest);
    if (match === null) throw new NotPlain();
    const [all, single, double, plain] = match;
    if (single !== undefined) items.push(unquote(single, "'"));
    else if (double !== undefined) items.push(unquote(double, '"'));
    else if (/^-(?: |$)/.test(plain as string)) throw new NotPlain();
    else items.push(resolvePlain(plain as string));
    rest = rest.slice(all.length).trimStart();
  }
  return items;
}

/** Index of the quote that ends the text which begins with one, or -1. */
function closingQuote(text: string, mark: string): number {
  for (let at = 1; at < text.length; at++) {
    if (mark === '"' && text[at] === '\\') at++;
    else if (text[at] === mark) {
      if (mark === '"' || text[at + 1] !== "'") return at;
      at++;
    }
  }
  return -1;
}

function unquote(source: string, mark: string): string {
  const inner = source.slice(1, -1);
  if (mark === "'") return inner.replaceAll("''", "'");
  if (!inner.includes('\\')) return inner;
  // The escapes that JSON has mean the same there.
  const simple = /^(?:[^\\]|\\(?:["\\/bfnrt]|u(?![dD][89a-fA-F])[\da-fA-F]{4}))*$/;
  if (!simple.test(inner)) throw new NotPlain();
  return JSON.parse(source) as string;
}
