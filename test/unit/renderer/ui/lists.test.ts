import { describe, expect, it } from 'vitest';
import { parseLabel, runStyle, runStyles } from '../../../../src-renderer/ui/run-style.ts';
import { compareValues } from '../../../../src-renderer/ui/sort.ts';
import { sparkPath } from '../../../../src-renderer/ui/spark-path.ts';

describe('sorting', () => {
  it('puts numbers by size, names as people do, NaN and nothing last', () => {
    const sorted = ['run 10', null, 3, Number.NaN, 'run 2', -1, undefined].sort(compareValues);
    // Array.prototype.sort keeps undefined last by itself.
    expect(sorted).toEqual([-1, 3, Number.NaN, 'run 2', 'run 10', null, undefined]);
  });
});

describe('run colours', () => {
  it('differ between neighbours and stay with a run', () => {
    const run = (number: number) => runStyle({ experimentNumber: 2, number });
    for (let number = 1; number < 40; number++) {
      expect(run(number).color).not.toBe(run(number + 1).color);
    }
    expect(run(9).color).toBe(run(1).color);
    expect(run(9).marker).not.toBe(run(1).marker);
  });

  it('are told apart by pattern when they meet', () => {
    const [first, second, third] = runStyles([
      { experimentNumber: 1, number: 1 },
      { experimentNumber: 1, number: 9 },
      { experimentNumber: 1, number: 2 },
    ]);
    expect(first?.color).toBe(second?.color);
    expect(first?.dash).toBe('solid');
    expect(second?.dash).not.toBe('solid');
    expect(third?.dash).toBe('solid');
    expect(first?.marker).toBeUndefined();
  });

  it('are joined by patterns, then by shapes, where very many curves lie over each other', () => {
    const styles = runStyles(
      Array.from({ length: 200 }, (_, i) => ({ experimentNumber: 1, number: i + 1 })),
    );
    expect(new Set(styles.map((style) => JSON.stringify(style))).size).toBe(200);
    expect(styles.slice(0, 40).every(({ marker }) => marker === undefined)).toBe(true);
  });

  it('come from labels', () => {
    expect(parseLabel('#02.7')).toEqual({ experimentNumber: 2, number: 7 });
    expect(parseLabel('workspace')).toBeNull();
  });
});

describe('sparklines', () => {
  it('break at missing values and end in a dot', () => {
    const { line, last } = sparkPath([0, 1, null, 3], 64, 16);
    expect(line.match(/M/g)).toHaveLength(2);
    expect(last).toEqual({ x: 62, y: 2 });
  });

  it('are nothing for less than two values, and flat for equal ones', () => {
    expect(sparkPath([1], 64, 16).line).toBe('');
    expect(sparkPath([Number.NaN, 2], 64, 16).line).toBe('');
    expect(sparkPath([2, 2], 64, 16).line).toBe('M2 8L62 8');
  });
});
