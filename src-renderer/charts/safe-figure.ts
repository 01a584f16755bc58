/** Figures of Plotly that somebody else wrote, without what would reach out of the page. */
import type { Figure } from './layout.ts';
import type { PlotlyLayout, PlotlyTrace } from './plotly.ts';

/** Maps fetch their tiles and outlines from servers. */
const reachesOut = /geo|map|choropleth/i;
const largestDepth = 40;
const mostTraces = 1000;

/** @returns null for what is no figure */
export function safeFigure(text: string): (Figure & { readonly leftOut: number }) | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(parsed) || !Array.isArray(parsed.data)) return null;
  const traces = parsed.data.filter(isObject);
  const shown = traces
    .filter(({ type }) => !reachesOut.test(String(type ?? '')))
    .slice(0, mostTraces)
    .map((trace) => withoutSource(cleaned(trace, 0) as PlotlyTrace));
  const layout = isObject(parsed.layout) ? (cleaned(parsed.layout, 0) as PlotlyLayout) : {};
  // Pictures by their address; outlines of countries.
  for (const key of Object.keys(layout))
    if (key === 'images' || reachesOut.test(key)) delete layout[key];
  delete layout.width;
  delete layout.height;
  return {
    data: shown,
    layout: { ...layout, autosize: true },
    leftOut: traces.length - shown.length,
  };
}

function withoutSource(trace: PlotlyTrace): PlotlyTrace {
  const { source, ...rest } = trace;
  const inline = typeof source === 'string' && /^data:image\/(png|jpeg|webp|gif);/.test(source);
  return inline ? trace : rest;
}

/** Plotly makes links of `<a>` in its texts; a text is left. */
function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replace(/<\/?a\b[^>]*>/gi, '');
  if (value === null || typeof value !== 'object' || depth > largestDepth) {
    return typeof value === 'object' ? null : value;
  }
  if (Array.isArray(value)) {
    return typeof value[0] === 'number' && typeof value.at(-1) === 'number'
      ? value
      : value.map((item) => cleaned(item, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__proto__')
      .map(([key, item]) => [key, cleaned(item, depth + 1)]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
