/** Plotly, fetched when the first chart is about to be seen: it is the largest part of the renderer. */
import type { Plotly } from 'plotly.js-strict-dist-min';

export type { Plotly, PlotlyElement, PlotlyLayout, PlotlyTrace } from 'plotly.js-strict-dist-min';

let loading: Promise<Plotly> | null = null;

/** The library; asked for again after a failure, since a dropped connection may come back. */
export function loadPlotly(): Promise<Plotly> {
  loading ??= import('plotly.js-strict-dist-min').then(
    (module) => module.default,
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** Whether there is a plot in the element: most of Plotly throws where there is none (any more). */
export function isDrawn(element: HTMLElement): boolean {
  return Reflect.get(element, '_fullLayout') !== undefined;
}
