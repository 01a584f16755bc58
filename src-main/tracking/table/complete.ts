/** What could be written at a place of a filter: fields, operators, values that runs have. */
import { CairnError } from '../../base/errors.ts';
import { readAllKeys } from '../../store/run-keys.ts';
import { countAttribute, countParam, countTag } from '../../store/run-values.ts';
import type { Store } from '../../store/store.ts';
import { attributeOf, attributes } from '../query/attributes.ts';
import { tagColumn } from '../query/columns.ts';
import { parseField, writeField } from '../query/field-text.ts';
import { registerFunctions } from '../query/functions.ts';
import { typeOf } from '../query/operands.ts';
import type { Field } from '../query/types.ts';
import { type Place, placeIn } from './place.ts';

export interface Completion {
  readonly text: string;
  readonly kind: 'field' | 'operator' | 'value' | 'keyword';
  /** Of values: how many runs have it. */
  readonly runs: number | null;
}

const most = 60;

export function completeFilter(
  store: Store,
  filter: string,
  at: number,
): { from: number; to: number; items: Completion[] } {
  const place = placeIn(filter, Math.min(at, filter.length));
  const items = suggest(store, place);
  return { from: place.from, to: place.to, items };
}

function suggest(store: Store, place: Place): Completion[] {
  switch (place.wants) {
    case 'field':
      return [...fields(store, place.typed), ...keywords(place.typed, ['NOT'])].slice(0, most);
    case 'metric':
      return fields(store, place.typed).filter(({ text }) => text.startsWith('metrics.'));
    case 'operator':
      return operators(place);
    case 'value':
      return values(store, place);
    case 'null':
      return keywords(place.typed, ['NULL', 'NOT NULL']);
    case 'and':
      return keywords(place.typed, ['AND']);
    case 'joiner':
      return [
        ...keywords(place.typed, ['AND', 'OR']),
        ...(place.typed === '' ? [] : fields(store, place.typed)),
      ].slice(0, most);
    case 'nothing':
      return [];
  }
}

/** Those that people know by another name than MLflow's. */
const shownAs: Readonly<Record<string, string>> = {
  run_id: 'id',
  run_name: 'name',
  user_id: 'user',
  start_time: 'created',
  end_time: 'ended',
};

function fields(store: Store, typed: string): Completion[] {
  const asked = typed.toLowerCase().replace(/^[`"']/, '');
  const own = Object.keys(attributes).map((name) => shownAs[name] ?? name);
  const keys = readAllKeys(store).map(({ kind, key, file }) =>
    writeField(kind, file === '' ? key : `${file}:${key}`),
  );
  const ranked = [...own, ...keys].flatMap((text) => {
    const rank = rankOf(text.toLowerCase(), asked);
    return rank === null ? [] : [{ text, rank }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || (a.text < b.text ? -1 : 1))
    .slice(0, most)
    .map(({ text }) => ({ text, kind: 'field', runs: null }));
}

/** How well a name fits what was typed: as a whole, the key of it, a part of the key, anywhere. */
function rankOf(name: string, asked: string): number | null {
  if (name.startsWith(asked)) return 0;
  const key = name.slice(name.indexOf('.') + 1).replace('`', '');
  if (key.startsWith(asked)) return 1;
  if (new RegExp(`[./_\\-: ]${literally(asked)}`).test(key)) return 2;
  return key.includes(asked) ? 3 : null;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

const comparisons = ['=', '!=', '<', '<=', '>', '>='];
const ofTexts = ['LIKE', 'ILIKE', 'NOT LIKE', 'NOT ILIKE'];
const ofAll = ['IN (', 'NOT IN (', 'BETWEEN', 'NOT BETWEEN', 'IS NULL', 'IS NOT NULL'];

function operators({ typed, field }: Place): Completion[] {
  const found = read(field);
  const type = found === null ? 'text-or-number' : typeOf(found);
  const isChoice = type === 'yes-no' || type === 'one-of';
  const all = [
    ...(isChoice ? ['=', '!='] : comparisons),
    ...(type === 'text' || type === 'text-or-number' ? ofTexts : []),
    ...(isChoice ? ofAll.filter((one) => !one.includes('BETWEEN')) : ofAll),
  ];
  return startingWith(all, typed).map((text) => ({ text, kind: 'operator', runs: null }));
}

function keywords(typed: string, words: readonly string[]): Completion[] {
  return startingWith(words, typed).map((text) => ({ text, kind: 'keyword', runs: null }));
}

function startingWith(words: readonly string[], typed: string): string[] {
  return words.filter((word) => word.toLowerCase().startsWith(typed.toLowerCase()));
}

const examples: Partial<Record<ReturnType<typeof typeOf>, readonly string[]>> = {
  'yes-no': ['true', 'false'],
  time: ['today', 'yesterday', '1h ago', '7d ago', '30d ago'],
  duration: ['30s', '10m', '1h', '1d'],
  size: ['100MB', '1GB', '10GB'],
};

/** Ids and numbers are as many as there are runs. */
const uncounted = new Set(['run_id', 'label', 'number', 'artifact_uri', 'age', 'parent']);

function values(store: Store, { typed, field }: Place): Completion[] {
  registerFunctions(store);
  const found = read(field);
  if (found === null) return [];
  const asked = typed.toLowerCase().replace(/^["']/, '').replace(/["']$/, '');
  const type = typeOf(found);
  const given =
    found.kind === 'attribute' ? (attributeOf(found.name).values ?? examples[type]) : null;
  if (given !== null && given !== undefined) {
    return startingWith(given, asked).map((text) => ({ text, kind: 'value', runs: null }));
  }
  return countsOf(store, found, asked).map(([value, runs]) => ({
    text: writeValue(value, type === 'text-or-number'),
    kind: 'value',
    runs,
  }));
}

function countsOf(store: Store, field: Field, asked: string): [string, number][] {
  switch (field.kind) {
    case 'param': {
      const colon = field.key.indexOf(':');
      const key = colon === -1 ? field.key : field.key.slice(colon + 1);
      return countParam(store, key, asked, most);
    }
    case 'tag': {
      const column = tagColumn(field.key);
      if (column === null) return countTag(store, field.key, asked, most);
      return countAttribute(store, `r.${column}`, asked, most);
    }
    case 'attribute': {
      const { type, sql } = attributeOf(field.name);
      if (type !== 'text' || uncounted.has(field.name)) return [];
      return countAttribute(store, sql, asked, most);
    }
    default:
      return [];
  }
}

/** A value that is read again as the same: bare where it is a plain word or, of a param, a number. */
function writeValue(value: string, numbers: boolean): string {
  const isNumber = /^[+-]?\d/.test(value);
  const isWord = /^[\p{L}\p{N}_][\p{L}\p{N}_.+-]*$/u.test(value) && !/^(and|or|not)$/i.test(value);
  if (isNumber ? numbers && /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(value) : isWord) return value;
  return `"${value.replaceAll('"', '""')}"`;
}

/** The field as it stands there; null while it is none. */
function read(text: string): Field | null {
  try {
    return parseField(text);
  } catch (error) {
    if (error instanceof CairnError) return text === '' ? null : anyKey(text);
    throw error;
  }
}

/** A key without saying of what is compared like a param. */
function anyKey(text: string): Field | null {
  return text.includes('(') ? null : { kind: 'param', key: text };
}
