/** The theme's colours for a figure that brings none of its own. */
import { axis, baseLayout, type Figure } from './layout.ts';
import type { ChartTokens } from './theme.ts';

/** As many as runs have. */
const ways = 8;

/**
 * Plotly's own default is black on white, a bright sheet in a dark page. What a figure says of itself
 * stays: these are defaults, a template. Plotly's Python library writes a whole template into every
 * figure; such a one is shown as it was meant.
 */
export function inTheme(
  figure: Figure,
  tokens: ChartTokens,
  color: (css: string) => string,
): Figure {
  const { template, paper_bgcolor, plot_bgcolor } = figure.layout;
  if ([template, paper_bgcolor, plot_bgcolor].some((own) => own !== undefined)) return figure;
  const { uirevision: _, ...layout } = baseLayout(tokens, '');
  const { title: __, ...line } = axis(tokens, '');
  const colorway = Array.from({ length: ways }, (_, at) => color(`var(--run-${at})`));
  const titled = figure.layout.title === undefined ? layout.margin : undefined;
  return {
    data: figure.data,
    layout: {
      ...figure.layout,
      template: {
        layout: {
          ...layout,
          margin: titled,
          showlegend: undefined,
          colorway,
          xaxis: line,
          yaxis: line,
        },
      },
    },
  };
}
