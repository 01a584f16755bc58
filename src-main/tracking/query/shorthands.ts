/** What is quicker to type than it is to write out: `lr = 0.01` for a key, `status:failed`. */
import { attributeOf, findAttribute } from './attributes.ts';
import { readTest } from './comparison.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './lexer.ts';
import type { Field, Filter, Test, Value } from './types.ts';

/**
 * A key without saying of what: a param, a tag, or a metric where the values are numbers.
 * @throws CairnError `invalid`
 */
export function readAnyKey(cursor: Cursor): Filter {
  const key = cursor.next().text;
  const test = readTest(cursor, { kind: 'param', key });
  const fields: Field[] = [
    { kind: 'param', key, orEnding: true },
    { kind: 'tag', key, orEnding: true },
  ];
  if (isOfNumbers(test)) fields.push({ kind: 'metric', key, summary: 'last', orEnding: true });
  // Missing is what none of them has.
  const all = test.kind === 'missing' && !test.not;
  return { kind: all ? 'and' : 'or', of: fields.map((field) => ({ kind: 'test', field, test })) };
}

function isOfNumbers(test: Test): boolean {
  const isNumber = (value: Value) => value.kind === 'number';
  switch (test.kind) {
    case 'compare':
      return isNumber(test.value);
    case 'in':
      return test.values.every(isNumber);
    case 'between':
      return isNumber(test.low) && isNumber(test.high);
    default:
      return test.kind === 'missing';
  }
}

/**
 * `status:failed`, `name:net`, `starred:yes`: a beginning of one of the values, or a part of a text.
 * @returns null where the word is no such thing
 */
export function readShorthand(token: Token): Filter | null {
  const [, word, wanted] = /^([A-Za-z_]+):(.+)$/s.exec(token.text) ?? [];
  const name = token.kind === 'word' ? findAttribute(word ?? '') : null;
  if (name === null || wanted === undefined) return null;
  const { type, values = [] } = attributeOf(name);
  const field: Field = { kind: 'attribute', name };
  if (type === 'one-of') {
    const meant = values.filter((value) => value.toLowerCase().startsWith(wanted.toLowerCase()));
    if (meant.length === 0) return null;
    const texts = meant.map((text) => ({ kind: 'text', text }) as const);
    return { kind: 'test', field, test: { kind: 'in', not: false, values: texts } };
  }
  if (type === 'yes-no' && /^(yes|true|1|no|false|0)$/i.test(wanted)) {
    const value = { kind: 'number', number: /^(yes|true|1)$/i.test(wanted) ? 1 : 0 } as const;
    return { kind: 'test', field, test: { kind: 'compare', comparator: '=', value } };
  }
  if (type !== 'text') return null;
  if (name === 'experiment' && /^\d{1,9}$/.test(wanted)) {
    const value = { kind: 'number', number: Number(wanted) } as const;
    const number: Field = { kind: 'attribute', name: 'experiment_number' };
    return { kind: 'test', field: number, test: { kind: 'compare', comparator: '=', value } };
  }
  const pattern = `%${wanted}%`;
  return { kind: 'test', field, test: { kind: 'like', anyCase: true, not: false, pattern } };
}
