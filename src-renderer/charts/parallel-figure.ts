/** Parallel coordinates as a Plotly figure: a line per run across one axis per param or metric. */
import { baseLayout, elide, escapeMarkup, type Figure } from './layout.ts';
import type { ParallelAxis } from './parallel-scale.ts';
import type { PlotlyTrace } from './plotly.ts';
import { type ChartTokens, fade, mix } from './theme.ts';

/** Room around the axes, in pixels: brushes are laid over them by the same numbers. */
export const parallelMargin = { l: 64, r: 64, t: 46, b: 16 } as const;

/** Shades of the colour scale: a trace each. */
const shades = 12;
const mostTicks = 12;

export interface ParallelInput {
  readonly axes: readonly ParallelAxis[];
  readonly runs: readonly { readonly id: string; readonly label: string }[];
  /** Indices of the runs within the brushes, and of those that are drawn faintly. */
  readonly inside: readonly number[];
  readonly outside: readonly number[];
  /** The axis that the lines are coloured by. */
  readonly colorBy: string | null;
  readonly lit: string | null;
  /** Two colours that are told apart without red and green, for the least and the most. */
  readonly colors: { readonly low: string; readonly high: string };
  readonly tokens: ChartTokens;
}

export function parallelFigure(input: ParallelInput): Figure {
  const { axes, tokens } = input;
  const by = axes.find((axis) => axis.id === input.colorBy);
  const shadeOf = (index: number): number => {
    const place = by?.places[index] ?? null;
    return place === null ? -1 : Math.min(shades - 1, Math.floor(place * shades));
  };
  const strength = input.inside.length > 200 ? 0.4 : input.inside.length > 50 ? 0.6 : 0.85;
  const lines = (color: string) => ({ color, width: 1.4 });
  const data: PlotlyTrace[] = [
    { ...trace(input, input.outside), line: lines(fade(tokens.border, 0.35)), hoverinfo: 'skip' },
  ];
  for (const [shade, indices] of Map.groupBy(input.inside, shadeOf)) {
    const color =
      shade < 0
        ? by === undefined
          ? tokens.accent
          : tokens.dimmed
        : mix(input.colors.low, input.colors.high, shade / (shades - 1));
    data.push({ ...trace(input, indices), line: lines(fade(color, strength)) });
  }
  const litIndex = input.runs.findIndex((run) => run.id === input.lit);
  if (litIndex >= 0) {
    data.push({ ...trace(input, [litIndex]), line: { color: tokens.text, width: 3 } });
  }
  const last = Math.max(1, axes.length - 1);
  return {
    data,
    layout: {
      ...baseLayout(tokens, ''),
      margin: parallelMargin,
      hovermode: 'closest',
      dragmode: false,
      xaxis: { visible: false, range: [0, last], fixedrange: true },
      yaxis: { visible: false, range: [0, 1], fixedrange: true },
      shapes: axes.map((_, index) => ({
        type: 'line',
        x0: index,
        x1: index,
        y0: 0,
        y1: 1,
        line: { color: tokens.border, width: 1 },
      })),
      annotations: axes.flatMap((axis, index) => [
        {
          x: index,
          y: 1,
          yshift: 22,
          text: `<b>${escapeMarkup(elide(axis.label, Math.max(10, Math.floor(90 / axes.length))))}</b>`,
          showarrow: false,
          font: { size: tokens.fontSize, color: tokens.text },
        },
        ...thinned(axis.ticks).map((tick) => ({
          x: index,
          y: tick.place,
          xanchor: index === last && index > 0 ? 'right' : 'left',
          // Close to the axis: a line that showed between would read as a minus.
          xshift: index === last && index > 0 ? -1 : 1,
          text: escapeMarkup(elide(tick.text, 16)),
          showarrow: false,
          bgcolor: fade(tokens.surface, 0.75),
          borderpad: 4,
          font: { size: tokens.fontSize, color: tokens.dimmed },
        })),
      ]),
    },
  };
}

function thinned<T>(ticks: readonly T[]): readonly T[] {
  const step = Math.ceil(ticks.length / mostTicks);
  return ticks.filter((_, index) => index % step === 0);
}

/** Lines of several runs in one trace, with a gap between them: a trace per run would be slow. */
function trace(input: ParallelInput, indices: readonly number[]): PlotlyTrace {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  const runIds: (string | null)[] = [];
  const text: string[] = [];
  for (const index of indices) {
    const run = input.runs[index];
    if (run === undefined) continue;
    input.axes.forEach((axis, place) => {
      x.push(place);
      y.push(axis.places[index] ?? null);
      runIds.push(run.id);
      const value = axis.values[index];
      text.push(
        `${escapeMarkup(run.label)}<br>${escapeMarkup(axis.label)} <b>${escapeMarkup(String(value ?? '–'))}</b>`,
      );
    });
    x.push(null);
    y.push(null);
    runIds.push(null);
    text.push('');
  }
  return {
    type: 'scatter',
    mode: 'lines+markers',
    marker: { size: 3, opacity: 0 },
    x,
    y,
    text,
    hovertemplate: '%{text}<extra></extra>',
    connectgaps: false,
    meta: { runIds },
  };
}
