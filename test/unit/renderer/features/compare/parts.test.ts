import { describe, expect, it } from 'vitest';
import type { DataChange } from '../../../../../src-main/contract/diff.ts';
import {
  type DirectoryState,
  flattenData,
  rowKeyOf,
} from '../../../../../src-renderer/features/compare/data-rows.ts';
import {
  countDifferences,
  readPlace,
  writePlace,
} from '../../../../../src-renderer/features/compare/parts.ts';
import { fakeDiffSummary, fakeSide } from '../../../../support/fake-compare.ts';

describe('the address of a comparison', () => {
  it('is read back as it was written', () => {
    const place = {
      left: '02.6',
      right: 'feature/x',
      more: ['02.7,02.8'],
      tab: 'code',
      all: true,
      file: 'src/a b.py',
      other: 'src/c.py',
      as: 'text',
    } as const;
    expect(readPlace(writePlace(place))).toEqual(place);
  });

  it('opens at the params, and under its other name at the code', () => {
    const route = { parts: ['a', 'b'], query: {} };
    expect(readPlace({ view: 'compare', ...route }).tab).toBe('params');
    expect(readPlace({ view: 'diff', ...route }).tab).toBe('code');
  });

  it('takes an unknown tab for none', () => {
    const place = readPlace({ view: 'compare', parts: [], query: { tab: 'nonsense' } });
    expect(place).toMatchObject({ left: null, right: null, tab: 'params', all: false });
  });
});

it('counts what differs, not what is there', () => {
  const side = fakeSide('workspace', {});
  const counts = countDifferences(fakeDiffSummary(side, side));
  expect(counts).toEqual({ params: 4, metrics: 6, code: 5, data: 3, environment: 6, models: 1 });
});

describe('flattenData', () => {
  const directory: DataChange = {
    path: 'data/images',
    change: 'modified',
    left: null,
    right: null,
    kind: 'directory',
  };
  const filter = { text: '', onlyDifferences: true };
  const read: DirectoryState = {
    status: 'read',
    directory: {
      added: 1,
      removed: 0,
      modified: 1,
      same: 7,
      note: null,
      entries: [
        { path: 'a.png', change: 'added', left: null, right: 'h1' },
        { path: 'b.png', change: 'modified', left: 'h2', right: 'h3' },
      ],
    },
  };
  const rows = (open: string[], state: DirectoryState | null, text = '') =>
    flattenData(
      [directory],
      new Set(open),
      new Map(state === null ? [] : [[directory.path, state]]),
      { ...filter, text },
    );

  it('shows only the directory while it is folded', () => {
    expect(rows([], read)).toHaveLength(1);
  });

  it('puts totals and files below it when unfolded', () => {
    const shown = rows(['data/images'], read);
    expect(shown.map(rowKeyOf)).toEqual([
      'tracked data/images',
      'message data/images totals',
      'entry data/images/a.png',
      'entry data/images/b.png',
    ]);
  });

  it('narrows the files, unless the directory itself is what was searched for', () => {
    expect(rows(['data/images'], read, 'b.png').map(rowKeyOf)).toContain('entry data/images/b.png');
    expect(rows(['data/images'], read, 'b.png')).toHaveLength(3);
    expect(rows(['data/images'], read, 'images')).toHaveLength(4);
  });

  it('says that it reads, and what went wrong', () => {
    expect(rows(['data/images'], null)[1]).toMatchObject({ message: { kind: 'loading' } });
    const failed = rows(['data/images'], { status: 'failed', message: 'gone' });
    expect(failed[1]).toMatchObject({ message: { kind: 'error', text: 'gone' } });
  });
});
