import { describe, expect, it } from 'vitest';
import type { MetricFigureInput } from '../../../../../src-renderer/charts/metric-figure.ts';
import {
  planCurves,
  pointAt,
  pointedAt,
} from '../../../../../src-renderer/charts/painted/index.ts';
import type { Series } from '../../../../../src-renderer/charts/types.ts';
import { chartTokens as tokens } from '../../../../support/chart-tokens.ts';

function series(runId: string, values: number[], over: Partial<Series> = {}): Series {
  return {
    ...{ runId, key: 'loss', label: runId, color: '#336699' },
    steps: Float64Array.from(values, (_, i) => i),
    times: Float64Array.from(values, (_, i) => 1000 * i),
    values: Float64Array.from(values),
    ...over,
  };
}

function plan(all: Series[], over: Partial<MetricFigureInput> = {}) {
  const input: MetricFigureInput = {
    ...{ series: all, xAxis: 'step', logX: false, logY: false, range: null, yRange: null },
    ...{ smoothing: { kind: 'average', amount: 0 }, ignoreOutliers: false, xTitle: 'step', tokens },
    ...over,
  };
  return planCurves(input, { width: 500, height: 300 }, (text) => text.length * 6);
}

const [a, b] = [series('a', [1, 2, 3, 4, 5]), series('b', [5, 4, 3, 2, 1])];

describe('a plan of curves', () => {
  it('puts points between the axes, low values at the bottom', () => {
    const { box, curves } = plan([a]);
    const [curve] = curves;
    expect(curve?.x[0]).toBeGreaterThan(box.left);
    expect(curve?.x[4]).toBeLessThan(box.left + box.width);
    expect(curve?.y[0]).toBeLessThan(box.top + box.height);
    expect(curve?.y[4]).toBeGreaterThan(box.top);
    expect(curve?.y[0]).toBeGreaterThan(curve?.y[4] as number);
  });

  it('makes room for the widest label', () => {
    const wide = plan([series('a', [100.001, 100.002])]);
    expect(wide.box.left).toBeGreaterThan(plan([a]).box.left + 20);
    expect(wide.box.left + wide.box.width).toBe(500 - 12);
  });

  it('has no place for what a logarithmic axis cannot show', () => {
    const [curve] = plan([series('a', [-1, 0, 1, 10])], { logY: true }).curves;
    expect([...(curve?.y.subarray(0, 2) ?? [])]).toEqual([Number.NaN, Number.NaN]);
    expect(curve?.y[3]).toBeLessThan(curve?.y[2] as number);
    expect(plan([a], { logX: true }).curves[0]).toMatchObject({ inOrder: false });
  });

  it('lets the area stand while the axes are moved', () => {
    const moved = planCurves(
      {
        ...{ series: [a], xAxis: 'step', logX: false, logY: false, range: null, yRange: null },
        ...{ smoothing: { kind: 'average', amount: 0 }, ignoreOutliers: false, xTitle: 'step' },
        tokens,
      },
      { width: 500, height: 300 },
      (text) => text.length * 6,
      { x: [2, 3], y: [1000.01, 1000.02] },
    );
    expect(moved.box).toEqual(plan([a]).box);
    expect(moved.curves[0]?.x[2]).toBeCloseTo(moved.box.left);
  });

  it('keeps the logged line behind a smoothed one', () => {
    const smoothed = plan([series('a', [0, 10, 0, 10])], {
      smoothing: { kind: 'average', amount: 0.9 },
    }).curves[0];
    expect(smoothed?.raw).not.toBeNull();
    expect(smoothed?.values[1]).toBeLessThan(10);
    expect(plan([a]).curves[0]?.raw).toBeNull();
  });
});

describe('what the pointer is at', () => {
  const drawn = plan([a, b]);
  const at = (curve: number, index: number) =>
    [drawn.curves[curve]?.x[index] as number, drawn.curves[curve]?.y[index] as number] as const;

  it('is a point of each of few curves at one x, and the nearest of them', () => {
    const [x, y] = at(1, 1);
    const pointed = pointAt(drawn, x + 5, y + 3, true);
    expect(pointed?.hits.map(({ index }) => index)).toEqual([1, 1]);
    expect(pointed?.nearest.curve.series.runId).toBe('b');
    expect(pointed?.isShared).toBe(true);
  });

  it('is the nearest curve alone among many, by its line, and nothing far from all', () => {
    const many = plan(
      Array.from({ length: 20 }, (_, i) => series(String(i), [i, i, i, i])),
      { range: { from: 0, to: 3 } },
    );
    const curve = many.curves[7];
    const between = ((curve?.x[1] as number) + (curve?.x[2] as number)) / 2;
    const pointed = pointAt(many, between + 2, (curve?.y[1] as number) + 1, true);
    expect(pointed?.nearest).toMatchObject({ curve: { series: { runId: '7' } }, index: 2 });
    expect(pointed?.hits).toHaveLength(1);
    const far = plan([series('a', [1, 1]), series('b', [2, 2])], { xAxis: 'metric' });
    const middle = far.box.top + far.box.height / 2;
    expect(pointAt(far, far.box.left + 50, middle, false)).toBeNull();
  });

  it('leaves out a curve that has ended', () => {
    const short = plan([a, series('c', [9, 9])]);
    const x = short.curves[0]?.x[4] as number;
    expect(pointAt(short, x, 100, true)?.hits).toHaveLength(1);
  });

  it('is nothing outside of the axes, and in a chart of empty curves', () => {
    expect(pointAt(drawn, 1, 100, true)).toBeNull();
    expect(pointAt(plan([series('a', [])]), 200, 100, true)).toBeNull();
    expect(pointAt(plan([series('a', [])]), 200, 100, false)).toBeNull();
  });

  it('is where keys have walked to: all runs, or one', () => {
    const values = [
      { runId: 'a', index: 2 },
      { runId: 'b', index: 2 },
    ];
    expect(pointedAt(drawn, values, null)).toMatchObject({ isShared: true });
    expect(pointedAt(drawn, values, 'b')?.hits).toHaveLength(1);
    expect(pointedAt(drawn, values, 'b')?.nearest.curve.series.runId).toBe('b');
    expect(pointedAt(drawn, [], 'b')).toBeNull();
  });
});
