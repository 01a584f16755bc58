/** From the text of a filter to its tokens. */
import { filterError } from './problem.ts';

/**
 * `word` is anything bare: a keyword, a number, a field, a value. `quoted` is a string in single or
 * double quotes. `path` is a field with quotes or backticks in it: metrics.`val loss`.
 */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'path' | 'symbol' | 'end';
  /** Without its quotes; of a symbol, the symbol. */
  readonly text: string;
  /** Of a word or path: where the first dot outside of quotes is in `text`, or -1. */
  readonly dot: number;
  /** The token lies from here to before there. */
  readonly from: number;
  readonly to: number;
}

const comparators = ['==', '!=', '<>', '<=', '>=', '=', '<', '>'];
/** Longer than any filter that a person or a program has reason to write. */
const longestFilter = 100_000;

/** @throws CairnError `invalid` at a quote that is not closed */
export function tokenize(text: string): Token[] {
  if (text.length > longestFilter) {
    throw filterError(text, 0, `A filter has at most ${longestFilter} characters.`);
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const token = readSymbol(text, at) ?? readOperand(text, at);
    tokens.push(token);
    at = token.to;
  }
  tokens.push({ kind: 'end', text: '', dot: -1, from: text.length, to: text.length });
  return tokens;
}

function readSymbol(text: string, from: number): Token | null {
  const found =
    comparators.find((symbol) => text.startsWith(symbol, from)) ??
    ['(', ')', ','].find((symbol) => text.startsWith(symbol, from));
  if (found === undefined) return null;
  return { kind: 'symbol', text: found, dot: -1, from, to: from + found.length };
}

/** Bare and quoted pieces with nothing between them are one operand. */
function readOperand(text: string, from: number): Token {
  let at = from;
  let value = '';
  let dot = -1;
  /** The quote of each piece; '' of a bare one. */
  const quotes: string[] = [];
  while (at < text.length && !/[\s(),]/.test(text.charAt(at)) && readSymbol(text, at) === null) {
    const quote = /['"`]/.test(text.charAt(at)) ? text.charAt(at) : '';
    const piece = quote === '' ? readBare(text, at) : readQuoted(text, at);
    const firstDot = quote === '' ? piece.text.indexOf('.') : -1;
    if (dot === -1 && firstDot !== -1) dot = value.length + firstDot;
    quotes.push(quote);
    value += piece.text;
    at = piece.to;
  }
  const kind =
    quotes.length > 1 ? 'path' : quotes[0] === '' ? 'word' : quotes[0] === '`' ? 'path' : 'quoted';
  return { kind, text: value, dot, from, to: at };
}

function readBare(text: string, from: number): { text: string; to: number } {
  let to = from;
  while (to < text.length && !/[\s(),'"`]/.test(text.charAt(to)) && readSymbol(text, to) === null) {
    to += 1;
  }
  return { text: text.slice(from, to), to };
}

/** A quote inside is written twice, as in SQL. */
function readQuoted(text: string, from: number): { text: string; to: number } {
  const quote = text.charAt(from);
  let value = '';
  let at = from + 1;
  for (;;) {
    const end = text.indexOf(quote, at);
    if (end === -1) throw filterError(text, from, `The quote ${quote} is not closed.`);
    value += text.slice(at, end);
    if (text.charAt(end + 1) !== quote) return { text: value, to: end + 1 };
    value += quote;
    at = end + 2;
  }
}
