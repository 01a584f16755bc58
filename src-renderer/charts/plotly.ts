/**
 * Plotly, fetched when the first chart is about to be seen: it is the largest part of the renderer.
 * Charts of Cairn's own need its flat kinds only; logged figures may be of any.
 */
import type { Plotly, PlotlyTrace } from 'plotly.js-cartesian-dist-min';

export type {
  Plotly,
  PlotlyElement,
  PlotlyLayout,
  PlotlyTrace,
} from 'plotly.js-cartesian-dist-min';

/** What the small bundle draws, as its README lists it. */
const flat = new Set([
  ...['scatter', 'scatterternary', 'bar', 'box', 'violin', 'pie', 'image'],
  ...['contour', 'heatmap', 'histogram', 'histogram2d', 'histogram2dcontour'],
]);

/** Which of the two bundles: `flat` is a quarter as large, and a chart is drawn that much sooner. */
export type PlotlyBundle = 'flat' | 'full';

/** The bundle that traces need. A trace without a type is `scatter`. */
export function bundleFor(traces: readonly PlotlyTrace[]): PlotlyBundle {
  return traces.every(({ type = 'scatter' }) => flat.has(String(type))) ? 'flat' : 'full';
}

const imports: Record<PlotlyBundle, () => Promise<{ default: Plotly }>> = {
  flat: () => import('plotly.js-cartesian-dist-min'),
  full: () => import('plotly.js-strict-dist-min'),
};
const loading: Partial<Record<PlotlyBundle, Promise<Plotly>>> = {};

/** The library; asked for again after a failure, since a dropped connection may come back. */
export function loadPlotly(bundle: PlotlyBundle = 'flat'): Promise<Plotly> {
  loading[bundle] ??= imports[bundle]().then(
    (module) => module.default,
    (error: unknown) => {
      delete loading[bundle];
      throw error;
    },
  );
  return loading[bundle];
}

/** Fetches the library ahead of the first chart, which will say so if it cannot be had. */
export function preloadCharts(): void {
  loadPlotly().catch(() => {});
}

let isExpected = false;

/** The same once the page has nothing else to do: for charts that are read without it. */
export function preloadWhenIdle(): void {
  if (isExpected) return;
  isExpected = true;
  requestIdleCallback(preloadCharts);
}

/** Whether there is a plot in the element: most of Plotly throws where there is none (any more). */
export function isDrawn(element: HTMLElement): boolean {
  return Reflect.get(element, '_fullLayout') !== undefined;
}
