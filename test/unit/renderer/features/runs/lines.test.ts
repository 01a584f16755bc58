import { describe, expect, it } from 'vitest';
import type { TableRow } from '../../../../../src-renderer/client/index.ts';
import { fieldsInSight } from '../../../../../src-renderer/features/runs/table/ahead.ts';
import { KnownRows } from '../../../../../src-renderer/features/runs/table/known-rows.ts';
import {
  flatPlaces,
  type GroupPlace,
  groupedPlaces,
  nestedPlaces,
  type Places,
  tickedKeys,
  tickedRuns,
} from '../../../../../src-renderer/features/runs/table/lines.ts';

const none: ReadonlySet<string> = new Set();

function groupsOf(places: Places): GroupPlace[] {
  return places.keys.flatMap((_, index) => {
    const place = places.at(index);
    return place.kind === 'group' ? [place] : [];
  });
}

describe('lines', () => {
  it('are one for each run', () => {
    const places = flatPlaces(['a', 'b']);
    expect(places.keys).toEqual(['a', 'b']);
    expect(places.at(1)).toEqual({ kind: 'run', id: 'b', depth: 0, open: null });
  });

  it('leave out what is nested in folded runs', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const depths = new Uint8Array([0, 1, 2, 1, 0]);
    expect(nestedPlaces(ids, depths, none).keys).toEqual(ids);
    expect(nestedPlaces(ids, depths, none).at(0)).toMatchObject({ open: true, depth: 0 });
    const folded = nestedPlaces(ids, depths, new Set(['b', 'e']));
    expect(folded.keys).toEqual(['a', 'b', 'd', 'e']);
    expect(folded.at(1)).toMatchObject({ open: false, depth: 1 });
    expect(folded.at(3)).toMatchObject({ open: null });
    expect(nestedPlaces(ids, depths, new Set(['a'])).keys).toEqual(['a', 'e']);
  });

  it('show the runs of groups that are open', () => {
    const groups = [
      { values: ['x'], ids: ['a', 'b'] },
      { values: ['y'], ids: ['c'] },
      { values: [], ids: [] },
    ];
    const folded = groupedPlaces(groups, none, 'group');
    expect(folded.keys).toHaveLength(2);
    const key = folded.keys[0] as string;
    expect(groupedPlaces(groups, new Set([key]), 'group').keys).toEqual([
      key,
      'a',
      'b',
      folded.keys[1],
    ]);
    // Runs that differ only in seed: one alone is no group.
    expect(groupedPlaces(groups, none, 'run').keys).toEqual(['group a', 'c']);
  });
});

describe('ticking lines', () => {
  const groups = [{ values: ['x'], ids: ['a', 'b'] }];
  const folded = groupsOf(groupedPlaces(groups, none, 'group'));
  const key = folded[0]?.key as string;
  const open = groupsOf(groupedPlaces(groups, new Set([key]), 'group'));

  it('of a group ticks its runs, and is ticked when all of them are', () => {
    expect(tickedRuns([], [key], folded)).toEqual(['a', 'b']);
    expect(tickedKeys(['a'], folded)).toEqual(['a']);
    expect(tickedKeys(['a', 'b'], folded)).toEqual(['a', 'b', key]);
    expect(tickedRuns(['a', 'b', key], ['a', 'b'], folded)).toEqual([]);
  });

  it('unticks one of an open group, and keeps those of a folded one', () => {
    expect(tickedRuns(['a', 'b', key], ['a', key], open)).toEqual(['a']);
    // Everything is ticked that can be seen: the folded group, and another run.
    expect(tickedRuns(['a', 'b', key], [key, 'c'], folded).toSorted()).toEqual(['a', 'b', 'c']);
  });
});

describe('known rows', () => {
  const row = (id: string, ...values: TableRow['values']): TableRow => ({
    id,
    label: '01.1',
    experimentId: 'e',
    experimentNumber: 1,
    experimentName: 'first',
    number: 1,
    name: 'run',
    status: 'FINISHED',
    kind: 'command',
    createdAt: 0,
    startedAt: 0,
    endedAt: 1,
    starred: false,
    values,
  });

  it('gather columns, and stay the same objects while nothing changes', () => {
    const known = new KnownRows();
    known.merge({ rows: [row('a', 1)] }, ['metrics.x']);
    known.merge({ rows: [row('a', 'v')] }, ['params.y']);
    const before = known.get('a');
    expect([...(before?.values ?? [])]).toEqual([
      ['metrics.x', 1],
      ['params.y', 'v'],
    ]);
    known.merge({ rows: [row('a', 1)] }, ['metrics.x']);
    expect(known.get('a')).toBe(before);
    known.merge({ rows: [row('a', Number.NaN)] }, ['metrics.x']);
    known.merge({ rows: [row('a', Number.NaN)] }, ['metrics.x']);
    expect(known.get('a')?.values.get('metrics.x')).toBeNaN();
    known.merge({ rows: [{ ...row('a'), starred: true }] }, []);
    expect(known.get('a')?.head.starred).toBe(true);
    expect(known.get('b')).toBeNull();
  });

  it('forget the oldest', () => {
    const known = new KnownRows();
    for (let page = 0; page < 5; page++) {
      const rows = Array.from({ length: 1000 }, (_, index) => row(`${page} ${index}`));
      known.merge({ rows }, []);
    }
    expect(known.get('0 0')).toBeNull();
    expect(known.get('4 999')).not.toBeNull();
  });
});

describe('columns that are asked for', () => {
  const fields = Array.from({ length: 2000 }, (_, index) => `f${index}`);
  it('are all of a few, and otherwise those around what is in sight', () => {
    expect(fieldsInSight(fields.slice(0, 60), { first: 30, last: 40 })).toHaveLength(60);
    const asked = fieldsInSight(fields, { first: 1000, last: 1012 });
    expect(asked.length).toBeLessThan(100);
    expect(asked).toContain('f990');
    expect(asked).toContain('f1020');
    expect(fieldsInSight(fields, { first: 1001, last: 1013 })).toEqual(asked);
  });
});
