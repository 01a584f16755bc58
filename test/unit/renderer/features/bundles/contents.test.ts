import { describe, expect, it } from 'vitest';
import {
  groupItems,
  itemsOf,
  totalsOf,
} from '../../../../../src-renderer/features/bundles/contents.ts';
import { appendLog } from '../../../../../src-renderer/features/bundles/log-tail.ts';
import { countVerdicts } from '../../../../../src-renderer/features/bundles/words.ts';

const file = (path: string, size: number | null, tracked: string | null = null) => ({
  path,
  size,
  role: tracked === null ? ('code' as const) : ('output' as const),
  available: true,
  tracked,
});

const items = itemsOf([
  file('project/train.py', 100),
  file('outputs/build/a.csv', 10, 'build'),
  file('outputs/build/b.csv', 20, 'build'),
  file('outputs/model.npz', 5, 'model.npz'),
  { path: 'data/lost.bin', size: 1000, role: 'input', available: false, tracked: null },
]);

describe('itemsOf', () => {
  it('makes one item of the files of a tracked directory', () => {
    expect(items.map(({ path, files, bytes }) => [path, files, bytes])).toEqual([
      ['project/train.py', 1, 100],
      ['build', 2, 30],
      ['model.npz', 1, 5],
      ['data/lost.bin', 1, 1000],
    ]);
  });

  it('lets only tracked data be left out', () => {
    expect(items.filter((item) => item.optional).map((item) => item.path)).toEqual([
      'build',
      'model.npz',
    ]);
  });

  it('does not take unknown sizes for nothing', () => {
    const [item] = itemsOf([file('a', null, 'd'), file('b', null, 'd')]);
    expect(item).toMatchObject({ files: 2, bytes: null });
  });
});

it('groups by role, what can be left out first', () => {
  expect(groupItems(items).map(({ role, files, bytes }) => [role, files, bytes])).toEqual([
    ['output', 3, 35],
    ['input', 1, 1000],
    ['code', 1, 100],
  ]);
});

describe('totalsOf', () => {
  it('counts what is not there as left out from the start', () => {
    expect(totalsOf(items, new Set())).toEqual({
      files: 4,
      bytes: 135,
      omitted: 1,
      omittedBytes: 1000,
    });
  });

  it('takes away what is left out, and nothing that cannot be', () => {
    expect(totalsOf(items, new Set(['build', 'project/train.py']))).toEqual({
      files: 2,
      bytes: 105,
      omitted: 3,
      omittedBytes: 1030,
    });
  });
});

describe('appendLog', () => {
  const esc = String.fromCharCode(27);

  it('leaves out terminal escapes', () => {
    expect(appendLog('', `${esc}[31mred${esc}[0m ${esc}]0;title${String.fromCharCode(7)}ok`)).toBe(
      'red ok',
    );
  });

  it('keeps only what a progress bar wrote last', () => {
    expect(appendLog('start\n', '10 %\r20 %\r30 %')).toBe('start\n30 %');
    expect(appendLog('start\n30 %\r', '40 %\n')).toBe('start\n40 %\n');
    expect(appendLog('a', '\r\nb\r\n')).toBe('a\nb\n');
  });

  it('forgets the beginning, at a line end, when it grows too long', () => {
    const line = `${'x'.repeat(99)}\n`;
    const text = appendLog(line.repeat(3000), line.repeat(3000));
    expect(text.length).toBeLessThanOrEqual(400_000);
    expect(text.startsWith('x'.repeat(99))).toBe(true);
    expect(text.endsWith(line)).toBe(true);
  });
});

it('counts verdicts from best to worst', () => {
  const outputs = (['missing', 'identical', 'identical'] as const).map((verdict) => ({ verdict }));
  expect(countVerdicts(outputs)).toEqual([
    { verdict: 'identical', count: 2 },
    { verdict: 'missing', count: 1 },
  ]);
});
