/** The layers of one painted chart: axes, lines, what is pointed at, and its values. */
import type { ChartTokens } from '../theme.ts';
import { drawAxes } from './axes.ts';
import { type Context, paintCurves, paintShape } from './paint.ts';
import css from './painted.module.css';
import type { CurvePlan } from './plan.ts';
import type { Pointed } from './pointer.ts';
import { fillTip, placeTip, type TipWords } from './tip.ts';

/** Among few curves the others are still read beside the one that is meant. */
const stepBack = { few: '0.4', many: '0.15' };
const manyCurves = 12;

/** What a chart shows. */
export interface Painting {
  readonly plan: CurvePlan;
  readonly tokens: ChartTokens;
  readonly words: TipWords;
}

/** Owns the elements of one chart inside of `host`. Nothing here renders or lays out anything else. */
export class CurveLayers {
  readonly #axes = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  readonly #lines = document.createElement('canvas');
  readonly #over = document.createElement('canvas');
  readonly #tip = document.createElement('div');
  /** Where Plotly draws, once it is there. */
  readonly plotly = document.createElement('div');
  #painting: Painting | null = null;
  #lit: string | null = null;
  #pointed: Pointed | null = null;
  #hasPlotly = false;
  /** Whether there is anything on the upper canvas, which most charts never need. */
  #hasOver = false;

  constructor(host: HTMLElement) {
    this.#axes.setAttribute('class', css.axes ?? '');
    this.plotly.className = css.plotly ?? '';
    for (const layer of [this.#lines, this.#over]) layer.className = css.layer ?? '';
    this.#tip.className = css.tip ?? '';
    this.#tip.hidden = true;
    this.#lines.dataset.layer = 'lines';
    this.#tip.setAttribute('aria-hidden', 'true');
    for (const layer of [this.#axes, this.plotly, this.#lines, this.#over]) {
      layer.setAttribute('aria-hidden', 'true');
      host.append(layer);
    }
    // Over everything, and no part of what scrolls.
    document.body.append(this.#tip);
  }

  get painting(): Painting | null {
    return this.#painting;
  }

  /** Draws everything anew, with nothing pointed at. */
  paint(painting: Painting): void {
    this.#painting = painting;
    this.#pointed = null;
    this.#tip.hidden = true;
    this.#drawAxes();
    const context = prepared(this.#lines, painting.plan);
    if (context !== null) paintCurves(context, painting.plan, painting.tokens);
    this.#lines.dataset.curves = String(painting.plan.curves.length);
    this.#paintOver();
  }

  /** Whether the axes are Plotly's to show. */
  set hasPlotly(has: boolean) {
    this.#hasPlotly = has;
    this.plotly.style.opacity = has ? '' : '0';
    this.#drawAxes();
  }

  /** Lets one run stand out; null gives all of them their full strength back. */
  light(runId: string | null): void {
    if (runId === this.#lit) return;
    this.#lit = runId;
    this.#paintOver();
  }

  /** Marks points and says their values beside a place in the window; null says nothing. */
  point(pointed: Pointed | null, clientX: number, clientY: number): void {
    const painting = this.#painting;
    if (painting === null) return;
    const isSame = samePoints(pointed, this.#pointed);
    this.#pointed = pointed;
    if (pointed === null) {
      this.#tip.hidden = true;
      if (!isSame) this.#paintOver();
      return;
    }
    if (!isSame) {
      fillTip(this.#tip, pointed, painting.plan, painting.words);
      this.#tip.hidden = false;
      this.#paintOver();
    }
    placeTip(this.#tip, pointed.hits.length, clientX, clientY);
  }

  remove(): void {
    for (const layer of [this.#axes, this.plotly, this.#lines, this.#over, this.#tip]) {
      layer.remove();
    }
  }

  #drawAxes(): void {
    if (this.#painting === null) return;
    const { plan, tokens, words } = this.#painting;
    drawAxes(this.#axes, plan, tokens, words.xTitle, this.#hasPlotly);
  }

  #paintOver(): void {
    const painting = this.#painting;
    if (painting === null) return;
    const { plan, tokens } = painting;
    const lit = this.#lit;
    const isLit = lit !== null && plan.curves.some(({ series }) => series.runId === lit);
    const many = plan.curves.length > manyCurves;
    this.#lines.style.opacity =
      isLit && plan.curves.length > 1 ? stepBack[many ? 'many' : 'few'] : '';
    const isEmpty = !isLit && this.#pointed === null;
    if (isEmpty && !this.#hasOver) return;
    this.#hasOver = !isEmpty;
    const context = prepared(this.#over, plan);
    if (context === null) return;
    if (isLit) paintCurves(context, plan, tokens, lit);
    if (this.#pointed !== null) markPoints(context, this.#pointed, painting);
  }
}

/** Makes the canvas as fine as the screen, and empties it. */
function prepared(canvas: HTMLCanvasElement, { width, height }: CurvePlan): Context | null {
  const fineness = window.devicePixelRatio;
  const [across, down] = [Math.round(width * fineness), Math.round(height * fineness)];
  const context = canvas.getContext('2d');
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  } else {
    context?.setTransform(1, 0, 0, 1, 0, 0);
    context?.clearRect(0, 0, across, down);
  }
  context?.setTransform(fineness, 0, 0, fineness, 0, 0);
  return context;
}

function markPoints(context: Context, pointed: Pointed, { plan, tokens }: Painting): void {
  const { box } = plan;
  if (pointed.isShared) {
    const at = Math.round(pointed.nearest.curve.x[pointed.nearest.index] as number) + 0.5;
    context.strokeStyle = tokens.border;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(at, box.top);
    context.lineTo(at, box.top + box.height);
    context.stroke();
  }
  for (const { curve, index } of pointed.hits) {
    const [x, y] = [curve.x[index] as number, curve.y[index] as number];
    if (!(y >= box.top - 1 && y <= box.top + box.height + 1)) continue;
    context.fillStyle = tokens.surface;
    paintShape(context, 'circle', x, y, 4.5);
    context.fillStyle = curve.series.color;
    paintShape(context, 'circle', x, y, 3.2);
  }
}

function samePoints(a: Pointed | null, b: Pointed | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.hits.length === b.hits.length &&
    a.nearest.curve === b.nearest.curve &&
    a.hits.every((hit, i) => hit.curve === b.hits[i]?.curve && hit.index === b.hits[i]?.index)
  );
}
