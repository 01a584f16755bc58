/** What a chart is given. Colours may be any CSS colour, `var(--…)` included. */

/** Which of a series' columns runs along x. `relative` counts from the series' own first point. */
export type XAxis = 'step' | 'time' | 'relative';

/** Line patterns that tell curves apart where colours no longer do. */
export type Dash = 'solid' | 'dash' | 'dot' | 'dashdot' | 'longdash';

/** One curve. The three columns have the same length; `times` are epoch milliseconds. */
export interface Series {
  readonly runId: string;
  /** The metric's key. */
  readonly key: string;
  /** What the legend and the hover call it, usually the run's number and name. */
  readonly label: string;
  readonly color: string;
  readonly dash?: Dash;
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** Points of the series before it was decimated; keeps smoothing the same at any zoom. */
  readonly total?: number;
}

/** The columns that can run along x. */
export type XColumns = Pick<Series, 'steps' | 'times'>;

/** A visible stretch of x: steps, epoch milliseconds, or milliseconds since the first point. */
export interface XRange {
  readonly from: number;
  readonly to: number;
}

/** One bar. Bars keep the order they are given in. */
export interface Bar {
  readonly id: string;
  readonly label: string;
  /** Null draws no bar but keeps the place, as for a layer that could not be measured. */
  readonly value: number | null;
  /** A line more for the hover. */
  readonly detail?: string;
  readonly tone?: 'neutral' | 'added' | 'removed';
}
