import { describe, expect, it } from 'vitest';
import { tabSeparated, visibleRows } from '../../../../../src-renderer/features/compare/rows.ts';
import { grammarOf } from '../../../../../src-renderer/ui/code/language.ts';

describe('visibleRows', () => {
  const rows = [
    { key: 'train.lr', left: '0.01', right: '0.003' },
    { key: 'train.depth', left: '3', right: '3' },
  ];
  const of = {
    text: (row: (typeof rows)[number]) => `${row.key} ${row.left} ${row.right}`,
    differs: (row: (typeof rows)[number]) => row.left !== row.right,
  };

  it('hides what is the same when only differences are wanted', () => {
    expect(visibleRows(rows, { text: '', onlyDifferences: true }, of)).toEqual([rows[0]]);
    expect(visibleRows(rows, { text: '', onlyDifferences: false }, of)).toEqual(rows);
  });

  it('wants every word, in any order and case', () => {
    const find = (text: string) => visibleRows(rows, { text, onlyDifferences: false }, of);
    expect(find(' 0.003  TRAIN ')).toEqual([rows[0]]);
    expect(find('lr depth')).toEqual([]);
  });
});

it('puts rows on the clipboard so that cells stay cells', () => {
  expect(
    tabSeparated([
      ['key', 'a'],
      ['x\ty\n', null],
      ['n', 0.1],
    ]),
  ).toBe('key\ta\nx y \t\nn\t0.1');
});

it.each([
  ['src/train.py', 'python'],
  ['dvc.lock', 'yaml'],
  ['data/raw.csv.dvc', 'yaml'],
  ['a.b/params.YAML', 'yaml'],
  ['01-look.ipynb', 'json'],
  ['README.md', 'markdown'],
  ['Makefile', 'plain'],
  ['.py/Makefile', 'plain'],
])('%s is coloured as %s', (path, grammar) => {
  expect(grammarOf(path)).toBe(grammar);
});
