/** What comes after a field: a comparator and a value, IN, LIKE, BETWEEN, IS NULL. */
import type { Cursor } from './cursor.ts';
import { fieldName } from './fields.ts';
import type { Token } from './lexer.ts';
import { readValue, typeOf } from './operands.ts';
import type { Comparator, Field, Test, Value } from './types.ts';
import { readDuration } from './values.ts';

const comparators: Readonly<Record<string, Comparator>> = {
  '=': '=',
  '==': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};
const mostValues = 10_000;
/** SQLite refuses longer ones. */
const longestPattern = 10_000;

/** @throws CairnError `invalid`, also where the field has no such comparison */
export function readTest(cursor: Cursor, field: Field): Test {
  const operator = cursor.next();
  if (operator.kind === 'symbol') return compare(cursor, field, operator);
  if (cursor.isKeyword(operator, 'IS')) return missing(cursor);
  const not = cursor.isKeyword(operator, 'NOT');
  const keyword = not ? cursor.next() : operator;
  if (cursor.isKeyword(keyword, 'IN')) return among(cursor, field, not);
  if (cursor.isKeyword(keyword, 'BETWEEN')) return between(cursor, field, not, keyword);
  if (cursor.isKeyword(keyword, 'LIKE')) return like(cursor, field, not, false, keyword);
  if (cursor.isKeyword(keyword, 'ILIKE')) return like(cursor, field, not, true, keyword);
  throw cursor.error(
    operator,
    `A comparison is expected after ${fieldName(field)}: =, !=, <, LIKE, ILIKE, IN, BETWEEN or IS NULL.`,
  );
}

function compare(cursor: Cursor, field: Field, operator: Token): Test {
  const comparator = Object.hasOwn(comparators, operator.text)
    ? comparators[operator.text]
    : undefined;
  if (comparator === undefined) {
    throw cursor.error(operator, `A comparison is expected instead of “${operator.text}”.`);
  }
  const type = typeOf(field);
  if ((type === 'yes-no' || type === 'one-of') && comparator !== '=' && comparator !== '!=') {
    throw cursor.error(operator, `${fieldName(field)} has no order; write = or !=.`);
  }
  const word = cursor.peek();
  const value = nextValue(cursor, field);
  if (isNaNValue(value) && comparator !== '=' && comparator !== '!=') {
    throw cursor.error(operator, 'NaN is neither more nor less than anything; write = or !=.');
  }
  if (
    typeOf(field) === 'text-or-number' &&
    /^(true|false)$/i.test(word.text) &&
    word.kind === 'word'
  ) {
    return asWritten(comparator, word) ?? { kind: 'compare', comparator, value };
  }
  return { kind: 'compare', comparator, value };
}

/** Python logs True, YAML has true. */
function asWritten(comparator: Comparator, word: Token): Test | null {
  if (comparator !== '=' && comparator !== '!=') return null;
  const lower = word.text.toLowerCase();
  const spellings = [lower, lower.charAt(0).toUpperCase() + lower.slice(1), lower.toUpperCase()];
  return {
    kind: 'in',
    not: comparator === '!=',
    values: spellings.map((text) => ({ kind: 'text', text })),
  };
}

function missing(cursor: Cursor): Test {
  const not = cursor.isKeyword(cursor.peek(), 'NOT');
  if (not) cursor.next();
  const word = cursor.next();
  if (!cursor.isKeyword(word, 'NULL')) {
    throw cursor.error(word, 'Write IS NULL or IS NOT NULL.');
  }
  return { kind: 'missing', not };
}

function among(cursor: Cursor, field: Field, not: boolean): Test {
  const open = cursor.next();
  if (!cursor.isSymbol(open, '(')) {
    throw cursor.error(open, 'A list in parentheses is expected after IN: ("a", "b").');
  }
  const values: Value[] = [];
  for (;;) {
    if (values.length === mostValues) {
      throw cursor.error(cursor.peek(), `A list has at most ${mostValues} values.`);
    }
    values.push(nextPlainValue(cursor, field));
    const separator = cursor.next();
    if (cursor.isSymbol(separator, ')')) return { kind: 'in', not, values };
    if (!cursor.isSymbol(separator, ',')) {
      throw cursor.error(separator, 'A comma or a closing parenthesis is expected here.');
    }
  }
}

function between(cursor: Cursor, field: Field, not: boolean, keyword: Token): Test {
  const type = typeOf(field);
  if (type === 'yes-no' || type === 'one-of') {
    throw cursor.error(keyword, `${fieldName(field)} has no order; write = or IN.`);
  }
  const low = nextPlainValue(cursor, field);
  const and = cursor.next();
  if (!cursor.isKeyword(and, 'AND')) {
    throw cursor.error(and, 'BETWEEN has two values: BETWEEN 1 AND 5.');
  }
  const place = cursor.peek();
  const high = nextPlainValue(cursor, field);
  if (low.kind === 'text' ? high.kind !== 'text' : high.kind === 'text') {
    throw cursor.error(place, 'The two values of BETWEEN must both be numbers, or both texts.');
  }
  return { kind: 'between', not, low, high };
}

function like(cursor: Cursor, field: Field, not: boolean, anyCase: boolean, keyword: Token): Test {
  const type = typeOf(field);
  if (type !== 'text' && type !== 'text-or-number' && type !== 'one-of') {
    throw cursor.error(
      keyword,
      `${fieldName(field)} is no text; compare it with =, <, > or BETWEEN.`,
    );
  }
  const pattern = cursor.next();
  if (pattern.kind !== 'quoted') {
    throw cursor.error(pattern, 'A pattern in quotes is expected: "resnet%".');
  }
  if (pattern.text.length > longestPattern) {
    throw cursor.error(pattern, `A pattern has at most ${longestPattern} characters.`);
  }
  return { kind: 'like', anyCase, not, pattern: pattern.text };
}

function nextPlainValue(cursor: Cursor, field: Field): Value {
  const place = cursor.peek();
  const value = nextValue(cursor, field);
  if (!isNaNValue(value)) return value;
  throw cursor.error(place, `NaN has a comparison of its own: ${fieldName(field)} = NaN.`);
}

function isNaNValue(value: Value): boolean {
  return value.kind === 'number' && Number.isNaN(value.number);
}

/** One value; of a time also `7d ago`, which is two words. */
function nextValue(cursor: Cursor, field: Field): Value {
  const token = cursor.next();
  if (token.kind === 'end') {
    throw cursor.error(token, `A value for ${fieldName(field)} is missing.`);
  }
  if (typeOf(field) === 'time' && cursor.isKeyword(cursor.peek(), 'AGO')) {
    const length = token.kind === 'word' ? readDuration(token.text) : null;
    if (length === null) {
      throw cursor.error(token, 'A duration is expected before “ago”: 90s, 10m, 2d.');
    }
    cursor.next();
    return { kind: 'number', number: (cursor.options.now ?? Date.now()) - length };
  }
  return readValue(cursor.text, field, token, cursor.options);
}
