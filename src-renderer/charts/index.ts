/**
 * Charts, and the only importer of Plotly. Figures are built by pure functions (`*-figure.ts`) from
 * plain columns and the page's tokens; components draw them when they come into view.
 */
export type { Bar, Dash, Series, XAxis, XRange } from './types.ts';
