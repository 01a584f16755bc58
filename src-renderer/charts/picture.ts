/** The curves of one metric as a picture to take along, with the names of its runs below. */
import type { LegendEntry } from './ChartLegend.tsx';
import type { Figure } from './layout.ts';
import type { Plotly } from './plotly.ts';
import { figureSvg, type ImageFormat, rasterise, titleHeight } from './save.ts';
import { composeSheet } from './sheet.ts';
import type { ChartTokens } from './theme.ts';
import type { Series } from './types.ts';

/** @param o.legend all of the runs are named, however many: what Plotly leaves out of a long legend */
export async function curvePicture(
  plotly: Plotly,
  figure: Figure,
  tokens: ChartTokens,
  format: ImageFormat,
  o: {
    readonly title: string;
    readonly legend: readonly LegendEntry[];
    readonly size: { readonly width: number; readonly height: number };
  },
): Promise<Blob> {
  const { title, legend } = o;
  const cell = { width: o.size.width, height: o.size.height + titleHeight };
  const drawn = await figureSvg(plotly, figure, tokens, { title, ...cell });
  const { svg, width, height } = composeSheet({
    ...{ pictures: [drawn], columns: 1, cell, legend, tokens },
  });
  if (format === 'png') return rasterise(svg, width, height);
  return new Blob([svg], { type: 'image/svg+xml' });
}

/** Each run once, as its first curve looks. */
export function legendOf(series: readonly Series[]): LegendEntry[] {
  const found = new Map<string, LegendEntry>();
  for (const { runId, label, color, dash, marker } of series) {
    if (found.has(runId)) continue;
    found.set(runId, {
      ...{ runId, label, color },
      ...(dash === undefined ? {} : { dash }),
      ...(marker === undefined ? {} : { marker }),
    });
  }
  return [...found.values()];
}
