/** One metric's curves, planned for the page, with the same axes for Plotly. Pure. */
import { axis, baseLayout } from './layout.ts';
import type { MetricFigureInput } from './metric-figure.ts';
import { plotlyAxis } from './metric-scale.ts';
import { type CurvePlan, planCurves, type TipWords } from './painted/index.ts';
import type { Paint, PaintOptions } from './use-painted.ts';

export function paintMetric(
  input: MetricFigureInput,
  { tokens, size, measure, moving }: PaintOptions,
  words: TipWords,
): ReturnType<Paint> {
  const plan = planCurves(input, size, measure, moving);
  const still = { automargin: false, zeroline: false, fixedrange: false };
  return {
    plan,
    tokens,
    words,
    layout: {
      ...baseLayout(tokens, ''),
      ...size,
      autosize: false,
      margin: marginOf(plan),
      hovermode: false,
      xaxis: { ...axis(tokens, ''), ...plotlyAxis(plan.axes.x), ...still },
      yaxis: { ...axis(tokens, ''), ...plotlyAxis(plan.axes.y), ...still },
    },
  };
}

function marginOf({ width, height, box }: CurvePlan): Record<'l' | 'r' | 't' | 'b', number> {
  return {
    l: box.left,
    r: width - box.left - box.width,
    t: box.top,
    b: height - box.top - box.height,
  };
}
