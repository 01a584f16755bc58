/** The value a field is compared with: which kinds a field takes, and how a token is read as one. */
import { attributeOf } from './attributes.ts';
import { fieldName } from './fields.ts';
import type { Token } from './lexer.ts';
import { filterError } from './problem.ts';
import type { Field, ReadOptions, Value } from './types.ts';
import { readDuration, readNumber, readSize, readTime } from './values.ts';

export type FieldType =
  | 'text'
  | 'text-or-number'
  | 'number'
  | 'time'
  | 'duration'
  | 'size'
  | 'yes-no'
  | 'one-of';

export function typeOf(field: Field): FieldType {
  switch (field.kind) {
    case 'metric':
      return 'number';
    case 'param':
    case 'tag':
      return 'text-or-number';
    case 'dataset':
      return 'text';
    case 'attribute':
      return attributeOf(field.name).type;
  }
}

/**
 * Reads one value for a field.
 * @throws CairnError `invalid` when the field does not take such a value
 */
export function readValue(text: string, field: Field, token: Token, options: ReadOptions): Value {
  const wrong = (wanted: string) =>
    filterError(text, token.from, `${fieldName(field)} is compared with ${wanted}.`);
  if (token.kind !== 'word' && token.kind !== 'quoted') throw wrong('a value');
  switch (typeOf(field)) {
    case 'number':
      if (field.kind === 'metric' && isNaNWord(token))
        return { kind: 'number', number: Number.NaN };
      return number(bare(token, readNumber)) ?? raise(wrong('a number without quotes: 0.5, 1e-3'));
    case 'duration':
      return (
        number(bare(token, readNumber) ?? readDuration(token.text)) ??
        raise(wrong('a duration: 90s, 10m, 1h30m, 2d, or milliseconds'))
      );
    case 'size':
      return (
        number(bare(token, readNumber) ?? readSize(token.text)) ??
        raise(wrong('a size: 500MB, 2GiB, or bytes'))
      );
    case 'time':
      return (
        time(token, options.now ?? Date.now()) ??
        raise(wrong('a time: 2026-11-21, "2026-11-21 10:30", today, 7d ago, or epoch milliseconds'))
      );
    case 'yes-no':
      return number(readYesNo(token.text)) ?? raise(wrong('true or false'));
    case 'one-of':
      return oneOf(field, token, options) ?? raise(wrong(`one of ${choices(field).join(', ')}`));
    case 'text-or-number': {
      return (
        number(bare(token, readNumber)) ??
        asText(token, options) ??
        raise(wrong('a text in quotes or a number'))
      );
    }
    case 'text':
      return asText(token, options) ?? raise(wrong('a text in quotes'));
  }
}

function isNaNWord(token: Token): boolean {
  return Number.isNaN(bare(token, readNumber) ?? 0);
}

function raise(error: Error): never {
  throw error;
}

function number(value: number | null): { kind: 'number'; number: number } | null {
  return value === null || Number.isNaN(value) ? null : { kind: 'number', number: value };
}

function bare<T>(token: Token, read: (text: string) => T | null): T | null {
  return token.kind === 'word' ? read(token.text) : null;
}

function asText(token: Token, options: ReadOptions): Value | null {
  if (token.kind === 'word' && options.dialect === 'mlflow') return null;
  return { kind: 'text', text: token.text };
}

function oneOf(field: Field, token: Token, options: ReadOptions): Value | null {
  if (token.kind === 'quoted') return { kind: 'text', text: token.text };
  if (options.dialect === 'mlflow') return null;
  const found = choices(field).find((value) => value.toLowerCase() === token.text.toLowerCase());
  return found === undefined ? null : { kind: 'text', text: found };
}

function choices(field: Field): readonly string[] {
  return field.kind === 'attribute' ? (attributeOf(field.name).values ?? []) : [];
}

function time(token: Token, now: number): Value | null {
  const at = bare(token, readNumber);
  // MLflow's clients send 1.7e12 as well as 1700000000000, and mean one instant.
  if (at !== null) return Number.isNaN(at) ? null : { kind: 'number', number: at };
  const found = readTime(token.text, now);
  return found === null ? null : { kind: 'time', ...found };
}

function readYesNo(text: string): number | null {
  if (/^(true|yes|1)$/i.test(text)) return 1;
  return /^(false|no|0)$/i.test(text) ? 0 : null;
}
