/** Reads a filter: MLflow's grammar, and OR, NOT, parentheses, BETWEEN, IN for everything, words. */

import { readTest } from './comparison.ts';
import { Cursor } from './cursor.ts';
import { looksLikeField } from './fields.ts';
import type { Token } from './lexer.ts';
import { readAnyKey, readShorthand } from './shorthands.ts';
import type { Filter, ReadOptions } from './types.ts';

/** What looks at a filter recurses over it. */
const deepest = 100;
const mostTests = 1000;

/**
 * Reads a filter. `a b` is `a AND b`; AND binds tighter than OR; keywords are in any case.
 * @throws CairnError `invalid`, its place the offending word
 */
export function parseFilter(text: string, options: ReadOptions = {}): Filter {
  return new FilterParser(new Cursor(text, options)).filter();
}

class FilterParser {
  readonly #cursor: Cursor;
  #depth = 0;
  #tests = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  filter(): Filter {
    this.#skipStrayAnds();
    if (this.#cursor.peek().kind === 'end') return { kind: 'every' };
    const found = this.#or();
    const rest = this.#cursor.peek();
    if (rest.kind === 'end') return found;
    throw this.#cursor.error(rest, `“${this.#cursor.shown(rest)}” has nothing to close here.`);
  }

  #or(): Filter {
    const of = [this.#and('and')];
    while (this.#atKeyword('OR')) {
      this.#cursor.next();
      of.push(this.#and('or'));
    }
    return of.length === 1 ? (of[0] as Filter) : { kind: 'or', of };
  }

  #and(join: 'and' | 'or'): Filter {
    const of = [this.#part(join)];
    for (;;) {
      const stray = this.#skipStrayAnds();
      if (!stray && this.#atKeyword('AND')) this.#cursor.next();
      else if (this.#atEnd()) break;
      of.push(this.#part('and'));
    }
    return of.length === 1 ? (of[0] as Filter) : { kind: 'and', of };
  }

  #atEnd(): boolean {
    const token = this.#cursor.peek();
    return token.kind === 'end' || this.#cursor.isSymbol(token, ')') || this.#atKeyword('OR');
  }

  /** MLflow looks for comparisons and never at the ANDs between them. */
  #skipStrayAnds(): boolean {
    if (this.#cursor.options.dialect !== 'mlflow') return false;
    let found = false;
    while (this.#atKeyword('AND')) {
      this.#cursor.next();
      found = true;
    }
    return found;
  }

  #part(join: 'and' | 'or'): Filter {
    const { taken } = this.#cursor;
    const found = this.#not();
    if (this.#depth === 0) this.#cursor.options.onPart?.(this.#cursor.since(taken), join);
    return found;
  }

  #not(): Filter {
    let negated = false;
    while (this.#atKeyword('NOT')) {
      this.#cursor.next();
      negated = !negated;
    }
    const found = this.#primary();
    return negated ? { kind: 'not', of: found } : found;
  }

  #primary(): Filter {
    const cursor = this.#cursor;
    const token = cursor.peek();
    if (cursor.isSymbol(token, '(')) return this.#group();
    if (this.#atEnd() || token.kind === 'symbol' || this.#atKeyword('AND')) {
      throw this.#missing(token);
    }
    this.#tests += 1;
    if (this.#tests > mostTests) {
      throw cursor.error(token, `A filter has at most ${mostTests} comparisons.`);
    }
    if (!cursor.atSummary()) {
      if (!this.#beginsComparison(token)) return this.#words();
      if (this.#isAnyKey(token)) return readAnyKey(cursor);
    }
    const field = cursor.field();
    return { kind: 'test', field, test: readTest(cursor, field) };
  }

  #missing(token: Token): Error {
    const before = this.#cursor.previous();
    return this.#cursor.error(
      token,
      before === null || this.#cursor.isSymbol(before, '(')
        ? 'A comparison is missing here, such as metrics.loss < 0.5.'
        : `Something is missing after “${this.#cursor.shown(before)}”.`,
    );
  }

  #group(): Filter {
    const open = this.#cursor.next();
    this.#depth += 1;
    if (this.#depth > deepest) {
      throw this.#cursor.error(open, `Parentheses are nested over ${deepest} deep.`);
    }
    const found = this.#or();
    this.#depth -= 1;
    if (!this.#cursor.isSymbol(this.#cursor.peek(), ')')) {
      throw this.#cursor.error(open, 'This parenthesis is not closed.');
    }
    this.#cursor.next();
    return found;
  }

  /** Otherwise it is a word to look for; `is`, `in` and `like` are words of English, too. */
  #beginsComparison(token: Token): boolean {
    const cursor = this.#cursor;
    const [second, third] = [cursor.peek(1), cursor.peek(2)];
    if (second.kind === 'symbol') return !['(', ')', ','].includes(second.text);
    if (token.kind === 'path') return true;
    const operator = cursor.isKeyword(second, 'NOT') ? third : second;
    const after = operator === second ? third : cursor.peek(3);
    const isKeyword = (keyword: string) => cursor.isKeyword(operator, keyword);
    if (isKeyword('IN')) return cursor.isSymbol(after, '(') || looksLikeField(token);
    if (isKeyword('LIKE') || isKeyword('ILIKE')) {
      return after.kind === 'quoted' || looksLikeField(token);
    }
    if (isKeyword('IS') && cursor.isKeyword(third, 'NULL')) return true;
    return ['IS', 'BETWEEN'].some(isKeyword) && looksLikeField(token);
  }

  #words(): Filter {
    const token = this.#cursor.next();
    const shown = this.#cursor.shown(token);
    if (this.#cursor.options.dialect === 'mlflow') {
      throw this.#cursor.error(
        token,
        `Invalid clause(s) in filter string: '${shown}'. Write comparisons, such as metrics.loss < 0.5.`,
      );
    }
    if (token.dot !== -1 && looksLikeField(token)) {
      throw this.#cursor.error(
        token,
        `Compare ${shown} with something, or write ${shown} IS NOT NULL.`,
      );
    }
    return (
      readShorthand(token) ?? { kind: 'words', words: token.text, phrase: token.kind === 'quoted' }
    );
  }

  /** MLflow takes a name without a prefix for an attribute, and knows which there are. */
  #isAnyKey(token: Token): boolean {
    return (
      this.#cursor.options.dialect !== 'mlflow' &&
      (token.kind === 'word' || token.kind === 'path') &&
      !looksLikeField(token)
    );
  }

  #atKeyword(keyword: string): boolean {
    return this.#cursor.isKeyword(this.#cursor.peek(), keyword);
  }
}
