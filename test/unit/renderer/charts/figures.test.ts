import { describe, expect, it } from 'vitest';
import { barFigure, barHeight, namedBarLimit } from '../../../../src-renderer/charts/bar-figure.ts';
import { barsCsv, csvCell, matrixCsv, seriesCsv } from '../../../../src-renderer/charts/csv.ts';
import { heatFigure } from '../../../../src-renderer/charts/heat-figure.ts';
import { elide, escapeMarkup } from '../../../../src-renderer/charts/layout.ts';
import {
  type MetricFigureInput,
  metricFigure,
} from '../../../../src-renderer/charts/metric-figure.ts';
import {
  fromRelayout,
  metricAxes,
  quantile,
  verticalRange,
} from '../../../../src-renderer/charts/metric-scale.ts';
import { fade } from '../../../../src-renderer/charts/theme.ts';
import type { Series } from '../../../../src-renderer/charts/types.ts';
import { chartTokens as tokens } from '../../../support/chart-tokens.ts';

function series(values: number[], over: Partial<Series> = {}): Series {
  return {
    runId: 'a',
    key: 'loss',
    label: '02.7 <wide>',
    color: '#336699',
    steps: Float64Array.from(values, (_, i) => i),
    times: Float64Array.from(values, (_, i) => 1000 * i),
    values: Float64Array.from(values),
    ...over,
  };
}

function input(over: Partial<MetricFigureInput> = {}): MetricFigureInput {
  return {
    series: [series([3, 2, 1])],
    xAxis: 'step',
    smoothing: { kind: 'average', amount: 0 },
    logX: false,
    logY: false,
    range: null,
    yRange: null,
    xTitle: 'step',
    ignoreOutliers: false,
    tokens,
    ...over,
  };
}

describe('metricFigure', () => {
  it('draws one line per series and does not join gaps', () => {
    const { data } = metricFigure(input());
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({ connectgaps: false, name: '02.7 &lt;wide&gt;' });
  });

  it('keeps the raw line, faint, behind a smoothed one', () => {
    const { data } = metricFigure(input({ smoothing: { kind: 'average', amount: 0.6 } }));
    expect(data).toHaveLength(2);
    expect(data[0]?.y).toEqual(Float64Array.of(3, 2, 1));
    expect(data[0]).toMatchObject({ line: { color: fade('#336699', 0.3) } });
    expect(data[1]?.y).not.toEqual(Float64Array.of(3, 2, 1));
  });

  it('draws the band around a mean as an outline per stretch', () => {
    const band = {
      low: Float64Array.of(1, Number.NaN, 0, 1),
      high: Float64Array.of(5, Number.NaN, 4, 3),
      counts: Float64Array.of(3, 0, 3, 2),
    };
    const { data } = metricFigure(input({ series: [series([3, Number.NaN, 2, 2], { band })] }));
    expect(data[0]).toMatchObject({ fill: 'toself', mode: 'none', showlegend: false });
    expect(data[0]?.x).toEqual([0, 0, Number.NaN, 2, 3, 3, 2, Number.NaN]);
    expect(data[0]?.y).toEqual([1, 5, Number.NaN, 0, 1, 3, 4, Number.NaN]);
    // A step that no run of the group logged is not a NaN that was logged.
    expect(data.filter((trace) => trace.yaxis === 'y2')).toEqual([]);
  });

  it('leaves outliers out of sight when they are to be ignored', () => {
    const values = Array.from({ length: 101 }, (_, i) => (i === 50 ? 1e9 : i / 100));
    const yaxis = (over: object) =>
      metricFigure(input({ series: [series(values)], ...over })).layout.yaxis as {
        range?: number[];
      };
    expect(yaxis({}).range?.[1]).toBeGreaterThan(1e9);
    expect(yaxis({ ignoreOutliers: true }).range?.[1]).toBeLessThan(1.1);
    expect(yaxis({ range: { from: 0, to: 60 } }).range?.[1]).toBeGreaterThan(1e9);
  });

  it('shows the stretch of x that small multiples share until somebody zooms', () => {
    const xaxis = (over: object) =>
      metricFigure(input({ extent: { from: 0, to: 100 }, ...over })).layout.xaxis as {
        range: number[];
      };
    expect(xaxis({}).range).toEqual([-2, 102]);
    expect(xaxis({ range: { from: 1, to: 2 } }).range).toEqual([1, 2]);
  });

  it('has ticks beside what is seen, the same within it, for whoever moves the axis', () => {
    const { x } = metricAxes(input({ extent: { from: 0, to: 100 } }), { width: 460, height: 300 });
    const inside = x.around.filter(({ at }) => at >= x.range[0] && at <= x.range[1]);
    expect(inside).toEqual(x.ticks);
    expect(x.around.length).toBeGreaterThan(2.5 * x.ticks.length);
    const { y } = metricAxes(input({ logY: true }), { width: 460, height: 300 });
    expect(y.around).toBe(y.ticks);
  });

  it('marks NaN and the infinities on a scale of their own', () => {
    const { data } = metricFigure(
      input({
        series: [series([1, Number.NaN, 2, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])],
      }),
    );
    const symbols = data
      .filter((trace) => trace.yaxis === 'y2')
      .map((trace) => (trace.marker as { symbol: string }).symbol);
    expect(symbols).toEqual(['x', 'triangle-up', 'triangle-down']);
  });

  it('marks what has no place on a log axis, and no more than can be seen', () => {
    const marks = (values: number[]) =>
      metricFigure(input({ series: [series(values)], logY: true })).data.filter(
        (trace) => trace.yaxis === 'y2',
      );
    const [below, ...others] = marks([1, 0, -2, 3]);
    expect(others).toEqual([]);
    expect(below).toMatchObject({ x: [1, 2] });
    expect(marks([1, 2])).toEqual([]);
    expect(marks(new Array(1000).fill(-1))[0]?.x).toHaveLength(60);
  });

  it('puts shapes along a line where colours and patterns are used up', () => {
    const line = series(Array.from({ length: 100 }, (_, i) => i));
    expect(metricFigure(input({ series: [line] })).data[0]).toMatchObject({ mode: 'lines' });
    const [trace] = metricFigure(input({ series: [{ ...line, marker: 'triangle' }] })).data;
    const marker = trace?.marker as { symbol: string; size: number[] } | undefined;
    expect(marker?.symbol).toBe('triangle-up');
    expect(marker?.size.filter((one) => one > 0)).toHaveLength(8);
  });

  it('draws nothing, without failing, for no series', () => {
    expect(metricFigure(input({ series: [] })).data).toEqual([]);
  });
});

describe('fromRelayout', () => {
  const step = { xAxis: 'step', logX: false, unit: 's' } as const;

  it('reads a zoom back in the terms of the caller', () => {
    expect(fromRelayout({ 'xaxis.range[0]': 2, 'xaxis.range[1]': 8 }, step)).toEqual({
      from: 2,
      to: 8,
    });
    expect(
      fromRelayout({ 'xaxis.range': [1, 2] }, { xAxis: 'step', logX: true, unit: 's' }),
    ).toEqual({ from: 10, to: 100 });
    expect(
      fromRelayout({ 'xaxis.range': [1, 2] }, { xAxis: 'relative', logX: false, unit: 'min' }),
    ).toEqual({ from: 60_000, to: 120_000 });
  });

  it('is what metricFigure was given, for a time axis', () => {
    const range = { from: Date.UTC(2025, 5, 1), to: Date.UTC(2025, 5, 2) };
    const { layout } = metricFigure(input({ xAxis: 'time', range }));
    const shown = (layout.xaxis as { range: number[] }).range;
    const text = shown.map((ms) => new Date(ms).toISOString().replace('T', ' ').replace('Z', ''));
    expect(
      fromRelayout({ 'xaxis.range': text }, { xAxis: 'time', logX: false, unit: 's' }),
    ).toEqual(range);
  });

  it('tells "all of it" from "not about x"', () => {
    expect(fromRelayout({ 'xaxis.autorange': true }, step)).toBeNull();
    expect(fromRelayout({ 'yaxis.range[0]': 1, 'yaxis.range[1]': 2 }, step)).toBeUndefined();
    expect(fromRelayout({ autosize: true }, step)).toBeUndefined();
  });
});

describe('the y axis', () => {
  const yaxis = (over: Partial<MetricFigureInput>) =>
    metricFigure(input({ series: [series([1000, 2, 4, Number.NaN])], ...over })).layout.yaxis;

  it('fits all points while all are in sight', () => {
    const { range } = yaxis({}) as { range: [number, number] };
    expect(range[0]).toBeLessThan(2);
    expect(range[0]).toBeGreaterThan(-100);
    expect(range[1]).toBeGreaterThan(1000);
    expect(range[1]).toBeLessThan(1100);
  });

  it('begins at zero where amounts are compared', () => {
    expect(yaxis({ fromZero: true })).toMatchObject({
      range: [expect.any(Number), expect.any(Number)],
    });
    const low = (values: number[]): unknown =>
      (
        metricFigure(input({ series: [series(values)], fromZero: true })).layout.yaxis as {
          range: number[];
        }
      ).range[0];
    expect(low([50, 60])).toBe(0);
    expect(low([-5, 60])).toBeLessThan(-5);
  });

  it('fits those in sight when x is zoomed', () => {
    const { range } = yaxis({ range: { from: 1, to: 3 } }) as { range: [number, number] };
    expect(range[0]).toBeLessThan(2);
    expect(range[0]).toBeGreaterThan(1.5);
    expect(range[1]).toBeLessThan(5);
  });

  it('counts in powers of ten on a logarithmic axis', () => {
    const { range } = yaxis({ range: { from: 0, to: 3 }, logY: true }) as {
      range: [number, number];
    };
    expect(range[1]).toBeGreaterThan(3);
    expect(range[1]).toBeLessThan(4);
  });

  it('stays where somebody put it', () => {
    expect(yaxis({ range: { from: 1, to: 3 }, yRange: [0, 7] })).toMatchObject({ range: [0, 7] });
  });

  it('is read from an update, or not', () => {
    expect(verticalRange({ 'yaxis.range[0]': 1, 'yaxis.range[1]': 2 })).toEqual([1, 2]);
    expect(verticalRange({ 'yaxis.autorange': true })).toBeNull();
    expect(verticalRange({ 'xaxis.range[0]': 1 })).toBeUndefined();
  });
});

describe('barFigure', () => {
  const bars = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ id: String(i), label: `layer.${i}`, value: i }));
  const make = (count: number, selected: string | null = null) =>
    barFigure({
      bars: bars(count),
      valueTitle: 'L2',
      log: false,
      selected,
      emptyWord: '—',
      tokens,
    });

  it('has the ends it is given, or those of its values', () => {
    const given = {
      bars: bars(2),
      valueTitle: '',
      log: false,
      selected: null,
      emptyWord: '',
      tokens,
    };
    const bounded = barFigure({ ...given, range: [-1, 1] });
    expect(bounded.layout.xaxis).toMatchObject({ range: [-1, 1] });
    expect(barFigure(given).layout.xaxis).toMatchObject({ rangemode: 'tozero' });
  });

  it('lies down with names while they fit, stands without when they do not', () => {
    expect(make(namedBarLimit).data[0]).toMatchObject({ orientation: 'h' });
    expect(make(namedBarLimit + 1).data[0]).toMatchObject({ orientation: 'v' });
    expect(barHeight(namedBarLimit + 1)).toBeNull();
    expect(barHeight(10)).toBeGreaterThan(200);
  });

  it('fades all but the selected bar', () => {
    const color = [fade('#0000ff', 0.35), '#0000ff', fade('#0000ff', 0.35)];
    expect(make(3, '1').data[0]).toMatchObject({ marker: { color } });
  });
});

it('heatFigure takes logarithms of what is positive and leaves the rest empty', () => {
  const { data } = heatFigure({
    rows: ['0'],
    columns: ['q', 'k', 'v'],
    values: [[0.01, 0, null]],
    valueTitle: 'L2',
    log: true,
    tokens,
  });
  expect(data[0]?.z).toEqual([[-2, null, null]]);
});

it('heatFigure names no more rows than fit beside it', () => {
  const rows = Array.from({ length: 200 }, (_, at) => `layer.${at}`);
  const { layout } = heatFigure({
    ...{ rows, columns: ['a'], values: rows.map(() => [1]), valueTitle: 'L2', log: false, tokens },
  });
  const { tickvals, ticktext } = layout.yaxis as { tickvals: number[]; ticktext: string[] };
  expect(tickvals.length).toBeLessThanOrEqual(36);
  expect(ticktext).toEqual(tickvals.map((at) => `layer.${at}`));
});

describe('csv', () => {
  it('quotes what must be quoted', () => {
    expect(csvCell('a,"b"\n')).toBe('"a,""b""\n"');
    expect(csvCell(null)).toBe('');
    expect(csvCell(1e-7)).toBe('1e-7');
  });

  it('writes every point with its time', () => {
    const text = seriesCsv([series([0.5, Number.NaN], { label: '01.1, a' })]);
    expect(text.split('\r\n')).toEqual([
      'run,run_id,metric,step,time,value',
      '"01.1, a",a,loss,0,1970-01-01T00:00:00.000Z,0.5',
      '"01.1, a",a,loss,1,1970-01-01T00:00:01.000Z,NaN',
      '',
    ]);
  });

  it('writes bars and matrices', () => {
    expect(barsCsv([{ id: 'x', label: 'fc', value: null }], 'relative L2')).toBe(
      'name,relative L2\r\nfc,\r\n',
    );
    expect(matrixCsv(['0'], ['q', 'k'], [[1, null]])).toBe(',q,k\r\n0,1,\r\n');
  });
});

it('shortens in the middle and shows markup as text', () => {
  expect(elide('encoder.layer.11.query', 11)).toBe('encod…query');
  expect(elide('short', 11)).toBe('short');
  expect(escapeMarkup('a<b>&c')).toBe('a&lt;b&gt;&amp;c');
});

it('takes quantiles as NumPy does', () => {
  // numpy.quantile([1, 2, 4, 8], [0, 0.25, 0.5, 0.95, 1])
  const sorted = Float64Array.of(1, 2, 4, 8);
  expect([0, 0.25, 0.5, 0.95, 1].map((share) => quantile(sorted, share))).toEqual([
    1,
    1.75,
    3,
    expect.closeTo(7.4, 12),
    8,
  ]);
});
