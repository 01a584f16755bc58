import { describe, expect, it } from 'vitest';
import { quantiles, rebinned, valueRange } from '../../../../src-renderer/charts/histograms.ts';
import { bandsFigure, ridgesFigure } from '../../../../src-renderer/charts/steps-figure.ts';
import { chartTokens as tokens } from '../../../support/chart-tokens.ts';

const histogram = (edges: number[], counts: number[], step = 0) => ({
  step,
  edges: Float64Array.from(edges),
  counts: Float64Array.from(counts),
});
const endless = histogram([-1.797e308, 0, 1, Number.POSITIVE_INFINITY], [2, 4, 1]);

describe('histograms', () => {
  it('reach from the lowest to the highest bucket with something in it', () => {
    expect(valueRange([histogram([0, 1, 2, 3], [0, 5, 0]), histogram([7, 8], [1])])).toEqual({
      from: 1,
      to: 8,
    });
    expect(valueRange([endless])).toEqual({ from: 0, to: 1 });
    expect(valueRange([histogram([0, 1], [0]), histogram([], [])])).toBeNull();
    expect(valueRange([histogram([Number.NaN, 1], [3])])).toBeNull();
  });

  it('are spread over bins of one width, and nothing is lost', () => {
    const wide = histogram([0, 2, 3], [4, 1]);
    expect([...rebinned(wide, { from: 0, to: 4 }, 4)]).toEqual([2, 2, 1, 0]);
    expect([...rebinned(endless, { from: 0, to: 1 }, 2)]).toEqual([4, 3]);
    expect([...rebinned(histogram([3, 3], [9]), { from: 3, to: 3 }, 3)]).toEqual([9, 0, 0]);
    const odd = histogram([-3.3, -1e-12, 1e-12, 0.7, 5.1], [10, 20, 30, 40]);
    const sum = rebinned(odd, { from: -3.3, to: 5.1 }, 60).reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(100, 9);
  });

  it('have quantiles within their buckets', () => {
    const even = histogram([0, 1, 2, 3, 4], [1, 1, 1, 1]);
    expect(quantiles(even, [0, 0.25, 0.5, 0.875, 1])).toEqual([0, 1, 2, 3.5, 4]);
    expect(quantiles(endless, [0, 1])).toEqual([0, 1]);
    expect(quantiles(histogram([0, 1], [0]), [0.5])).toEqual([Number.NaN]);
  });
});

describe('pictures over steps', () => {
  const runs = ['a', 'b', 'c', 'd'].map((runId) => ({
    runId,
    label: `<${runId}>`,
    color: '#ff0000',
    histograms: [0, 10].map((step) => histogram([0, 1, 2], [3, 1], step)),
  }));
  const input = { runs, words: { step: 'step', median: 'median' }, tokens };

  const ys = (trace: { y?: unknown } | undefined): number[] => (trace?.y ?? []) as number[];

  it('have a ridge for each step, the last in front and at the bottom', () => {
    const { data, layout } = ridgesFigure(input);
    expect(data).toHaveLength(8);
    const [first, last] = data;
    expect(ys(first)[0]).toBe(1);
    expect(ys(last)[0]).toBe(0);
    expect(Math.max(...ys(last))).toBe(3);
    expect(first?.hovertemplate).toContain('step 0');
    expect(layout.annotations).toHaveLength(4);
    expect(JSON.stringify(layout.annotations)).toContain('&lt;a&gt;');
    // The fourth run begins the next line.
    const domain = (name: string) => (layout[name] as { domain: number[] }).domain;
    expect(domain('xaxis4')[0]).toBe(0);
    expect(domain('yaxis4')[1]).toBeLessThan(domain('yaxis')[0] ?? 0);
    for (const trace of data) for (const y of ys(trace)) expect(y).not.toBeNaN();
  });

  it('have bands around a median', () => {
    const { data } = bandsFigure(input);
    expect(data).toHaveLength(20);
    expect(data[4]).toMatchObject({ x: [0, 10], xaxis: 'x', meta: { runId: 'a' } });
    expect(ys(data[4])[0]).toBeCloseTo(2 / 3, 9);
    expect(data[0]?.y).toEqual([0, 0, 2, 2]);
  });

  it('show how far a single step reaches', () => {
    const [run] = runs;
    const one = { ...input, runs: [{ ...run, histograms: run?.histograms.slice(0, 1) ?? [] }] };
    const { data } = bandsFigure(one as typeof input);
    expect(data.at(-1)).toMatchObject({ mode: 'markers', error_y: { symmetric: false } });
    const { array, arrayminus } = (data.at(-1)?.error_y ?? {}) as Record<string, number[]>;
    expect([array?.[0], arrayminus?.[0]].map((end) => end?.toFixed(6))).toEqual([
      '1.333333',
      '0.666667',
    ]);
  });

  it('are drawn of nothing too', () => {
    const none = { ...input, runs: [{ ...runs[0], histograms: [] } as (typeof runs)[0]] };
    expect(ridgesFigure(none).data).toEqual([]);
    expect(bandsFigure(none).data).toHaveLength(5);
  });
});
