import { describe, expect, it } from 'vitest';
import { contourFigure } from '../../../../src-renderer/charts/contour-figure.ts';
import { tableCsv } from '../../../../src-renderer/charts/csv.ts';
import {
  boxFigure,
  histogramFigure,
  numberBins,
} from '../../../../src-renderer/charts/distribution-figure.ts';
import { importanceFigure } from '../../../../src-renderer/charts/importance-figure.ts';
import { parallelFigure } from '../../../../src-renderer/charts/parallel-figure.ts';
import { brushed, parallelAxis } from '../../../../src-renderer/charts/parallel-scale.ts';
import { pointsFigure } from '../../../../src-renderer/charts/points-figure.ts';
import { mix } from '../../../../src-renderer/charts/theme.ts';
import { chartTokens as tokens } from '../../../support/chart-tokens.ts';

const colors = { low: '#ff0000', high: '#0000ff' };

describe('parallel axes', () => {
  it('stand by value, by logarithm where values are spread, and texts beside each other', () => {
    const plain = parallelAxis({ id: 'a', label: 'a', values: [0, 5, 10, null] });
    expect(plain.places).toEqual([0, 0.5, 1, null]);
    expect(plain.textAt(0.5)).toBe('5');
    const spread = parallelAxis({ id: 'lr', label: 'lr', values: [1e-4, 1e-2, 1] });
    expect(spread.places[1]).toBeCloseTo(0.5, 12);
    expect(spread.textAt(1)).toBe('1');
    const names = parallelAxis({ id: 'o', label: 'o', values: ['sgd', 'adam', 2, 'sgd'] });
    expect(names.places).toEqual([1, 0.5, 0, 1]);
    expect(names.textAt(0.6)).toBe('adam');
    expect(parallelAxis({ id: 'c', label: 'c', values: [3, 3] }).places).toEqual([0.5, 0.5]);
    expect(parallelAxis({ id: 'n', label: 'n', values: [Number.NaN, 1, 2] }).places).toEqual([
      null,
      0,
      1,
    ]);
  });

  it('choose the runs within every brush', () => {
    const axes = [
      parallelAxis({ id: 'a', label: 'a', values: [0, 1, 2, null] }),
      parallelAxis({ id: 'b', label: 'b', values: [0, 0, 1, 1] }),
    ];
    expect(brushed(axes, {}, 4)).toEqual([0, 1, 2, 3]);
    expect(brushed(axes, { a: { from: 0.4, to: 1 } }, 4)).toEqual([1, 2]);
    expect(brushed(axes, { a: { from: 0.4, to: 1 }, b: { from: 0, to: 0.2 } }, 4)).toEqual([1]);
    expect(brushed(axes, { gone: { from: 0, to: 0 } }, 4)).toHaveLength(4);
  });
});

describe('parallelFigure', () => {
  const axes = [
    parallelAxis({ id: 'a', label: '<a>', values: [0, 1] }),
    parallelAxis({ id: 'b', label: 'b', values: [null, 1] }),
  ];
  const runs = [
    { id: 'one', label: '01.1 <x>' },
    { id: 'two', label: '01.2' },
  ];

  it('draws a line per run with a gap behind it, coloured by an axis', () => {
    const { data, layout } = parallelFigure({
      axes,
      runs,
      inside: [1],
      outside: [0],
      colorBy: 'a',
      lit: 'two',
      colors,
      tokens,
    });
    expect(data[0]).toMatchObject({ x: [0, 1, null], y: [0, null, null], hoverinfo: 'skip' });
    expect(data[1]).toMatchObject({ y: [1, 0.5, null], meta: { runIds: ['two', 'two', null] } });
    expect(JSON.stringify(data[1]?.line)).toContain('0, 0, 255');
    expect(data).toHaveLength(3);
    expect(JSON.stringify(layout.annotations)).toContain('&lt;a&gt;');
  });
});

describe('pointsFigure', () => {
  const point = (
    id: string,
    x: number | string | null,
    y: number | null,
    shade: number | null,
  ) => ({
    id,
    label: id,
    color: '#123456',
    x,
    y,
    shade,
  });
  const input = {
    points: [point('a', 1, 5, 0), point('b', 100, 6, 1), point('c', null, 7, 2)],
    xTitle: 'lr',
    yTitle: 'acc',
    shadeTitle: null,
    front: null,
    lit: null,
    colors,
    tokens,
  };

  it('leaves runs without a value out, and takes logarithms where x is spread', () => {
    const { data, layout } = pointsFigure(input);
    expect(data[0]).toMatchObject({ x: [1, 100], y: [5, 6], meta: { runIds: ['a', 'b'] } });
    expect(layout.xaxis).toMatchObject({ type: 'log' });
    expect(layout.yaxis).toMatchObject({ type: 'linear' });
    const named = pointsFigure({ ...input, points: [point('a', 'sgd', 1, null)] });
    expect(named.layout.xaxis).toMatchObject({ type: 'category' });
  });

  it('joins the front and lets the others step back', () => {
    const { data } = pointsFigure({ ...input, front: [1] });
    expect(data[0]).toMatchObject({ mode: 'lines', x: [100] });
    const color = (data[1] as { marker: { color: string[] } }).marker.color;
    expect(color).toEqual(['rgba(18, 52, 86, 0.35)', '#123456']);
  });

  it('shades by a third value', () => {
    const { data } = pointsFigure({ ...input, shadeTitle: 'loss' });
    const color = (data[0] as { marker: { color: string[] } }).marker.color;
    expect(color).toEqual([mix(colors.low, colors.high, 0), mix(colors.low, colors.high, 0.5)]);
  });
});

describe('distributions', () => {
  it('count every value once, in bins of equal width', () => {
    const count = (numbers: number[]) => {
      const { bars, binOf } = numberBins(numbers);
      return bars.map((_, bin) => numbers.filter((value) => binOf(value) === bin).length);
    };
    expect(count([0, 1, 2, 3, 4, 5, 6, 7])).toEqual([2, 2, 2, 2]);
    expect(numberBins([3, 3]).bars).toEqual([{ name: '3', edge: null }]);
    expect(count([3, 3])).toEqual([2]);
    expect(count([1e-4, 1e-3, 1e-2, 1e-1])).toEqual([1, 1, 2]);
    expect(numberBins([1e-4, 1e-3, 1e-2, 1e-1]).bars[0]?.name).toBe('0.0001 – 0.001');
  });

  it('count texts by name', () => {
    const { data } = histogramFigure({
      values: ['b10', 'b2', 'b10', null],
      title: 'x',
      countTitle: 'runs',
      colors: ['#ff0000'],
      tokens,
    });
    expect(data[0]).toMatchObject({ y: [1, 2], text: ['b2', 'b10'] });
  });

  it('stack groups over the same bins, and leave out what is not finite', () => {
    const { data, layout } = histogramFigure({
      values: [0, 1, 0, Number.NaN, Number.POSITIVE_INFINITY, null, 1],
      groups: ['g10', 'g2', 'g2', 'g2', 'g2', 'g2', 'g2'],
      title: 'x',
      countTitle: 'runs',
      colors: ['#ff0000', '#00ff00'],
      tokens,
    });
    expect(data.map(({ name, y }) => [name, y])).toEqual([
      ['g2', [1, 0, 2]],
      ['g10', [1, 0, 0]],
    ]);
    expect(data.map(({ marker }) => (marker as { color: string }).color)).toEqual([
      '#ff0000',
      '#00ff00',
    ]);
    expect(layout).toMatchObject({ barmode: 'stack', showlegend: true });
  });

  it('have a box for each value, with the runs on its points', () => {
    const { data } = boxFigure({
      boxes: [
        {
          name: '<3',
          values: [1, 2],
          runs: [
            { id: 'a', label: 'a' },
            { id: 'b', label: 'b' },
          ],
        },
      ],
      xTitle: 'depth',
      yTitle: 'acc',
      tokens,
    });
    expect(data[0]).toMatchObject({ name: '&lt;3', y: [1, 2], meta: { runIds: ['a', 'b'] } });
  });
});

it('draws contours that pass through the runs and stay within their values', () => {
  const points = [
    { id: 'a', label: 'a', x: 1, y: 0, z: 1 },
    { id: 'b', label: 'b', x: 1000, y: 0, z: 2 },
    { id: 'c', label: 'c', x: 1, y: 1, z: 3 },
    { id: 'd', label: 'd', x: 1000, y: 1, z: 4 },
  ];
  const { data, layout } = contourFigure({
    points,
    xTitle: 'x',
    yTitle: 'y',
    zTitle: 'z',
    colors,
    tokens,
  });
  const { x, z } = data[0] as { x: number[]; z: number[][] };
  expect(z[0]?.[0]).toBeCloseTo(1, 3);
  expect(z.at(-1)?.at(-1)).toBeCloseTo(4, 3);
  for (const value of z.flat()) {
    expect(value).toBeGreaterThanOrEqual(1 - 1e-9);
    expect(value).toBeLessThanOrEqual(4 + 1e-9);
  }
  expect(layout.xaxis).toMatchObject({ type: 'log' });
  expect(x.at(-1)).toBeCloseTo(1000, 6);
});

it('draws importance with whiskers; what cannot be told from nothing is pale', () => {
  const { data } = importanceFigure({
    bars: [
      { label: 'lr', value: { value: 0.5, low: 0.4, high: 0.7 } },
      { label: 'seed', value: { value: 0.01, low: -0.02, high: 0.03 } },
      { label: 'optimizer', value: null },
    ],
    title: 'importance',
    signed: false,
    unknown: 'not known',
    tokens,
  });
  const trace = data[0] as {
    marker: { opacity: number[] };
    error_x: { array: number[]; arrayminus: number[] };
    text: string[];
  };
  expect(trace.marker.opacity).toEqual([0.9, 0.45, 0.45]);
  expect(trace.error_x.array[0]).toBeCloseTo(0.2, 12);
  expect(trace.error_x.arrayminus[0]).toBeCloseTo(0.1, 12);
  expect(trace.text[0]).toBe('lr<br><b>0.5 [0.4 … 0.7]</b>');
  expect(trace.text[2]).toContain('not known');
});

it('mixes colours, and writes tables', () => {
  expect(mix('#000000', '#ffffff', 0.5)).toBe('rgb(128, 128, 128)');
  expect(mix('red', 'blue', 0.9)).toBe('blue');
  expect(tableCsv(['a', 'b,c'], [['x"y', null]])).toBe('a,"b,c"\r\n"x""y",\r\n');
});
