/** What stands beside the pointer: the values of curves at a place. Plain elements, since it moves with every frame. */
import { formatNumber } from '../../ui/index.ts';
import { type DurationUnit, toLocalClock, unitSize } from '../columns.ts';
import { markerPath, samplePatterns } from '../dashes.ts';
import type { Series, XAxis } from '../types.ts';
import css from './painted.module.css';
import { type CurvePlan, valueAt } from './plan.ts';
import type { Hit, Pointed } from './pointer.ts';

export interface TipWords {
  /** What runs along x. */
  readonly xTitle: string;
  /** Said beside a smoothed value: `raw`. */
  readonly raw: string;
  /** Said beside the mean of a group: `mean of 5`. */
  readonly meanOf: (count: number) => string;
}

const digits = 6;
/** Pixels: of a row, from the pointer, and from the edge of the window. */
const [rowHeight, away, edge] = [19, 14, 4];

/** Fills the tip anew, and places it beside the pointer within the chart's own window. */
export function fillTip(
  tip: HTMLElement,
  pointed: Pointed,
  plan: CurvePlan,
  words: TipWords,
): void {
  const head = element('div', css.tipHead, `${words.xTitle} ${sayX(pointed.nearest, plan)}`);
  const rows = pointed.hits.map((hit) => {
    const row = element('div', css.tipRow);
    row.append(
      sample(hit.curve.series),
      element('span', css.tipName, hit.curve.series.label),
      element('b', css.tipValue, sayValue(hit)),
      element('span', css.tipMore, sayMore(hit, words)),
    );
    if (hit === pointed.nearest && pointed.hits.length > 1) row.dataset.nearest = '';
    return row;
  });
  tip.replaceChildren(head, ...rows);
}

/** Beside a place in the window, towards its middle. Asks for no size, which would cost a layout. */
export function placeTip(tip: HTMLElement, rows: number, x: number, y: number): void {
  const height = rowHeight * (rows + 1) + 12;
  const isRight = x < window.innerWidth * 0.6;
  const left = isRight ? `${Math.round(x + away)}px` : `calc(${Math.round(x - away)}px - 100%)`;
  const top = Math.max(edge, Math.min(y - height / 2, window.innerHeight - height - edge));
  tip.style.transform = `translate(${left}, ${Math.round(top)}px)`;
}

/** x of a point, in the unit of the axis. */
function sayX({ curve, index }: Hit, { axes, x }: CurvePlan): string {
  const value = valueAt(curve.x[index] as number, x);
  if (axes.x.type === 'date') return sayMoment(value);
  const plain = x.log ? 10 ** value : value;
  // Pixels are not that exact: a whole step is said as one.
  const rounded = Math.round(plain);
  return formatNumber(
    Math.abs(plain - rounded) < 1e-6 * Math.max(1, rounded) ? rounded : plain,
    digits,
  );
}

/** A place along x, in the caller's terms as in `XRange`. */
export function sayPlace(x: number, xAxis: XAxis, unit: DurationUnit): string {
  if (xAxis === 'time') return sayMoment(toLocalClock(Float64Array.of(x))[0] as number);
  return formatNumber(xAxis === 'relative' ? x / unitSize(unit) : x, digits);
}

/** @param time milliseconds whose digits as UTC are the local time */
function sayMoment(time: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '–';
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

function sayValue({ curve, index }: Hit): string {
  return formatNumber(curve.values[index] as number, digits);
}

/** The logged value behind a smoothed one, and what a mean is of. */
function sayMore({ curve, index }: Hit, words: TipWords): string {
  const { series, raw } = curve;
  const parts: string[] = [];
  if (raw !== null) {
    parts.push(`${words.raw} ${formatNumber(series.values[index] as number, digits)}`);
  }
  if (series.band !== undefined) {
    const [low, high] = [series.band.low[index] as number, series.band.high[index] as number];
    parts.push(`${formatNumber(low)} … ${formatNumber(high)}`);
    parts.push(words.meanOf(series.band.counts[index] as number));
  }
  return parts.join(', ');
}

function element(name: string, className: string | undefined, text = ''): HTMLElement {
  const made = document.createElement(name);
  made.className = className ?? '';
  made.textContent = text;
  return made;
}

const namespace = 'http://www.w3.org/2000/svg';

function sample({ color, dash = 'solid', marker }: Series): SVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('width', '22');
  svg.setAttribute('height', '10');
  const line = document.createElementNS(namespace, 'path');
  line.setAttribute('d', 'M0,5h22');
  line.setAttribute('stroke', color);
  line.setAttribute('stroke-width', '2.5');
  line.setAttribute('stroke-dasharray', samplePatterns[dash]);
  svg.append(line);
  if (marker === undefined) return svg;
  const shape = document.createElementNS(namespace, 'path');
  shape.setAttribute('d', markerPath(marker, 11, 5, 3.5));
  shape.setAttribute('fill', color);
  svg.append(shape);
  return svg;
}
