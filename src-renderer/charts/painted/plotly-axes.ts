/** Plotly over a painted chart: it draws the axes, and zooms and pans with the mouse. */
import { plotConfig } from '../layout.ts';
import type { AxisRanges } from '../metric-scale.ts';
import {
  isDrawn,
  loadPlotly,
  type Plotly,
  type PlotlyElement,
  type PlotlyLayout,
} from '../plotly.ts';

export interface AxesHandlers {
  /** Zoomed or moved, as Plotly tells it. */
  readonly onRelayout: (update: Readonly<Record<string, unknown>>) => void;
  /** While the axes are being moved. */
  readonly onMoving: (ranges: AxisRanges) => void;
  readonly onReset: () => void;
  /** Whether what Plotly has drawn is what the axes are; else they have to be drawn by others. */
  readonly onFresh: (isFresh: boolean) => void;
}

/** While somebody zooms on and on, Plotly waits: it takes longer than all the rest. */
const restMs = 150;

const config = { ...plotConfig, doubleClick: false };

export class PlotlyAxes {
  readonly #handlers: AxesHandlers;
  readonly #element: HTMLElement;
  #plotly: Plotly | null = null;
  #isAsked = false;
  #isGone = false;
  /** What Plotly drew last, and what it is to draw. */
  #drawn = '';
  #wanted = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(element: HTMLElement, handlers: AxesHandlers) {
    this.#element = element;
    this.#handlers = handlers;
  }

  /** Fetches Plotly for the first use, and lets it draw; without it, the chart stands as it is painted. */
  use(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    loadPlotly().then(
      (plotly) => {
        if (this.#isGone) return;
        this.#plotly = plotly;
        this.flush();
      },
      () => {
        // A connection that was dropped may be back when the chart is used again.
        this.#isAsked = false;
      },
    );
  }

  /** The axes as they are to be, drawn once there is a moment's rest; the same again costs nothing. */
  draw(layout: PlotlyLayout): void {
    this.#wanted = JSON.stringify(layout);
    if (this.#plotly === null || this.#wanted === this.#drawn) return;
    this.#handlers.onFresh(false);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), restMs);
  }

  /** Draws at once what waits to be drawn, as when somebody is about to drag. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.#plotly === null || this.#wanted === '' || this.#wanted === this.#drawn) return;
    const isFirst = this.#drawn === '';
    this.#drawn = this.#wanted;
    // A copy, since Plotly writes into what it is given.
    const layout = JSON.parse(this.#wanted) as PlotlyLayout;
    this.#plotly.react(this.#element, [], layout, { ...config }).then(
      (plot) => {
        if (this.#isGone) return;
        if (isFirst) this.#listen(plot);
        this.#handlers.onFresh(true);
      },
      // The chart stands as it is painted.
      () => {},
    );
  }

  remove(): void {
    this.#isGone = true;
    clearTimeout(this.#timer);
    if (this.#plotly !== null && isDrawn(this.#element)) this.#plotly.purge(this.#element);
    this.#plotly = null;
  }

  #listen(plot: PlotlyElement): void {
    plot.on('plotly_relayout', (update: Record<string, unknown>) => {
      // What stands there now is Plotly's own.
      this.#drawn = ' ';
      this.#handlers.onRelayout(update);
    });
    plot.on('plotly_relayouting', () => {
      const ranges = rangesOf(plot);
      if (ranges !== null) this.#handlers.onMoving(ranges);
    });
    plot.on('plotly_doubleclick', () => this.#handlers.onReset());
  }
}

/** Where the axes stand in this moment. */
function rangesOf(plot: HTMLElement): AxisRanges | null {
  const full: unknown = Reflect.get(plot, '_fullLayout');
  if (typeof full !== 'object' || full === null) return null;
  const [x, y] = [axisRange(full, 'xaxis'), axisRange(full, 'yaxis')];
  return x === null || y === null ? null : { x, y };
}

function axisRange(layout: object, name: string): readonly [number, number] | null {
  const axis: unknown = Reflect.get(layout, name);
  if (typeof axis !== 'object' || axis === null) return null;
  const range: unknown = Reflect.get(axis, 'range');
  if (!Array.isArray(range)) return null;
  const ends = range.map((end: unknown) =>
    typeof end === 'number' ? end : Date.parse(`${String(end).replace(' ', 'T')}Z`),
  );
  const [from, to] = ends;
  return from !== undefined && to !== undefined && Number.isFinite(from) && Number.isFinite(to)
    ? [from, to]
    : null;
}
