/** A filter as comparisons beside each other, each as it was written. */
import { Cursor } from './cursor.ts';
import type { Token } from './lexer.ts';
import { parseFilter } from './parser.ts';

export interface FilterPart {
  /** What joins it to the part before; of the first it means nothing. */
  readonly join: 'and' | 'or';
  readonly text: string;
  /** Null where it is no single comparison: words, NOT, parentheses. */
  readonly comparison: { field: string; operator: string; value: string } | null;
}

/**
 * Takes a filter apart at its outermost ANDs and ORs. Joined again in this order it says the same.
 * @throws CairnError `invalid` as {@link parseFilter}
 */
export function outlineFilter(text: string): FilterPart[] {
  const parts: { join: 'and' | 'or'; tokens: Token[] }[] = [];
  parseFilter(text, {
    onPart: (tokens, join) => parts.push({ join, tokens: [...tokens] }),
  });
  return parts.map(({ join, tokens }) => {
    const written = slice(text, tokens);
    return { join, text: written, comparison: readComparison(written) };
  });
}

function slice(text: string, tokens: readonly Token[]): string {
  const [first] = tokens;
  const last = tokens.at(-1);
  return first === undefined || last === undefined ? '' : text.slice(first.from, last.to);
}

/** The field, the operator and the rest of a part; null where it has no such three. */
function readComparison(text: string): FilterPart['comparison'] {
  const cursor = new Cursor(text, {});
  const fieldEnd = skipField(cursor);
  if (fieldEnd === null) return null;
  const first = cursor.next();
  let operator = first;
  if (cursor.isKeyword(first, 'NOT')) operator = cursor.next();
  else if (cursor.isKeyword(first, 'IS')) {
    operator = cursor.next();
    if (cursor.isKeyword(operator, 'NOT')) operator = cursor.next();
  }
  const isOperator =
    (first.kind === 'symbol' && !['(', ')', ','].includes(first.text)) ||
    ['NULL', 'IN', 'LIKE', 'ILIKE', 'BETWEEN'].some((word) => cursor.isKeyword(operator, word));
  if (!isOperator) return null;
  const written = text.slice(first.from, operator.to);
  return {
    field: text.slice(0, fieldEnd),
    operator: first.kind === 'symbol' ? written : written.toUpperCase().replace(/\s+/g, ' '),
    value: text.slice(operator.to).trim(),
  };
}

/** Where the field ends that a part begins with, or null when it begins with none. */
function skipField(cursor: Cursor): number | null {
  if (cursor.atSummary()) {
    for (let count = 0; count < 3; count++) cursor.next();
    return cursor.next().to;
  }
  const token = cursor.next();
  const isNot = cursor.isKeyword(token, 'NOT');
  return (token.kind === 'word' || token.kind === 'path') && !isNot ? token.to : null;
}
