/** A filter as rows to fill in, and back to its text. Pure. */
import type { Output } from '../../../client/index.ts';

export type Part = Output<'table.outline'>['parts'][number];

/** One row: a comparison, or a part that is only to be had as text. */
export interface BuilderRow {
  readonly join: 'and' | 'or';
  readonly field: string;
  readonly operator: string;
  readonly value: string;
  /** Not empty: words, NOT, parentheses, as they were written. */
  readonly text: string;
}

export const emptyRow: BuilderRow = { join: 'and', field: '', operator: '=', value: '', text: '' };

export const operators = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'LIKE',
  'ILIKE',
  'NOT LIKE',
  'IN',
  'NOT IN',
  'BETWEEN',
  'NOT BETWEEN',
  'IS NULL',
  'IS NOT NULL',
] as const;

export function toRows(parts: readonly Part[]): BuilderRow[] {
  return parts.map(({ join, text, comparison }) =>
    comparison === null
      ? { ...emptyRow, join, text }
      : { join, ...comparison, operator: plainOperator(comparison.operator), text: '' },
  );
}

/** Other ways to write the same. */
function plainOperator(operator: string): string {
  if (operator === '==') return '=';
  return operator === '<>' ? '!=' : operator;
}

/** The text of the rows; those that are not filled in are left out. */
export function toFilter(rows: readonly BuilderRow[]): string {
  let text = '';
  for (const row of rows) {
    const part = partOf(row);
    if (part === null) continue;
    text = text === '' ? part : `${text} ${row.join.toUpperCase()} ${part}`;
  }
  return text;
}

export function takesValue(operator: string): boolean {
  return !operator.endsWith('NULL');
}

function partOf({ field, operator, value, text }: BuilderRow): string | null {
  if (text.trim() !== '') return text.trim();
  if (field.trim() === '') return null;
  if (!takesValue(operator)) return `${field.trim()} ${operator}`;
  if (value.trim() === '') return null;
  return `${field.trim()} ${operator} ${writeValue(operator, value.trim())}`;
}

/** What somebody typed as a value, in quotes and brackets where the language wants them. */
export function writeValue(operator: string, value: string): string {
  if (operator.endsWith('IN')) {
    if (value.startsWith('(')) return value;
    return `(${value
      .split(',')
      .map((one) => quoted(one.trim()))
      .join(', ')})`;
  }
  if (operator.endsWith('BETWEEN')) {
    const ends = value.split(/\s+and\s+|\s*,\s*|\s*\.\.\s*/i);
    return ends.length === 2 ? `${quoted(ends[0] ?? '')} AND ${quoted(ends[1] ?? '')}` : value;
  }
  if (operator.endsWith('LIKE')) {
    if (isQuoted(value)) return value;
    return quote(/[%_]/.test(value) ? value : `%${value}%`);
  }
  // A time may be of two words: 7d ago.
  return /^\S+ ago$/i.test(value) ? value : quoted(value);
}

function quoted(value: string): string {
  if (isQuoted(value) || /^[^\s(),'"`=<>!]+$/.test(value)) {
    return /^(and|or|not)$/i.test(value) ? quote(value) : value;
  }
  return quote(value);
}

function isQuoted(value: string): boolean {
  return value.length > 1 && /^(?:"(?:[^"]|"")*"|'(?:[^']|'')*')$/.test(value);
}

function quote(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
