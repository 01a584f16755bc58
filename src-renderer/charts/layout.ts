/** The parts of a Plotly figure that all charts share: thin grid, no junk, the page's own type. */
import type { PlotlyLayout, PlotlyTrace } from './plotly.ts';
import type { ChartTokens } from './theme.ts';

export interface Figure {
  readonly data: PlotlyTrace[];
  readonly layout: PlotlyLayout;
}

/** What never changes: Cairn has its own menu and its own keys. */
export const plotConfig: Readonly<Record<string, unknown>> = {
  displayModeBar: false,
  displaylogo: false,
  doubleClick: 'autosize',
  showTips: false,
  scrollZoom: false,
  responsive: false,
};

export function baseLayout(tokens: ChartTokens, revision: string): PlotlyLayout {
  return {
    autosize: true,
    uirevision: revision,
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    margin: { l: 48, r: 12, t: 8, b: 34 },
    font: { family: tokens.fontFamily, size: tokens.fontSize, color: tokens.dimmed },
    showlegend: false,
    hoverlabel: {
      bgcolor: tokens.surface,
      bordercolor: tokens.border,
      align: 'left',
      font: { family: tokens.fontFamily, size: tokens.fontSize, color: tokens.text },
      namelength: 40,
    },
    dragmode: 'zoom',
  };
}

export function axis(tokens: ChartTokens, title: string): Record<string, unknown> {
  return {
    title: {
      text: escapeMarkup(title),
      standoff: 6,
      font: { size: tokens.fontSize, color: tokens.dimmed },
    },
    gridcolor: tokens.grid,
    gridwidth: 1,
    zeroline: false,
    linecolor: tokens.border,
    tickcolor: tokens.border,
    tickfont: { size: tokens.fontSize, color: tokens.dimmed },
    automargin: true,
  };
}

/** Plotly reads a little HTML in its texts; names of metrics and layers are to stand as they are. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A long name with its middle left out. */
export function elide(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = Math.ceil((length - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (length - 1 - head))}`;
}
