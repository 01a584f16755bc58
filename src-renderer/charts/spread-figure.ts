/** Outlines of histograms over each other, as a Plotly figure. */
import { axis, baseLayout, escapeMarkup, type Figure } from './layout.ts';
import { type ChartTokens, fade } from './theme.ts';

export interface SpreadOutline {
  readonly label: string;
  readonly color: string;
  readonly counts: readonly number[];
}

export interface SpreadFigureInput {
  /** The lower edge of the first bin, and the width of each. */
  readonly from: number;
  readonly width: number;
  readonly outlines: readonly SpreadOutline[];
  readonly xTitle: string;
  readonly yTitle: string;
  /** Whether the edges are exponents of ten. */
  readonly exponents: boolean;
  readonly tokens: ChartTokens;
}

export function spreadFigure(input: SpreadFigureInput): Figure {
  const { from, width, tokens } = input;
  const text = (edge: number): string =>
    Number((input.exponents ? 10 ** edge : edge).toPrecision(3)).toString();
  return {
    data: input.outlines.map(({ label, color, counts }) => ({
      type: 'scatter',
      mode: 'lines',
      name: escapeMarkup(label),
      // Each step holds until the next edge; the last one needs an end of its own.
      x: [...counts.map((_, bin) => from + bin * width), from + counts.length * width],
      y: [...counts, counts.at(-1) ?? 0],
      text: counts.map(
        (_, bin) => `${text(from + bin * width)} – ${text(from + (bin + 1) * width)}`,
      ),
      line: { shape: 'hv', color, width: 1.5 },
      fill: 'tozeroy',
      fillcolor: fade(color, 0.16),
      hovertemplate: `${escapeMarkup(label)}<br>%{text}<br><b>%{y}</b><extra></extra>`,
    })),
    layout: {
      ...baseLayout(tokens, `${input.xTitle}|${input.outlines.length}`),
      hovermode: 'closest',
      showlegend: input.outlines.length > 1,
      legend: {
        orientation: 'h',
        x: 1,
        xanchor: 'right',
        y: 1.02,
        yanchor: 'bottom',
        font: { color: tokens.text },
      },
      margin: { l: 48, r: 12, t: input.outlines.length > 1 ? 26 : 8, b: 34 },
      xaxis: {
        ...axis(tokens, input.xTitle),
        showgrid: false,
        ...(input.exponents
          ? { tickprefix: '10<sup>', ticksuffix: '</sup>', dtick: dtick(input) }
          : {}),
      },
      yaxis: { ...axis(tokens, input.yTitle), rangemode: 'tozero', exponentformat: 'SI' },
    },
  };
}

/** Whole decades, at most some ten of them. */
function dtick({ width, outlines }: SpreadFigureInput): number {
  const decades = width * Math.max(...outlines.map(({ counts }) => counts.length), 1);
  return Math.max(1, Math.ceil(decades / 10));
}
