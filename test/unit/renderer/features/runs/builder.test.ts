import { describe, expect, it } from 'vitest';
import { outlineFilter, parseFilter } from '../../../../../src-main/tracking/query/index.ts';
import {
  emptyRow,
  toFilter,
  toRows,
  writeValue,
} from '../../../../../src-renderer/features/runs/table/builder.ts';

describe('the filter builder', () => {
  it.each([
    'metrics.loss < 0.1',
    'params.opt = "adam" AND (a = 1 OR b = 2) OR status != FAILED',
    'adam AND NOT starred = true',
    'params.opt IN ("adam", "sgd") AND created > 7d ago',
    'metrics.acc BETWEEN 0.1 AND 0.9 AND params.`my key` IS NOT NULL',
    'name ILIKE "%net%"',
  ])('reads and writes %s', (filter) => {
    const written = toFilter(toRows(outlineFilter(filter)));
    const now = 1_790_000_000_000;
    expect(parseFilter(written, { now })).toEqual(parseFilter(filter, { now }));
  });

  it.each([
    ['=', 'adam', 'adam'],
    ['=', 'two words', '"two words"'],
    ['=', '"quoted"', '"quoted"'],
    ['=', 'and', '"and"'],
    ['=', 'a"b', '"a""b"'],
    ['>', '7d ago', '7d ago'],
    ['IN', 'adam, two words', '(adam, "two words")'],
    ['NOT IN', '("a")', '("a")'],
    ['BETWEEN', '1 and 5', '1 AND 5'],
    ['BETWEEN', '2026-11-01, 2026-11-21', '2026-11-01 AND 2026-11-21'],
    ['LIKE', 'net', '"%net%"'],
    ['ILIKE', 'res%', '"res%"'],
  ])('writes %s %s as %s', (operator, value, wanted) => {
    expect(writeValue(operator, value)).toBe(wanted);
    const row = { ...emptyRow, field: 'params.x', operator, value };
    expect(() => parseFilter(toFilter([row]))).not.toThrow();
  });

  it('leaves out what is not filled in', () => {
    expect(toFilter([emptyRow, { ...emptyRow, field: 'status' }])).toBe('');
    const missing = { ...emptyRow, join: 'or' as const, field: 'params.x', operator: 'IS NULL' };
    expect(toFilter([emptyRow, missing])).toBe('params.x IS NULL');
  });
});
