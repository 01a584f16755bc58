/** A metric over two params, as contours between the runs. */
import { axis, baseLayout, escapeMarkup, type Figure } from './layout.ts';
import type { ChartTokens } from './theme.ts';
import { isSpread } from './ticks.ts';

export interface ContourPoint {
  readonly id: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export interface ContourInput {
  readonly points: readonly ContourPoint[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly zTitle: string;
  readonly colors: { readonly low: string; readonly high: string };
  readonly tokens: ChartTokens;
}

/** Places along each side at which the surface is computed. */
const side = 48;

/** A column as it is drawn: by its logarithm where values lie powers of ten apart. */
interface Side {
  readonly log: boolean;
  readonly places: readonly number[];
  readonly least: number;
  readonly most: number;
}

export function contourFigure(input: ContourInput): Figure {
  const { points, tokens } = input;
  const x = sideOf(points.map((point) => point.x));
  const y = sideOf(points.map((point) => point.y));
  const surface = interpolate(
    x,
    y,
    points.map((point) => point.z),
  );
  const values = (one: Side): number[] =>
    Array.from({ length: side }, (_, i) => {
      const place = one.least + ((one.most - one.least) * i) / (side - 1);
      return one.log ? 10 ** place : place;
    });
  return {
    data: [
      {
        type: 'contour',
        x: values(x),
        y: values(y),
        z: surface,
        colorscale: [
          [0, input.colors.low],
          [0.5, tokens.surface],
          [1, input.colors.high],
        ],
        opacity: 0.75,
        ncontours: 12,
        line: { width: 0.5, color: tokens.border },
        colorbar: {
          title: {
            text: escapeMarkup(input.zTitle),
            side: 'right',
            font: { size: tokens.fontSize },
          },
          thickness: 10,
          outlinewidth: 0,
          tickfont: { size: tokens.fontSize, color: tokens.dimmed },
        },
        hoverinfo: 'skip',
      },
      {
        type: 'scatter',
        mode: 'markers',
        x: points.map((point) => point.x),
        y: points.map((point) => point.y),
        text: points.map(
          (point) =>
            `${escapeMarkup(point.label)}<br><b>${Number(point.z.toPrecision(6)).toString()}</b>`,
        ),
        hovertemplate: '%{text}<extra></extra>',
        marker: { color: tokens.text, size: 5, line: { width: 1, color: tokens.surface } },
        meta: { runIds: points.map((point) => point.id) },
      },
    ],
    layout: {
      ...baseLayout(tokens, `${input.xTitle}|${input.yTitle}|${input.zTitle}`),
      hovermode: 'closest',
      xaxis: { ...axis(tokens, input.xTitle), type: x.log ? 'log' : 'linear', exponentformat: 'e' },
      yaxis: { ...axis(tokens, input.yTitle), type: y.log ? 'log' : 'linear', exponentformat: 'e' },
    },
  };
}

function sideOf(values: readonly number[]): Side {
  const log = isSpread(values);
  const places = values.map((value) => (log ? Math.log10(value) : value));
  return { log, places, least: Math.min(...places), most: Math.max(...places) };
}

/**
 * Shepard's inverse distance weighting (1968), with each side taken from 0 to 1: it passes through
 * the runs and never leaves the range of their values.
 */
function interpolate(x: Side, y: Side, z: readonly number[]): number[][] {
  const share = (value: number, one: Side): number =>
    one.most > one.least ? (value - one.least) / (one.most - one.least) : 0.5;
  const places = z.map((value, i) => ({
    x: share(x.places[i] as number, x),
    y: share(y.places[i] as number, y),
    value,
  }));
  const at = (i: number): number => i / (side - 1);
  return Array.from({ length: side }, (_, row) =>
    Array.from({ length: side }, (_, column) => {
      let [sum, mass] = [0, 0];
      for (const place of places) {
        const distance = (place.x - at(column)) ** 2 + (place.y - at(row)) ** 2;
        const weight = 1 / (distance ** 1.5 + 1e-9);
        sum += weight * place.value;
        mass += weight;
      }
      return sum / mass;
    }),
  );
}
