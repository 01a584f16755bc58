/**
 * Curves painted by Cairn itself, as Plotly draws the same figure but in milliseconds: planned in
 * pixels (`plan.ts`), painted on a canvas (`paint.ts`) over axes of its own, which are Plotly's as soon
 * as somebody uses the chart (`plotly-axes.ts`), and asked what the pointer is at (`pointer.ts`).
 */
export { followPointer, type PointerPlace } from './follow.ts';
export { CurveLayers, type Painting } from './layers.ts';
export { type CurvePlan, planCurves } from './plan.ts';
export { PlotlyAxes } from './plotly-axes.ts';
export { type Pointed, pointAt, pointedAt } from './pointer.ts';
export { textMeasure } from './text-measure.ts';
export { sayPlace, type TipWords } from './tip.ts';
