import { expect, it } from 'vitest';
import { looksLikeTable, readJsonTable } from '../../../../src-main/api/files/json-table.ts';
import { describeStart } from '../../../../src-main/api/files/kinds.ts';

/** As `mlflow.log_table` wrote it. */
const logged = '{"columns":["prompt","score"],"data":[["你好",0.1],["<img src=x>",null]]}';

it('reads what log_table writes', () => {
  expect(readJsonTable(logged, 'eval/table.json')).toEqual({
    columns: ['prompt', 'score'],
    rows: [
      ['你好', '0.1'],
      ['<img src=x>', null],
    ],
  });
});

it('shows it as a table first, and other JSON as what it was', () => {
  const kinds = (text: string) =>
    describeStart(Buffer.from(text), text.length, 'table.json').kinds[0];
  expect(kinds(logged)).toBe('table');
  expect(kinds('{"columns": 3, "data": []}')).toBe('settings');
  expect(kinds('{"data":[{"x":[1]}],"layout":{}}')).toBe('figure');
  expect(looksLikeTable('[{"columns":[],"data":[]}]')).toBe(false);
});

it('fills up rows that are short, and writes what is no text as JSON', () => {
  const text = '{"columns":[["a","b"],2],"data":[[{"type":"image"}],[true,[1,2],"more"]]}';
  expect(readJsonTable(text, 'x.json')).toEqual({
    columns: ['["a","b"]', '2'],
    rows: [
      ['{"type":"image"}', null],
      ['true', '[1,2]'],
    ],
  });
});

it.each(['{', '3', 'null', '{"columns":[]}', '{"columns":["a"],"data":[1]}'])(
  'refuses %s',
  (text) => {
    expect(() => readJsonTable(text, 'x.json')).toThrow('x.json is not');
  },
);
