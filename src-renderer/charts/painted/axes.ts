/** Grid and labels of the axes, as they stand before Plotly is there to draw them, and the title. */
import type { Tick } from '../axis-ticks.ts';
import type { ChartTokens } from '../theme.ts';
import { type CurvePlan, place, tickLength } from './plan.ts';
import { textMeasure } from './text-measure.ts';

const namespace = 'http://www.w3.org/2000/svg';
/** Of a font's size: from a tick to its label, and from the middle of a line of text to its foot. */
const [gap, foot, lineHeight] = [0.2, 0.35, 1.3];

/**
 * Draws the axes anew into an SVG of the chart's size, to the pixel as Plotly does.
 * @param titleOnly what is left to draw where Plotly draws the axes
 */
export function drawAxes(
  svg: SVGSVGElement,
  plan: CurvePlan,
  tokens: ChartTokens,
  title: string,
  titleOnly: boolean,
): void {
  const { box, axes } = plan;
  const { fontSize } = tokens;
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  const measure = textMeasure(tokens);
  const grid: string[] = [];
  // The axes themselves, just outside of the plot.
  const ticks = [
    `M${box.left - 0.5},${box.top}V${bottom}M${box.left - 1},${bottom + 0.5}H${right}`,
  ];
  const labels: SVGElement[] = [];
  const [xTicks, yTicks] = titleOnly ? [[], []] : [axes.x.ticks, axes.y.ticks];
  for (const { at, text } of within(xTicks, plan.x, box.left, right)) {
    grid.push(`M${crisp(at)},${box.top}V${bottom}`);
    ticks.push(`M${crisp(at)},${bottom + 1}v${tickLength - 1}`);
    const half = measure(text) / 2;
    // As Plotly does: a label that does not fit is left out.
    const lines = at - half < 0 || at + half > plan.width ? [] : text.split('\n');
    lines.forEach((line, index) => {
      const y = bottom + tickLength + fontSize * (gap + 1 + index * lineHeight);
      labels.push(label(line, at, y, 'middle'));
    });
  }
  for (const { at, text } of within(yTicks, plan.y, box.top, bottom)) {
    grid.push(`M${box.left},${crisp(at)}H${right}`);
    ticks.push(`M${box.left - tickLength},${crisp(at)}h${tickLength - 1}`);
    labels.push(label(text, box.left - tickLength - fontSize * gap, at + fontSize * foot, 'end'));
  }
  svg.setAttribute('font-family', tokens.fontFamily);
  svg.setAttribute('font-size', String(fontSize));
  svg.setAttribute('fill', tokens.dimmed);
  if (title !== '') {
    const name = label(
      title,
      box.left + box.width / 2,
      plan.height - fontSize * foot - 1,
      'middle',
    );
    name.classList.add('xtitle');
    labels.push(name);
  }
  const drawn = titleOnly ? [] : [strokes(grid, tokens.grid), strokes(ticks, tokens.border)];
  svg.replaceChildren(...drawn, ...labels);
}

function strokes(lines: readonly string[], color: string): SVGPathElement {
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', lines.join(''));
  path.setAttribute('stroke', color);
  path.setAttribute('fill', 'none');
  return path;
}

/** The ticks in sight with their pixels. */
function within(
  ticks: readonly Tick[],
  scale: CurvePlan['x'],
  low: number,
  high: number,
): { at: number; text: string }[] {
  return ticks
    .map(({ at, text }) => ({ at: place(at, scale), text }))
    .filter(({ at }) => at >= low - 0.5 && at <= high + 0.5);
}

/** A line of one pixel, not of two half ones. */
const crisp = (at: number): number => Math.floor(at) + 0.5;

function label(text: string, x: number, y: number, anchor: string): SVGTextElement {
  const element = document.createElementNS(namespace, 'text');
  element.setAttribute('x', x.toFixed(2));
  element.setAttribute('y', y.toFixed(2));
  element.setAttribute('text-anchor', anchor);
  element.textContent = text;
  return element;
}
