import { expect, it } from 'vitest';
import type { CommitCell, TimelineCell } from '../../../../src-renderer/client/index.ts';
import { buildRows } from '../../../../src-renderer/features/timeline/rows.ts';

const day = 86_400_000;
const dayOf = (at: number): number => Math.floor(at / day) * day;

function commit(n: number, o: Partial<CommitCell> = {}): CommitCell {
  return {
    kind: 'commit',
    key: `commit ${n}`,
    at: 10 * day - n * 1000,
    oid: String(n).padStart(40, '0'),
    author: 'Ada',
    subject: `Commit ${n}`,
    body: '',
    refs: [],
    params: [],
    metrics: [],
    ...o,
  };
}

const note: TimelineCell = {
  kind: 'note',
  key: 'note',
  id: 'a'.repeat(32),
  at: 10 * day - 2500,
  updatedAt: 0,
  body: 'x',
};
const kinds = (cells: TimelineCell[], open: string[] = []): string[] =>
  buildRows(cells, new Set(open), dayOf).map((row) => (row.kind === 'cell' ? row.key : row.kind));

it('folds three or more commits in which nothing happened', () => {
  expect(kinds([commit(1), commit(2), commit(3)])).toEqual(['day', 'fold']);
  expect(kinds([commit(1), commit(2)])).toEqual(['day', 'commit 1', 'commit 2']);
});

it('shows a fold and its commits when it is open', () => {
  expect(kinds([commit(1), commit(2), commit(3)], ['fold commit 1'])).toEqual([
    'day',
    'fold',
    'commit 1',
    'commit 2',
    'commit 3',
  ]);
});

it('never folds across a note, an eventful commit or midnight', () => {
  expect(kinds([commit(1), commit(2), note, commit(3)])).toEqual([
    'day',
    'commit 1',
    'commit 2',
    'note',
    'commit 3',
  ]);
  const tagged = commit(2, { refs: ['v1'] });
  expect(kinds([commit(1), tagged, commit(3)])).toEqual([
    'day',
    'commit 1',
    'commit 2',
    'commit 3',
  ]);
  const before = commit(3, { at: 9 * day - 1 });
  expect(kinds([commit(1), commit(2), before])).toEqual([
    'day',
    'commit 1',
    'commit 2',
    'day',
    'commit 3',
  ]);
});

it('shows a cell once though two pages hold it', () => {
  expect(kinds([note, commit(1), note])).toEqual(['day', 'note', 'commit 1']);
});
