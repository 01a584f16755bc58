/** A point per run over two params or metrics, with the Pareto front where one is asked for. */
import { axis, baseLayout, elide, escapeMarkup, type Figure } from './layout.ts';
import type { PlotlyTrace } from './plotly.ts';
import { type ChartTokens, fade, mix } from './theme.ts';
import { isSpread } from './ticks.ts';

/** A run with what it is placed and coloured by. */
export interface RunPoint {
  readonly id: string;
  readonly label: string;
  /** The run's own colour, resolved. */
  readonly color: string;
  readonly x: number | string | null;
  readonly y: number | string | null;
  /** What a shade is taken from; null keeps the run's own colour. */
  readonly shade: number | null;
}

export interface PointsInput {
  readonly points: readonly RunPoint[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly shadeTitle: string | null;
  /** Indices of the points on the Pareto front, from left to right. */
  readonly front: readonly number[] | null;
  readonly lit: string | null;
  readonly colors: { readonly low: string; readonly high: string };
  readonly tokens: ChartTokens;
}

export function pointsFigure(input: PointsInput): Figure {
  const { tokens, front } = input;
  const shown = input.points.flatMap((point, index) =>
    point.x === null || point.y === null ? [] : [{ ...point, index }],
  );
  const onFront = new Set(front ?? []);
  const shade = shader(input);
  const data: PlotlyTrace[] = [];
  if (front !== null && front.length > 0) {
    const points = front.flatMap((index) => input.points[index] ?? []);
    data.push({
      type: 'scatter',
      mode: 'lines',
      x: points.map((point) => point.x),
      y: points.map((point) => point.y),
      line: { color: tokens.accent, width: 1.5, dash: 'dot' },
      hoverinfo: 'skip',
    });
  }
  data.push({
    type: 'scatter',
    mode: 'markers',
    x: shown.map((point) => point.x),
    y: shown.map((point) => point.y),
    text: shown.map((point) => hoverText(point, input)),
    hovertemplate: '%{text}<extra></extra>',
    marker: {
      size: shown.map((point) => (point.id === input.lit ? 14 : onFront.has(point.index) ? 10 : 8)),
      color: shown.map((point) => {
        const color = shade(point) ?? point.color;
        return front === null || onFront.has(point.index) ? color : fade(color, 0.35);
      }),
      line: {
        width: shown.map((point) => (point.id === input.lit ? 2 : 0.5)),
        color: shown.map((point) => (point.id === input.lit ? tokens.text : tokens.surface)),
      },
      ...(input.shadeTitle === null ? {} : { showscale: false }),
    },
    meta: { runIds: shown.map((point) => point.id) },
  });
  return {
    data,
    layout: {
      ...baseLayout(tokens, `${input.xTitle}|${input.yTitle}`),
      hovermode: 'closest',
      xaxis: { ...axis(tokens, input.xTitle), ...scale(shown.map((point) => point.x)) },
      yaxis: { ...axis(tokens, input.yTitle), ...scale(shown.map((point) => point.y)) },
    },
  };
}

/** Logarithmic where numbers lie powers of ten apart; texts stand beside each other. */
function scale(values: readonly (number | string | null)[]): Record<string, unknown> {
  const known = values.filter((value) => value !== null);
  if (known.some((value) => typeof value === 'string')) {
    return { type: 'category', categoryorder: 'category ascending' };
  }
  return { type: isSpread(known as number[]) ? 'log' : 'linear', exponentformat: 'e' };
}

function shader(input: PointsInput): (point: RunPoint) => string | null {
  const values = input.points.flatMap(({ shade }) => (shade === null ? [] : [shade]));
  const log = isSpread(values);
  const at = (value: number): number => (log ? Math.log10(value) : value);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, at(value));
    high = Math.max(high, at(value));
  }
  return ({ shade }) => {
    if (input.shadeTitle === null) return null;
    if (shade === null) return input.tokens.dimmed;
    const share = high > low ? (at(shade) - low) / (high - low) : 0.5;
    return mix(input.colors.low, input.colors.high, share);
  };
}

function hoverText(point: RunPoint, input: PointsInput): string {
  const line = (title: string, value: number | string | null): string =>
    `<br>${escapeMarkup(elide(title, 40))} <b>${escapeMarkup(short(value))}</b>`;
  return [
    escapeMarkup(elide(point.label, 60)),
    line(input.xTitle, point.x),
    line(input.yTitle, point.y),
    input.shadeTitle === null ? '' : line(input.shadeTitle, point.shade),
  ].join('');
}

function short(value: number | string | null): string {
  if (value === null) return '–';
  return typeof value === 'string' ? elide(value, 60) : Number(value.toPrecision(6)).toString();
}
