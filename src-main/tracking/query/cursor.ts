/** A place in the tokens of a text, and what is asked there. */
import { bestSummary, findSummary, readField } from './fields.ts';
import { type Token, tokenize } from './lexer.ts';
import { filterError } from './problem.ts';
import type { Field, ReadOptions } from './types.ts';

export class Cursor {
  readonly text: string;
  readonly options: ReadOptions;
  readonly #tokens: Token[];
  #at = 0;

  constructor(text: string, options: ReadOptions) {
    this.text = text;
    this.options = options;
    this.#tokens = tokenize(text);
  }

  /** The token that is next, or one further on; behind the last there is only the end. */
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** How many tokens were taken, and those from there on. */
  get taken(): number {
    return this.#at;
  }

  since(taken: number): readonly Token[] {
    return this.#tokens.slice(taken, this.#at);
  }

  /** The token before the next one, or null at the beginning. */
  previous(): Token | null {
    return this.#tokens[this.#at - 1] ?? null;
  }

  /** Whether the token is this keyword, in any case; in quotes it never is. */
  isKeyword(token: Token, keyword: string): boolean {
    return token.kind === 'word' && token.text.toUpperCase() === keyword;
  }

  isSymbol(token: Token, symbol: string): boolean {
    return token.kind === 'symbol' && token.text === symbol;
  }

  error(token: Token, sentence: string): Error {
    return filterError(this.text, token.from, sentence);
  }

  /** The token as it was written, cut to a length that fits into a sentence. */
  shown(token: Token): string {
    return this.text.slice(token.from, token.to).slice(0, 60);
  }

  /** Whether min(…), max(…) and the like come next. */
  atSummary(): boolean {
    const token = this.peek();
    return (
      token.kind === 'word' && findSummary(token.text) !== null && this.isSymbol(this.peek(1), '(')
    );
  }

  /**
   * Reads `metrics.loss`, `min(metrics.loss)`, `status`.
   * @throws CairnError `invalid`
   */
  field(): Field {
    if (!this.atSummary()) return readField(this.text, this.next());
    const name = this.next();
    this.next();
    const inner = this.next();
    const field = readField(this.text, inner);
    if (field.kind !== 'metric') {
      throw this.error(inner, `${name.text}(…) is of a metric: ${name.text}(metrics.loss).`);
    }
    const close = this.next();
    if (!this.isSymbol(close, ')')) throw this.error(close, 'A “)” is missing here.');
    const summary = findSummary(name.text) ?? 'last';
    return { ...field, summary: summary === 'best' ? bestSummary(field.key) : summary };
  }
}
