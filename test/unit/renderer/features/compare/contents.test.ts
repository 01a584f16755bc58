import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listed, wholeTree } from '../../../../../src-renderer/features/compare/code/tree.ts';
import {
  colourLines,
  markPieces,
} from '../../../../../src-renderer/features/compare/content/colour.ts';
import {
  foldRows,
  lineRows,
} from '../../../../../src-renderer/features/compare/content/line-diff.ts';
import {
  readFilesPlace,
  readSource,
  writeFilesPlace,
  writeSource,
} from '../../../../../src-renderer/features/compare/content/sources.ts';
import { to } from '../../../../../src-renderer/state/route.ts';
import { movedBlocks } from '../../../../../src-renderer/ui/text-diff/moved.ts';

const text = fc
  .array(fc.constantFrom('', 'x = 1', 'x = 2', 'for a in b:', '    pass'), { maxLength: 12 })
  .map((lines) => lines.join('\n'));

describe('two texts line by line', () => {
  it('have every line of both sides once, in order', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        const rows = lineRows(left, right);
        const side = (of: 'left' | 'right') => rows.flatMap((row) => row[of]?.text ?? []);
        // The end of the last line is no line, where both sides have it.
        const ended = [left, right].every((one) => one === '' || one.endsWith('\n'));
        const whole = (one: string) => (ended ? one.replace(/\n$/, '') : one);
        expect(side('left').join('\n')).toBe(whole(left));
        expect(side('right').join('\n')).toBe(whole(right));
        for (const row of rows) {
          expect(row.changed).toBe(row.left === null || row.left.text !== row.right?.text);
        }
      }),
    );
  });

  it('end without an empty line, unless one side alone ends its last line', () => {
    expect(lineRows('a\nb\n', 'a\nc\n')).toHaveLength(2);
    expect(lineRows('a\r\n', '')).toHaveLength(1);
    expect(lineRows('a\n', 'a').map(({ changed }) => changed)).toEqual([false, true]);
  });

  it('mark the words that changed', () => {
    const [row] = lineRows('lr = 0.1 # slow', 'lr = 0.3 # slow');
    expect(row?.left?.ranges.map(([from, to]) => 'lr = 0.1 # slow'.slice(from, to))).toEqual(['1']);
  });

  it('are folded away from changes, and nothing is lost', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
    const rows = lineRows(lines.join('\n'), lines.with(20, 'other').join('\n'));
    const stretches = foldRows(rows);
    expect(stretches.map(({ kind, rows }) => [kind, rows.length])).toEqual([
      ['fold', 17],
      ['rows', 7],
      ['fold', 16],
    ]);
  });

  it('keep their text when they are coloured and marked', () => {
    fc.assert(
      fc.property(text, fc.nat(8), fc.nat(8), (source, from, length) => {
        const lines = colourLines(source, 'python');
        expect(lines.map((tokens) => tokens.map(({ text }) => text).join('')).join('\n')).toBe(
          source,
        );
        for (const tokens of lines) {
          const pieces = markPieces(tokens, [[from, from + length]]);
          const joined = pieces.map((piece) => piece.text).join('');
          expect(joined).toBe(tokens.map((token) => token.text).join(''));
          const marked = pieces.filter((piece) => piece.changed).map((piece) => piece.text);
          expect(marked.join('')).toBe(joined.slice(from, from + length));
        }
      }),
    );
  });
});

describe('moved blocks', () => {
  const block = [
    'def evaluate(model, data):',
    '    scores = model.score(data)',
    '    return scores.mean()',
  ];
  const rest = ['import os', 'import sys'];

  it('are found with their places, whatever their indentation', () => {
    const left = [...block, ...rest];
    const right = [...rest, ...block.map((line) => `    ${line}`)];
    const moved = movedBlocks(left, right, [{ from: 1, to: 4 }], [{ from: 3, to: 6 }]);
    expect(moved).toEqual([{ left: { from: 1, to: 4 }, right: { from: 3, to: 6 } }]);
  });

  it('are more than a few brackets', () => {
    const left = ['}', '', '}', ')', ...rest];
    expect(movedBlocks(left, left, [{ from: 1, to: 5 }], [{ from: 1, to: 5 }])).toEqual([]);
  });

  it('are not found twice where they were taken away once', () => {
    const right = [...block, ...rest, ...block];
    const added = [
      { from: 1, to: 4 },
      { from: 6, to: 9 },
    ];
    expect(movedBlocks(block, right, [{ from: 1, to: 4 }], added)).toHaveLength(1);
  });
});

describe('the whole tree', () => {
  const change = (path: string, change: 'modified' | 'same') => {
    return { path, from: null, change, binary: false, added: 0, removed: 0 } as const;
  };

  it('has the files that differ among those that do not', () => {
    const tree = wholeTree([change('b.py', 'modified')], ['a.py', 'b.py', 'c.py']);
    expect(tree).toEqual([
      change('a.py', 'same'),
      change('b.py', 'modified'),
      change('c.py', 'same'),
    ]);
  });

  it('of very many files lists all that differ', () => {
    const paths = Array.from({ length: 5000 }, (_, index) => `a${index}`);
    const files = listed(wholeTree([change('z.py', 'modified')], paths));
    expect(files.at(-1)?.path).toBe('z.py');
    expect(files).toHaveLength(2001);
  });
});

describe('the address of two files', () => {
  it('is read back as it was written, also for a file in a bundle', () => {
    const place = { left: '/a b/run.zip!/data/x.csv', right: 'C:\\x~y.csv', as: 'text' } as const;
    expect(readFilesPlace(writeFilesPlace(place))).toEqual(place);
    const source = readSource(place.left);
    expect(source).toEqual({ kind: 'bundle', bundle: '/a b/run.zip', path: 'data/x.csv' });
    expect(writeSource(source)).toBe(place.left);
  });

  it('is none of two sides', () => {
    expect(readFilesPlace(to('compare', ['02.6', '02.7']))).toBeNull();
    expect(readFilesPlace(to('compare'))).toBeNull();
    expect(readFilesPlace(writeFilesPlace({ left: '', right: '', as: null }))).not.toBeNull();
  });
});
