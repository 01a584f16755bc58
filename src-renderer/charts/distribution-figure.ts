/** How a value is spread over runs: a histogram, or a box for each value of something else. */
import { formatNumber } from '../ui/index.ts';
import { axis, baseLayout, elide, escapeMarkup, type Figure } from './layout.ts';
import type { ChartTokens } from './theme.ts';
import { isSpread } from './ticks.ts';
import { byValue } from './value-order.ts';

const mostEdges = 8;

export interface HistogramInput {
  readonly values: readonly (number | string | null)[];
  /** The group that each value is of; absent where all are of one. */
  readonly groups?: readonly string[] | undefined;
  readonly title: string;
  readonly countTitle: string;
  /** Resolved colours; groups take them one after the other. */
  readonly colors: readonly string[];
  readonly tokens: ChartTokens;
}

export function histogramFigure(input: HistogramInput): Figure {
  const { values, title, tokens } = input;
  const known = values.flatMap((value, index) =>
    value === null || (typeof value === 'number' && !Number.isFinite(value))
      ? []
      : [{ value, group: input.groups?.[index] ?? '' }],
  );
  const numbers = known.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  const numeric = numbers.length === known.length && numbers.length > 0;
  const groups = [...new Set(known.map(({ group }) => group))].sort(byValue);
  const bins = numeric ? numberBins(numbers) : null;
  const bars: readonly HistogramBin[] =
    bins?.bars ??
    [...new Set(known.map(({ value }) => String(value)))]
      .sort(byValue)
      .map((name) => ({ name, edge: null }));
  const placeOf = new Map(bars.map(({ name }, index) => [name, index]));
  const counts = new Map(groups.map((group) => [group, new Array<number>(bars.length).fill(0)]));
  for (const { value, group } of known) {
    const bin = bins?.binOf(value as number) ?? placeOf.get(String(value)) ?? 0;
    const own = counts.get(group) as number[];
    own[bin] = (own[bin] ?? 0) + 1;
  }
  const alone = groups.length <= 1;
  return {
    data: groups.map((group, index) => ({
      type: 'bar',
      name: escapeMarkup(elide(group, 40)),
      x: bars.map((_, bin) => bin),
      y: counts.get(group) as number[],
      text: bars.map(({ name }) => escapeMarkup(name)),
      textposition: 'none',
      hovertemplate: `${alone ? '' : `${escapeMarkup(elide(group, 40))}<br>`}%{text}<br><b>%{y}</b><extra></extra>`,
      showlegend: !alone,
      marker: {
        color: alone ? tokens.accent : input.colors[index % input.colors.length],
        line: { width: 0 },
      },
    })),
    layout: {
      ...baseLayout(tokens, title),
      barmode: 'stack',
      bargap: numeric ? 0.04 : 0.25,
      hovermode: 'closest',
      ...(alone ? {} : legendAbove(tokens)),
      xaxis: {
        ...axis(tokens, title),
        showgrid: false,
        tickmode: 'array',
        ...ticks(bars),
      },
      yaxis: { ...axis(tokens, input.countTitle), rangemode: 'tozero' },
    },
  };
}

/** Names where they fit: each category, or about as many edges as are told apart. */
function ticks(bars: readonly HistogramBin[]): Record<string, unknown> {
  const every = Math.ceil(bars.length / mostEdges);
  const shown = bars.flatMap((bar, index) =>
    bar.edge !== null && index % every !== 0 ? [] : [{ bar, index }],
  );
  return {
    tickvals: shown.map(({ bar, index }) => (bar.edge === null ? index : index - 0.5)),
    ticktext: shown.map(({ bar }) => escapeMarkup(elide(bar.edge ?? bar.name, 18))),
  };
}

/** Names of groups in rows above the drawing. */
function legendAbove(tokens: ChartTokens): Record<string, unknown> {
  return {
    showlegend: true,
    legend: {
      orientation: 'h',
      x: 0,
      y: 1,
      yanchor: 'bottom',
      font: { size: tokens.fontSize, color: tokens.text },
    },
  };
}

export interface HistogramBin {
  readonly name: string;
  /** The lower edge; null where all values are one. */
  readonly edge: string | null;
}

/**
 * Bins of equal width (of the logarithm, for values over powers of ten), as many as Sturges has, and
 * which of them a value is in. `numbers` is not empty and all finite.
 */
export function numberBins(numbers: readonly number[]): {
  readonly bars: readonly HistogramBin[];
  readonly binOf: (value: number) => number;
} {
  const log = isSpread(numbers);
  const place = (value: number): number => (log ? Math.log10(value) : value);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of numbers) {
    low = Math.min(low, place(value));
    high = Math.max(high, place(value));
  }
  const bins = high > low ? Math.ceil(Math.log2(numbers.length)) + 1 : 1;
  const width = (high - low) / bins;
  const text = (edge: number): string => formatNumber(log ? 10 ** edge : edge, 3);
  return {
    bars: Array.from({ length: bins }, (_, bin) => ({
      name:
        bins === 1 ? text(low) : `${text(low + bin * width)} – ${text(low + (bin + 1) * width)}`,
      edge: bins === 1 ? null : text(low + bin * width),
    })),
    binOf: (value) =>
      width > 0 ? Math.min(bins - 1, Math.floor((place(value) - low) / width)) : 0,
  };
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
      yaxis: {
        ...axis(tokens, yTitle),
        type: isSpread(all) ? 'log' : 'linear',
        exponentformat: 'e',
      },
    },
  };
}
