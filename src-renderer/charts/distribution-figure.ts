/** How a value is spread over runs: a histogram, or a box for each value of something else. */
import { axis, baseLayout, elide, escapeMarkup, type Figure } from './layout.ts';
import type { ChartTokens } from './theme.ts';
import { isSpread } from './ticks.ts';

export interface HistogramInput {
  readonly values: readonly (number | string | null)[];
  readonly title: string;
  readonly countTitle: string;
  readonly tokens: ChartTokens;
}

export function histogramFigure({ values, title, countTitle, tokens }: HistogramInput): Figure {
  const known = values.filter((value) => value !== null);
  const numbers = known.filter((value) => typeof value === 'number' && Number.isFinite(value));
  const bars =
    numbers.length === known.length ? numberBars(numbers as number[]) : categoryBars(known);
  return {
    data: [
      {
        type: 'bar',
        x: bars.map((_, index) => index),
        y: bars.map((bar) => bar.count),
        text: bars.map((bar) => escapeMarkup(bar.name)),
        textposition: 'none',
        hovertemplate: '%{text}<br><b>%{y}</b><extra></extra>',
        marker: { color: tokens.accent, line: { width: 0 } },
      },
    ],
    layout: {
      ...baseLayout(tokens, title),
      bargap: numbers.length === known.length ? 0.04 : 0.25,
      hovermode: 'closest',
      xaxis: {
        ...axis(tokens, title),
        showgrid: false,
        tickmode: 'array',
        tickvals: bars.map((bar, index) => (bar.edge === null ? index : index - 0.5)),
        ticktext: bars.map((bar) => escapeMarkup(elide(bar.edge ?? bar.name, 18))),
      },
      yaxis: { ...axis(tokens, countTitle), rangemode: 'tozero' },
    },
  };
}

export interface HistogramBar {
  readonly name: string;
  /** The lower edge where bars are next to each other; null for a category. */
  readonly edge: string | null;
  readonly count: number;
}

/** Bins of equal width (of the logarithm, for values over powers of ten), as many as Sturges has. */
export function numberBars(numbers: readonly number[]): HistogramBar[] {
  if (numbers.length === 0) return [];
  const log = isSpread(numbers);
  const places = numbers.map((value) => (log ? Math.log10(value) : value));
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const place of places) {
    low = Math.min(low, place);
    high = Math.max(high, place);
  }
  const bins = high > low ? Math.ceil(Math.log2(numbers.length)) + 1 : 1;
  const width = (high - low) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const place of places) {
    const bin = width > 0 ? Math.min(bins - 1, Math.floor((place - low) / width)) : 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const text = (place: number): string =>
    Number((log ? 10 ** place : place).toPrecision(3)).toString();
  return counts.map((count, bin) => ({
    name: bins === 1 ? text(low) : `${text(low + bin * width)} – ${text(low + (bin + 1) * width)}`,
    edge: bins === 1 ? null : text(low + bin * width),
    count,
  }));
}

function categoryBars(known: readonly (number | string)[]): HistogramBar[] {
  return [...Map.groupBy(known, String)]
    .map(([name, all]) => ({ name, edge: null, count: all.length }))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

export interface BoxInput {
  /** A box for each, in the order given; `runs` are named on the points. */
  readonly boxes: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly runs: readonly { readonly id: string; readonly label: string }[];
  }[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly tokens: ChartTokens;
}

export function boxFigure({ boxes, xTitle, yTitle, tokens }: BoxInput): Figure {
  const all = boxes.flatMap((box) => box.values);
  return {
    data: boxes.map((box) => ({
      type: 'box',
      name: escapeMarkup(elide(box.name, 24)),
      y: box.values,
      text: box.runs.map((run) => escapeMarkup(run.label)),
      boxpoints: all.length <= 400 ? 'all' : 'outliers',
      jitter: 0.4,
      pointpos: 0,
      fillcolor: 'rgba(0,0,0,0)',
      line: { color: tokens.accent, width: 1.4 },
      marker: { color: tokens.accent, size: 5, opacity: 0.6 },
      hovertemplate: '%{text}<br><b>%{y:.6~g}</b><extra></extra>',
      meta: { runIds: box.runs.map((run) => run.id) },
    })),
    layout: {
      ...baseLayout(tokens, `${xTitle}|${yTitle}`),
      hovermode: 'closest',
      xaxis: { ...axis(tokens, xTitle), type: 'category', showgrid: false },
      yaxis: { ...axis(tokens, yTitle), type: isSpread(all) ? 'log' : 'linear' },
    },
  };
}
