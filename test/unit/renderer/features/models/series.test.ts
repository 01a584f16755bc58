import { describe, expect, it } from 'vitest';
import { stripOf } from '../../../../../src-renderer/features/models/series.ts';
import { afterSeriesItems } from '../../../../../src-renderer/features/models/use-series.ts';
import { fakeSeries } from '../../../../support/fake-series.ts';

describe('the film strip', () => {
  it('leaves a column empty that is not there yet', () => {
    const strip = stripOf(['1', '2'], [new Map([['a', 0.5]]), null]);
    expect(strip).toEqual({
      rows: [{ name: 'a', values: [0.5, null] }],
      columns: ['1', '2'],
    });
  });

  it('fills up as comparisons end, and passes over a checkpoint that is broken', () => {
    const begin = { found: null, first: [], previous: [], done: 0, problems: [] };
    const { items } = fakeSeries(4);
    const [found, second, third] = items;
    const opened = afterSeriesItems(begin, [found!]);
    expect(opened.first).toEqual([null, null, null]);
    const one = afterSeriesItems(opened, [second!]);
    expect(one.first[0]?.get('model.layers.0')).toBeGreaterThan(0);
    expect(one.previous[0]).toEqual(one.first[0]);
    expect(one.first[1]).toBeNull();
    const two = afterSeriesItems(one, [third!]);
    expect([two.previous[1] === null, two.first[1] === null, two.done]).toEqual([false, true, 2]);
    const all = afterSeriesItems(begin, fakeSeries(8).items);
    expect(all.problems.map(({ label }) => label)).toEqual(['checkpoint-3000', 'checkpoint-3000']);
    expect(all.first.map((movement) => movement === null)).toEqual([
      ...[false, false, false, false, true, false, false],
    ]);
  });
});
