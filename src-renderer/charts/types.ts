/** What a chart is given. Colours may be any CSS colour, `var(--…)` included. */

/** What runs along x. `relative` counts from the series' own first point; `metric` is another metric. */
export type XAxis = 'step' | 'time' | 'relative' | 'metric';

/** Line patterns that tell curves apart where colours no longer do. */
export type Dash = 'solid' | 'dash' | 'dot' | 'dashdot' | 'longdash';

/** Shapes along a line, which tell curves apart where colours and patterns no longer do. */
export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross';

/** One curve, of a run or of a group of runs. All columns have the same length. */
export interface Series {
  /** The run, or the group that is drawn as one. */
  readonly runId: string;
  /** The metric's key. */
  readonly key: string;
  /** What the legend and the hover call it, usually the run's number and name. */
  readonly label: string;
  readonly color: string;
  readonly dash?: Dash;
  readonly marker?: Marker;
  readonly steps: Float64Array;
  /** Epoch milliseconds. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** What runs along x where it is neither steps nor times. */
  readonly x?: Float64Array;
  /** Time of the earliest point of the whole series, where these are not all of it. */
  readonly start?: number | null;
  /** Points of the series before it was thinned; keeps smoothing the same at any zoom. */
  readonly total?: number;
  /** Means of what thinned points stand for: what is smoothed in place of the values. */
  readonly means?: Float64Array;
  /** A band around the values, and how many runs there are in it. */
  readonly band?: {
    readonly low: Float64Array;
    readonly high: Float64Array;
    readonly counts: Float64Array;
  };
}

/** The columns that can run along x. */
export type XColumns = Pick<Series, 'steps' | 'times' | 'x' | 'start'>;

/** A visible stretch of x: steps, epoch milliseconds, milliseconds since the first point, or values. */
export interface XRange {
  readonly from: number;
  readonly to: number;
}

/** How the line that stands out is made from the logged one. */
export interface Smoothing {
  /** A debiased moving average as TensorBoard's, or a Gaussian kernel to both sides. */
  readonly kind: 'average' | 'gaussian';
  /** 0 is the raw line; below 1. */
  readonly amount: number;
}

/** One bar. Bars keep the order they are given in. */
export interface Bar {
  readonly id: string;
  readonly label: string;
  /** Null draws no bar but keeps the place, as for a layer that could not be measured. */
  readonly value: number | null;
  /** The ends of a whisker around the value. */
  readonly spread?: { readonly low: number; readonly high: number };
  /** A line more for the hover. */
  readonly detail?: string;
  readonly tone?: 'neutral' | 'added' | 'removed';
  /** In place of the tone's. */
  readonly color?: string;
}
