import { describe, expect, it } from 'vitest';
import type { MetricFigureInput } from '../../../../../src-renderer/charts/metric-figure.ts';
import { planCurves } from '../../../../../src-renderer/charts/painted/index.ts';
import { type Context, paintCurves } from '../../../../../src-renderer/charts/painted/paint.ts';
import type { Series } from '../../../../../src-renderer/charts/types.ts';
import { chartTokens as tokens } from '../../../../support/chart-tokens.ts';

type Call = readonly [name: string, ...args: number[]];

/** A canvas that writes down what is drawn, with the style of each stroke and fill. */
function recorder(): { context: Context; calls: Call[]; strokes: Record<string, unknown>[] } {
  const calls: Call[] = [];
  const strokes: Record<string, unknown>[] = [];
  const state: Record<string, unknown> = { lineDashOffset: 0, dash: [] };
  const context = new Proxy(state, {
    get: (_, name: string) => {
      if (name === 'setLineDash') return (dash: number[]) => Object.assign(state, { dash });
      if (['strokeStyle', 'lineWidth', 'lineDashOffset', 'fillStyle'].includes(name)) {
        return state[name];
      }
      return (...args: number[]) => {
        calls.push([name, ...args]);
        if (name === 'stroke') strokes.push({ ...state });
      };
    },
  });
  return { context: context as unknown as Context, calls, strokes };
}

function series(runId: string, values: number[], over: Partial<Series> = {}): Series {
  return {
    ...{ runId, key: 'loss', label: runId, color: '#336699' },
    steps: Float64Array.from(values, (_, i) => i),
    times: Float64Array.from(values, (_, i) => 1000 * i),
    values: Float64Array.from(values),
    ...over,
  };
}

function paint(all: Series[], over: Partial<MetricFigureInput> = {}, lit: string | null = null) {
  const input: MetricFigureInput = {
    ...{ series: all, xAxis: 'step', logX: false, logY: false, range: null, yRange: null },
    ...{ smoothing: { kind: 'average', amount: 0 }, ignoreOutliers: false, xTitle: 'step', tokens },
    ...over,
  };
  const plan = planCurves(input, { width: 500, height: 300 }, (text) => text.length * 6);
  const drawn = recorder();
  paintCurves(drawn.context, plan, tokens, lit);
  const count = (name: string): number => drawn.calls.filter(([call]) => call === name).length;
  return { ...drawn, plan, count };
}

const long = (count: number) => Array.from({ length: count }, (_, i) => (i * 7919) % 13);

describe('painted curves', () => {
  it('go through every point, and stop at gaps', () => {
    const { count, calls, plan } = paint([series('a', [1, 2, Number.NaN, 4, 5, 6])]);
    expect(count('moveTo')).toBe(2 + 2);
    expect(count('lineTo')).toBe(1 + 2 + 2);
    const [, x, y] = calls.find(([name]) => name === 'moveTo') ?? [];
    expect(x).toBe(plan.curves[0]?.x[0]);
    expect(y).toBe(plan.curves[0]?.y[0]);
  });

  it('are stroked in pieces that share a stretch, with one pattern through all of them', () => {
    const { strokes, calls, plan, count } = paint([series('a', long(60), { dash: 'dash' })]);
    expect(strokes).toHaveLength(3);
    expect(strokes.every(({ dash }) => String(dash) === '9,9')).toBe(true);
    expect(count('lineTo')).toBe(59 + 2);
    const [curve] = plan.curves;
    const pieces = calls.filter(([name]) => name === 'moveTo').map(([, x]) => x);
    expect(pieces).toEqual([0, 22, 44].map((i) => curve?.x[i]));
    // Where the second piece begins in the pattern: as far along as the line is long.
    let length = 0;
    for (let i = 1; i <= 22; i += 1) {
      const [dx, dy] = [curve?.x, curve?.y].map(
        (column) => (column?.[i] as number) - (column?.[i - 1] as number),
      );
      length += Math.hypot(dx as number, dy as number);
    }
    expect(strokes[1]?.lineDashOffset).toBeCloseTo(length);
  });

  it('are thin, and in one piece, where there are very many', () => {
    const many = paint(Array.from({ length: 20 }, (_, i) => series(String(i), long(60))));
    expect(many.strokes).toHaveLength(20);
    expect(many.strokes.every(({ lineWidth }) => lineWidth === 1)).toBe(true);
  });

  it('are those of one run alone where it stands out, as wide as among few', () => {
    const all = Array.from({ length: 20 }, (_, i) => series(String(i), [1, 2]));
    const { strokes } = paint(all, {}, '7');
    expect(strokes).toHaveLength(1);
    expect(strokes[0]).toMatchObject({ lineWidth: 1.75 });
  });

  it('leave out what lies far beside a zoomed stretch', () => {
    const { count } = paint([series('a', long(1000))], { range: { from: 500, to: 509 } });
    expect(count('lineTo')).toBeLessThan(15);
  });

  it('mark single points, NaN and the infinities, inside of the axes only', () => {
    const odd = [Number.NaN, 1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3];
    const { count } = paint([series('a', odd)]);
    // The dots of 1 and 3.
    expect(count('arc')).toBe(2);
    const beside = paint([series('a', odd)], { range: { from: 0.5, to: 1.5 } });
    expect(beside.count('arc')).toBe(1);
  });

  it('draw a band as one outline for each stretch', () => {
    const band = {
      low: Float64Array.of(1, Number.NaN, 0, 1),
      high: Float64Array.of(5, Number.NaN, 4, 3),
      counts: Float64Array.of(3, 0, 3, 2),
    };
    const { count } = paint([series('a', [3, Number.NaN, 2, 2], { band })]);
    expect(count('closePath')).toBeGreaterThanOrEqual(2);
    expect(count('fill')).toBeGreaterThanOrEqual(1);
  });

  it('survive curves without points or numbers', () => {
    const nothing = [series('a', []), series('b', [Number.NaN, Number.NaN]), series('c', [1])];
    expect(() => paint(nothing)).not.toThrow();
    expect(() => paint(nothing, { logX: true, logY: true, xAxis: 'time' })).not.toThrow();
    expect(() => paint([series('a', [1e308, -1e308, 5e-324])])).not.toThrow();
  });
});
