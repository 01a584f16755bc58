/** The part of Plotly that Cairn uses. The packages ship no types. */
declare module 'plotly.js-cartesian-dist-min' {
  export type PlotlyTrace = Record<string, unknown>;
  export type PlotlyLayout = Record<string, unknown>;

  export interface PlotlyElement extends HTMLDivElement {
    on(event: string, handler: (data: never) => void): void;
    removeAllListeners(event: string): void;
  }

  export interface Plotly {
    react(
      element: HTMLElement,
      data: PlotlyTrace[],
      layout: PlotlyLayout,
      config: Record<string, unknown>,
    ): Promise<PlotlyElement>;
    relayout(element: HTMLElement, update: Record<string, unknown>): Promise<PlotlyElement>;
    purge(element: HTMLElement): void;
    toImage(
      figure: HTMLElement | { data: PlotlyTrace[]; layout: PlotlyLayout },
      options: { format: 'svg' | 'png'; width: number; height: number; scale?: number },
    ): Promise<string>;
    Plots: { resize(element: HTMLElement): void };
    Fx: {
      hover(
        element: HTMLElement,
        points: { xval: number } | { curveNumber: number; pointNumber: number }[],
      ): void;
      unhover(element: HTMLElement): void;
    };
  }

  const plotly: Plotly;
  export default plotly;
}

declare module 'plotly.js-strict-dist-min' {
  export { default } from 'plotly.js-cartesian-dist-min';
}
