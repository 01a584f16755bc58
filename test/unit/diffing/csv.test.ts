import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CairnError } from '../../../src-main/base/errors.ts';
import { CsvParser, guessDelimiter } from '../../../src-main/diffing/table/csv-parser.ts';
import { canonicalText, canonicalValue } from '../../../src-main/diffing/table/source.ts';

function parse(text: string, delimiter = ',', piece = text.length || 1): string[][] {
  const parser = new CsvParser(delimiter, 'a.csv');
  const rows: string[][] = [];
  for (let at = 0; at < text.length; at += piece)
    rows.push(...parser.push(text.slice(at, at + piece)));
  return [...rows, ...parser.end()];
}

const cell = fc.string({
  unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é'),
  maxLength: 6,
});
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
const written = (rows: string[][], end: string): string =>
  rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join(end);

describe('comma-separated values', () => {
  test('are read as they were written, in pieces of any length, with any line end', () => {
    fc.assert(
      fc.property(
        table,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, piece, end) => {
          expect(parse(written(rows, end), ',', piece)).toEqual(rows);
        },
      ),
    );
  });

  test.each([
    [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r\n\r\n1,\r\n',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    ['a"b,c""d\n', [['a"b', 'c""d']]],
    ['""\n"x"y,z', [[''], ['xy', 'z']]],
    ['', []],
  ])('%j', (text, rows) => {
    expect(parse(text)).toEqual(rows);
    expect(parse(text, ',', 1)).toEqual(rows);
  });

  test('with a quote that does not end are refused', () => {
    expect(() => parse('a,"b\n1,2\n')).toThrow(CairnError);
    const parser = new CsvParser(',', 'a.csv');
    expect(() => {
      for (let i = 0; i < 50; i++) parser.push(`"${'x'.repeat(100_000)}`);
    }).toThrow(/quote may not be closed/);
  });

  test.each([
    ['a,b;c\n1,2;3\n', ','],
    ['a;b;c\n1;2,5;3\n', ';'],
    ['a\tb\n1\t2\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['"a;x",b\n"1;2;3",2\n', ','],
    ['one\ntwo\n', ','],
  ])('%j are divided by %j', (text, delimiter) => {
    expect(guessDelimiter(text, 'a.csv')).toBe(delimiter);
  });
});

describe('values', () => {
  test.each([
    ['1.0', '1'],
    ['1e3', '1000'],
    ['-0', '0'],
    ['.5', '0.5'],
    ['007', '007'],
    ['NaN', null],
    ['', null],
    ['None', null],
    ['none', 'none'],
    ['12345678901234567890', '12345678901234567890'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['1e999', '1e999'],
  ])('%j is %j', (text, value) => {
    expect(canonicalText(text)).toBe(value);
  });

  test('that are numbers come out as JavaScript writes them', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 1, max: 15 }),
        (value, digits) => {
          const rounded = Number(value.toPrecision(digits));
          expect(canonicalText(String(rounded))).toBe(String(rounded === 0 ? 0 : rounded));
          expect(canonicalText(rounded.toExponential())).toBe(String(rounded === 0 ? 0 : rounded));
        },
      ),
    );
  });

  test('of typed files are written as those of texts', () => {
    expect(canonicalValue(1)).toBe(canonicalText('1.0'));
    expect(canonicalValue(12n)).toBe('12');
    expect(canonicalValue(Number.NaN)).toBeNull();
    expect(canonicalValue(new Date(Date.UTC(2026, 0, 2)))).toBe('2026-01-02');
    expect(canonicalValue([1n, 'a'])).toBe('["1","a"]');
    expect(canonicalValue(Uint8Array.of(1, 255))).toBe('0x01ff');
  });
});
