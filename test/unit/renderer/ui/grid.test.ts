import { describe, expect, it } from 'vitest';
import { acrossItems, columnsInSight, layOutColumns } from '../../../../src-renderer/ui/across.ts';
import { rowsInSight } from '../../../../src-renderer/ui/use-in-sight.ts';

const columns = Array.from({ length: 2000 }, (_, index) => ({
  id: `c${index}`,
  header: `c${index}`,
  width: 100,
}));

describe('columns in sight', () => {
  it('are those that the box shows beside the pinned ones', () => {
    const layout = layOutColumns(columns, 2, 36, 1000);
    expect(layout.pinnedEnd).toBe(236);
    expect(columnsInSight(layout, 0, 1000, 0)).toEqual({ first: 2, last: 9 });
    expect(columnsInSight(layout, 100_000, 1000, 2)).toEqual({ first: 1000, last: 1011 });
    expect(columnsInSight(layout, 10_000_000, 1000, 2).last).toBe(1999);
    const items = acrossItems(columns, layout, { first: 1000, last: 1002 });
    expect(items.map(({ index }) => index)).toEqual([0, 1, 1000, 1001, 1002]);
    expect(items[1]?.style).toEqual({ width: 100, left: 136 });
    expect(items[2]?.style).toEqual({ width: 100, left: 100_036 });
  });

  it('are the same objects when they come again, until the columns are laid out anew', () => {
    const layout = layOutColumns(columns, 2, 36, 1000);
    const before = acrossItems(columns, layout, { first: 2, last: 9 });
    const after = acrossItems(columns, layout, { first: 5, last: 12 });
    expect(after.slice(0, 7)).toEqual([...before.slice(0, 2), ...before.slice(5)]);
    expect(after[2]).toBe(before[5]);
    const narrower = acrossItems(columns, layOutColumns(columns, 2, 0, 1000), {
      first: 5,
      last: 9,
    });
    expect(narrower[2]).not.toBe(before[5]);
  });

  it('are not all covered by pinned ones', () => {
    expect(layOutColumns(columns, 50, 0, 1000).pinned).toBe(5);
    expect(layOutColumns(columns, 3, 0, 100).pinned).toBe(1);
    expect(layOutColumns([], 3, 36, 100)).toMatchObject({ pinned: 0, pinnedEnd: 36 });
  });
});

describe('rows in sight', () => {
  const rows = { count: 100_000, rowHeight: 28, headHeight: 32 };
  it('are those that the box shows, and some around, in steps', () => {
    const { first, last } = rowsInSight(28_000, 600, rows);
    expect(first).toBeLessThanOrEqual(992);
    expect(last).toBeGreaterThanOrEqual(1029);
    expect(last - first).toBeLessThan(60);
    expect(rowsInSight(28_020, 600, rows)).toEqual({ first, last });
    expect(rowsInSight(0, 600, rows).first).toBe(0);
    expect(rowsInSight(1e9, 600, rows).last).toBe(99_999);
    expect(rowsInSight(0, 600, { ...rows, count: 0 }).last).toBe(-1);
  });
});
