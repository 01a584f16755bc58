/** Curves as SVG: drawn once, readable without a script. */
import type { Output } from '../../contract/index.ts';
import { type Html, html } from './html.ts';

type Series = Output<'runs.metrics'>['series'][number];

export interface Curve {
  /** Index of the run's colour. */
  readonly colour: number;
  readonly label: string;
  readonly series: Series;
}

const [width, height] = [420, 180];
const margin = { left: 54, right: 8, top: 8, bottom: 24 };

/** One metric of some runs over steps. Points that are not finite leave a gap. */
export function drawCurves(name: string, curves: readonly Curve[]): Html | null {
  const drawing = drawAll(curves);
  return (
    drawing &&
    html`<figure><figcaption>${name}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${name} over steps">
${drawing}
</svg></figure>`
  );
}

/** The same as an SVG file that stands alone, on white, with its runs named in their colours. */
export function curvesAsSvg(name: string, curves: readonly Curve[]): string | null {
  const drawing = drawAll(curves);
  if (drawing === null) return null;
  const key = curves.map(
    ({ colour, label }, at) =>
      html`<text class="k${colour % 8}" x="${margin.left}" y="${height + 14 + at * 15}">${label}</text>`,
  );
  const whole = height + 8 + curves.length * 15;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -18 ${width} ${whole + 18}" width="${width * 1.5}" height="${(whole + 18) * 1.5}">
<style>${{ html: pictureStyles }}</style><rect y="-18" width="${width}" height="${whole + 18}" fill="#fff"/>
<text class="name" x="${margin.left}" y="-4">${name}</text>
${drawing}${key}
</svg>`.html;
}

const colours = ['0f6cbd', 'c2410c', '15803d', 'a21caf', 'a16207', '0e7490', 'be123c', '57534e'];
const pictureStyles = `text { fill: #6b655c; font: 11px sans-serif; } .name { fill: #24211d; font-weight: 600; }
.grid { stroke: #ddd8cf; } path { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
.dot { stroke-width: 6; stroke-linecap: round; }
${colours.map((hex, n) => `.c${n} { stroke: #${hex}; } .k${n} { fill: #${hex}; }`).join('\n')}`;

function drawAll(curves: readonly Curve[]): Html | null {
  const finite = curves.flatMap(({ series }) =>
    [...series.values].flatMap((value, at) =>
      Number.isFinite(value) ? [[series.steps[at] as number, value] as const] : [],
    ),
  );
  if (finite.length === 0) return null;
  const x = scale(
    finite.map(([step]) => step),
    [margin.left, width - margin.right],
  );
  const y = scale(
    finite.map(([, value]) => value),
    [height - margin.bottom, margin.top],
  );
  return html`${y.ticks.map((tick) => html`<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${y.at(tick)}" y2="${y.at(tick)}"/><text x="${margin.left - 6}" y="${y.at(tick) + 4}" text-anchor="end">${short(tick)}</text>`)}
${x.ticks.map((tick) => html`<text x="${x.at(tick)}" y="${height - 6}" text-anchor="middle">${short(tick)}</text>`)}
${curves.map((curve) => drawOne(curve, x.at, y.at))}`;
}

function drawOne(
  { colour, label, series }: Curve,
  x: (step: number) => number,
  y: (value: number) => number,
): Html {
  let path = '';
  let pen = false;
  series.values.forEach((value, at) => {
    if (!Number.isFinite(value)) {
      pen = false;
      return;
    }
    path += `${pen ? 'L' : 'M'}${x(series.steps[at] as number).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = true;
  });
  const single = series.values.length === 1 ? ' dot' : '';
  return html`<path class="c${colour % 8}${single}" d="${path}${single === '' ? '' : 'h0.01'}"><title>${label}</title></path>`;
}

interface Scale {
  readonly ticks: readonly number[];
  at(value: number): number;
}

function scale(values: readonly number[], [from, to]: readonly [number, number]): Scale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low === high) {
    const room = Math.abs(low) / 10 || 1;
    [low, high] = [low - room, high + room];
  }
  // By halves: the span of the largest numbers is infinite.
  const half = high / 2 - low / 2;
  const at = (value: number) =>
    Number((from + ((value / 2 - low / 2) / half) * (to - from)).toFixed(1));
  return { at, ticks: Number.isFinite(high - low) ? niceTicks(low, high) : [low, high] };
}

/** Three to six round numbers. */
function niceTicks(low: number, high: number): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step); tick * step <= high && ticks.length < 8; tick++) {
    ticks.push(tick * step);
  }
  return ticks;
}

function short(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(4)));
}
