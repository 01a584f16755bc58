/** A confusion matrix: what was there from the top, what was predicted from the left, each cell with its number. */
import { axis, baseLayout, elide, escapeMarkup, type Figure } from '../layout.ts';
import { type ChartTokens, mix } from '../theme.ts';

export interface ConfusionInput {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly values: readonly (readonly number[])[];
  readonly xTitle: string;
  readonly yTitle: string;
  /** Whether each row is shown as shares of itself. */
  readonly shares: boolean;
  readonly tokens: ChartTokens;
}

/** Numbers are written into cells that have room for them. */
const namedLimit = 20;

/** Each row divided by its sum; a row without anything stays at zero. */
export function rowShares(values: readonly (readonly number[])[]): number[][] {
  return values.map((row) => {
    const sum = row.reduce((total, value) => total + value, 0);
    return row.map((value) => (sum === 0 ? 0 : value / sum));
  });
}

export function confusionHeight(rows: number): number {
  return Math.max(200, Math.min(480, rows * (rows <= namedLimit ? 34 : 12) + 90));
}

export function confusionFigure(input: ConfusionInput): Figure {
  const { rows, columns, values, shares, tokens } = input;
  const shown = shares ? rowShares(values) : values;
  const named = rows.length <= namedLimit && columns.length <= namedLimit;
  const format = (value: number): string =>
    shares ? `${(value * 100).toFixed(value === 0 || value === 1 ? 0 : 1)} %` : String(value);
  const ticks = (names: readonly string[]): Record<string, unknown> => ({
    tickmode: 'array',
    tickvals: names.map((_, index) => index),
    ticktext: names.map((name) => escapeMarkup(elide(name, 14))),
    showgrid: false,
    ticklabeloverflow: 'allow',
  });
  const trace = {
    type: 'heatmap',
    z: shown,
    zmin: 0,
    ...(shares ? { zmax: 1 } : {}),
    text: shown.map((row) => row.map(format)),
    ...(named ? { texttemplate: '%{text}' } : {}),
    // Plotly writes grey on the light shades of a dark page, which is faint: they end earlier there.
    ...(named && tokens.dark ? { textfont: { color: '#fff' } } : {}),
    colorscale: [
      [0, tokens.low],
      [1, named && tokens.dark ? mix(tokens.low, tokens.high, 0.5) : tokens.high],
    ],
    showscale: false,
    xgap: 1,
    ygap: 1,
    hovertemplate: values.map((row, i) =>
      row.map(
        (value, j) =>
          `${escapeMarkup(rows[i] ?? '')} → ${escapeMarkup(columns[j] ?? '')}<br><b>${value}</b> · ${format((shown[i] as number[])[j] as number)}<extra></extra>`,
      ),
    ),
  };
  return {
    data: [trace],
    layout: {
      ...baseLayout(tokens, `${rows.length}x${columns.length}`),
      xaxis: {
        ...axis(tokens, input.xTitle),
        ...ticks(columns),
        ...(columns.some((name) => name.length > 8) ? { tickangle: 30 } : {}),
      },
      yaxis: { ...axis(tokens, input.yTitle), ...ticks(rows), autorange: 'reversed' },
    },
  };
}
