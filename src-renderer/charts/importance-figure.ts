/** What params matter, as bars with how sure that is. */
import { axis, baseLayout, elide, escapeMarkup, type Figure } from './layout.ts';
import type { ChartTokens } from './theme.ts';

/** A value with the ends of its interval. */
export interface Uncertain {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface ImportanceBar {
  readonly label: string;
  readonly value: Uncertain | null;
}

export interface ImportanceInput {
  /** The first stands on top. */
  readonly bars: readonly ImportanceBar[];
  readonly title: string;
  /** Whether values go below zero, as correlations do. */
  readonly signed: boolean;
  readonly unknown: string;
  readonly tokens: ChartTokens;
}

/** Height in pixels at which every bar has its line. */
export function importanceHeight(count: number): number {
  return Math.max(110, count * 22 + 56);
}

export function importanceFigure({
  bars,
  title,
  signed,
  unknown,
  tokens,
}: ImportanceInput): Figure {
  const short = (value: number): string => Number(value.toPrecision(3)).toString();
  const values = bars.map((bar) => bar.value);
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        x: values.map((value) => value?.value ?? null),
        y: bars.map((_, index) => index),
        // Where the interval takes in zero, nothing was found: such a bar stands back.
        marker: {
          color: tokens.accent,
          opacity: values.map((one) => (one === null || one.low * one.high <= 0 ? 0.45 : 0.9)),
          line: { width: 0 },
        },
        error_x: {
          type: 'data',
          symmetric: false,
          array: values.map((value) => (value === null ? 0 : value.high - value.value)),
          arrayminus: values.map((value) => (value === null ? 0 : value.value - value.low)),
          color: tokens.dimmed,
          thickness: 1.2,
          width: 3,
        },
        text: bars.map(({ label, value }) => {
          const told =
            value === null
              ? unknown
              : `${short(value.value)} [${short(value.low)} … ${short(value.high)}]`;
          return `${escapeMarkup(elide(label, 60))}<br><b>${escapeMarkup(told)}</b>`;
        }),
        textposition: 'none',
        hovertemplate: '%{text}<extra></extra>',
      },
    ],
    layout: {
      ...baseLayout(tokens, title),
      bargap: 0.35,
      hovermode: 'closest',
      xaxis: {
        ...axis(tokens, title),
        zeroline: true,
        zerolinecolor: tokens.border,
        ...(signed ? { range: [-1.05, 1.05] } : {}),
      },
      yaxis: {
        ...axis(tokens, ''),
        showgrid: false,
        tickmode: 'array',
        tickvals: bars.map((_, index) => index),
        ticktext: bars.map((bar) => escapeMarkup(elide(bar.label, 30))),
        range: [bars.length - 0.5, -0.5],
        fixedrange: true,
      },
    },
  };
}
