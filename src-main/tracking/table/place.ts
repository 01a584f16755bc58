/** Where somebody is in a filter that is not written to its end: what may come next. */
import { CairnError } from '../../base/errors.ts';
import { findAttribute } from '../query/attributes.ts';
import { findSummary } from '../query/fields.ts';
import { type Token, tokenize } from '../query/lexer.ts';

export interface Place {
  readonly wants: 'field' | 'metric' | 'operator' | 'value' | 'null' | 'and' | 'joiner' | 'nothing';
  /** What stands there already, and where: it is replaced by what is chosen. */
  readonly typed: string;
  readonly from: number;
  readonly to: number;
  /** The field that an operator or a value belongs to, as it was written. */
  readonly field: string;
}

type State = Place['wants'] | 'list' | 'low' | 'open';

/** @param at where the cursor is; what stands behind it is not looked at */
export function placeIn(filter: string, at: number): Place {
  const tokens = tokensBefore(filter, at);
  if (tokens === null) return { wants: 'nothing', typed: '', from: at, to: at, field: '' };
  const last = tokens.at(-1);
  const touching = last !== undefined && last.to >= at && !isBracket(last) ? last : null;
  const walker = new Walker(filter);
  for (const token of touching === null ? tokens : tokens.slice(0, -1)) walker.take(token);
  const from = touching?.from ?? at;
  const typed = filter.slice(from, at);
  return { wants: walker.wants(touching), typed, from, to: at, field: walker.field };
}

/** A quote that is not closed yet is closed at the cursor; null where that does not help. */
function tokensBefore(filter: string, at: number): Token[] | null {
  const text = filter.slice(0, at);
  for (const end of ['', '"', "'", '`']) {
    try {
      return tokenize(text + end).slice(0, -1);
    } catch (error) {
      if (!(error instanceof CairnError)) throw error;
    }
  }
  return null;
}

function isBracket(token: Token): boolean {
  return token.kind === 'symbol' && ['(', ')', ','].includes(token.text);
}

/** Goes over the tokens as the parser would, without minding what is wrong. */
class Walker {
  readonly #filter: string;
  #state: State = 'field';
  field = '';

  constructor(filter: string) {
    this.#filter = filter;
  }

  /** What may stand where the tokens end, or in place of the one that is being typed. */
  wants(touching: Token | null): Place['wants'] {
    // A comparison that is being typed may become another: `<` to `<=`.
    switch (this.#state) {
      case 'list':
      case 'low':
        return 'value';
      case 'open':
        return 'nothing';
      case 'operator':
        return touching === null || touching.kind === 'symbol' || isFieldText(this.field)
          ? 'operator'
          : 'joiner';
      default:
        return this.#state;
    }
  }

  take(token: Token): void {
    const word = token.kind === 'word' ? token.text.toUpperCase() : '';
    switch (this.#state) {
      case 'field':
      case 'joiner':
        this.#takeField(token, word);
        return;
      case 'metric':
        if (token.text === ')') this.#state = 'operator';
        else if (token.text !== '(') this.field += this.#written(token);
        if (token.text === ')') this.field += ')';
        return;
      case 'operator':
        this.#takeOperator(token, word);
        return;
      case 'open':
        this.#state = token.text === '(' ? 'list' : 'joiner';
        return;
      case 'list':
        if (token.text === ')' && token.kind === 'symbol') this.#state = 'joiner';
        return;
      case 'null':
        if (word === 'NULL') this.#state = 'joiner';
        return;
      case 'low':
        this.#state = 'and';
        return;
      case 'and':
        this.#state = 'value';
        return;
      default:
        // Times may be of two words, `7d ago`: the second is taken for a word of its own.
        this.#state = 'joiner';
    }
  }

  #takeField(token: Token, word: string): void {
    if (token.kind === 'symbol') {
      this.#state = token.text === ')' ? 'joiner' : 'field';
      return;
    }
    if (word === 'AND' || word === 'OR' || word === 'NOT') {
      this.#state = 'field';
      return;
    }
    this.field = this.#written(token);
    const opens = this.#filter.slice(token.to).trimStart().startsWith('(');
    if (word !== '' && opens && findSummary(word) !== null) {
      this.field += '(';
      this.#state = 'metric';
    } else this.#state = 'operator';
  }

  #takeOperator(token: Token, word: string): void {
    if (token.kind === 'symbol') {
      if (token.text === '(' || token.text === ',') this.#state = 'field';
      else this.#state = token.text === ')' ? 'joiner' : 'value';
      return;
    }
    switch (word) {
      case 'NOT':
        return;
      case 'LIKE':
      case 'ILIKE':
        this.#state = 'value';
        return;
      case 'IN':
        this.#state = 'open';
        return;
      case 'BETWEEN':
        this.#state = 'low';
        return;
      case 'IS':
        this.#state = 'null';
        return;
      default:
        // What stood before was a word to look for.
        this.#takeField(token, word);
    }
  }

  #written(token: Token): string {
    return this.#filter.slice(token.from, token.to);
  }
}

function isFieldText(text: string): boolean {
  return text.includes('.') || text.includes('(') || findAttribute(text) !== null;
}
