import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLines, isBinary } from '../../../../src-main/api/diff/text.ts';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 });

/** Length of the longest common subsequence, the plain way. */
function common(a: string[], b: string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      table[i]![j] =
        a[i - 1] === b[j - 1]
          ? table[i - 1]![j - 1]! + 1
          : Math.max(table[i - 1]![j]!, table[i]![j - 1]!);
  return table[a.length]![b.length]!;
}

describe('counting lines', () => {
  it('finds the fewest lines added and removed', () => {
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const text = (all: string[]) => all.map((line) => `${line}\n`).join('');
        const same = common(a, b);
        expect(countLines(text(a), text(b), 1000)).toEqual({
          added: b.length - same,
          removed: a.length - same,
        });
      }),
    );
  });

  it('counts as Git does at the end of a file', () => {
    expect(countLines('a\nb', 'a\nb\n', 1000)).toEqual({ added: 1, removed: 1 });
    expect(countLines('', 'a\nb', 1000)).toEqual({ added: 2, removed: 0 });
    expect(countLines('a\r\n', 'a\n', 1000)).toEqual({ added: 1, removed: 1 });
  });

  it('stays quick where everything differs', () => {
    const text = (from: number) =>
      Array.from({ length: 50_000 }, (_, index) => `line ${(index + from) * 7919}\n`).join('');
    const started = performance.now();
    expect(countLines(text(0), text(100_000), 50)).toEqual({ added: 50_000, removed: 50_000 });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('tells binary files as Git does', () => {
    expect(isBinary(Buffer.from('text\n'))).toBe(false);
    expect(isBinary(Buffer.from([1, 0, 2]))).toBe(true);
    expect(isBinary(Buffer.concat([Buffer.alloc(8000, 'x'), Buffer.from([0])]))).toBe(false);
  });
});
