/** A matrix of values as shaded cells: layer by module, for the change of a model. */
import { axis, baseLayout, elide, escapeMarkup, type Figure } from './layout.ts';
import type { ChartTokens } from './theme.ts';

export interface HeatFigureInput {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** `values[row][column]`; null leaves the cell empty. */
  readonly values: readonly (readonly (number | null)[])[];
  readonly valueTitle: string;
  readonly log: boolean;
  readonly tokens: ChartTokens;
}

/** So many lines of names fit beside a picture of the usual height. */
const mostNames = 36;

export function heatFigure(input: HeatFigureInput): Figure {
  const { tokens } = input;
  const shown = input.values.map((row) =>
    row.map((value) => (value === null ? null : input.log ? toLog(value) : value)),
  );
  const ticks = (names: readonly string[], length: number): Record<string, unknown> => {
    // Names that would lie on each other are left out; each cell says its own.
    const step = Math.ceil(names.length / mostNames);
    const named = names.flatMap((name, at) => (at % step === 0 ? [{ name, at }] : []));
    return {
      tickmode: 'array',
      tickvals: named.map(({ at }) => at),
      ticktext: named.map(({ name }) => escapeMarkup(elide(name, length))),
      showgrid: false,
    };
  };
  const trace = {
    type: 'heatmap',
    z: shown,
    customdata: input.values,
    colorscale: [
      [0, tokens.low],
      [1, tokens.high],
    ],
    xgap: 1,
    ygap: 1,
    hoverongaps: false,
    hovertemplate: input.values.map((row, i) =>
      row.map(
        (_, j) =>
          `${escapeMarkup(input.rows[i] ?? '')} · ${escapeMarkup(input.columns[j] ?? '')}<br><b>%{customdata:.4~g}</b><extra></extra>`,
      ),
    ),
    colorbar: {
      title: {
        text: escapeMarkup(input.valueTitle),
        side: 'right',
        font: { size: tokens.fontSize },
      },
      thickness: 10,
      outlinewidth: 0,
      tickfont: { size: tokens.fontSize, color: tokens.dimmed },
      ...(input.log ? { dtick: 1, tickprefix: '10<sup>', ticksuffix: '</sup>' } : {}),
    },
  };
  return {
    data: [trace],
    layout: {
      ...baseLayout(tokens, `${input.rows.length}x${input.columns.length}`),
      margin: { l: 48, r: 12, t: 34, b: 8 },
      xaxis: { ...axis(tokens, ''), ...ticks(input.columns, 20), side: 'top' },
      yaxis: { ...axis(tokens, ''), ...ticks(input.rows, 28), autorange: 'reversed' },
    },
  };
}

function toLog(value: number): number | null {
  return value > 0 ? Math.log10(value) : null;
}
