/** Histograms over steps, of several runs beside each other: as ridges, or as bands of quantiles. */
import { formatNumber } from '../ui/index.ts';
import { quantiles, rebinned, type StepHistogram, valueRange } from './histograms.ts';
import { axis, baseLayout, elide, escapeMarkup, type Figure } from './layout.ts';
import type { PlotlyLayout, PlotlyTrace } from './plotly.ts';
import { type ChartTokens, fade, mix } from './theme.ts';

export interface RunHistograms {
  readonly runId: string;
  readonly label: string;
  /** Resolved. */
  readonly color: string;
  /** By rising steps. */
  readonly histograms: readonly StepHistogram[];
}

export interface StepsInput {
  readonly runs: readonly RunHistograms[];
  readonly words: { readonly step: string; readonly median: string };
  readonly tokens: ChartTokens;
}

/** Pictures beside each other before the next line begins. */
const perRow = 3;
const rowHeight = 230;

/** Height of the whole in pixels. */
export function stepsHeight(runs: number): number {
  return Math.max(1, Math.ceil(runs / perRow)) * rowHeight + 30;
}

interface Cell {
  readonly run: RunHistograms;
  /** What Plotly calls the axes: empty, `2`, `3`… */
  readonly number: string;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** Whether nothing stands below it. */
  readonly isLast: boolean;
}

function cellsOf(runs: readonly RunHistograms[]): Cell[] {
  const columns = Math.min(perRow, runs.length);
  const rows = Math.ceil(runs.length / perRow);
  const gap = { x: 0.05, y: rows > 1 ? 0.2 / rows : 0 };
  const wide = (1 - gap.x * (columns - 1)) / columns;
  const high = (1 - gap.y * (rows - 1)) / rows;
  return runs.map((run, index) => {
    const [column, row] = [index % perRow, Math.floor(index / perRow)];
    const [left, top] = [column * (wide + gap.x), 1 - row * (high + gap.y)];
    return {
      run,
      number: index === 0 ? '' : String(index + 1),
      x: [left, Math.min(1, left + wide)],
      y: [Math.max(0, top - high), top],
      isLast: index + perRow >= runs.length,
    };
  });
}

/** The axes of one cell and the name of its run above. */
function frame(
  { run, number, x, y }: Cell,
  { tokens }: StepsInput,
  xaxis: Record<string, unknown>,
  yaxis: Record<string, unknown>,
): { readonly axes: PlotlyLayout; readonly name: Record<string, unknown> } {
  return {
    axes: {
      [`xaxis${number}`]: { domain: x, anchor: `y${number}`, ...xaxis },
      [`yaxis${number}`]: { domain: y, anchor: `x${number}`, ...yaxis },
    },
    name: {
      text: `<b>${escapeMarkup(elide(run.label, 44))}</b>`,
      xref: 'paper',
      yref: 'paper',
      x: x[0],
      y: y[1],
      xanchor: 'left',
      yanchor: 'bottom',
      showarrow: false,
      font: { size: tokens.fontSize, color: tokens.text },
    },
  };
}

function assemble(
  input: StepsInput,
  revision: string,
  cells: readonly (ReturnType<typeof frame> & { readonly traces: readonly PlotlyTrace[] })[],
): Figure {
  return {
    data: cells.flatMap(({ traces }) => traces),
    layout: {
      ...baseLayout(input.tokens, `${revision}|${input.runs.length}`),
      margin: { l: 48, r: 12, t: 26, b: 34 },
      hovermode: 'closest',
      ...Object.assign({}, ...cells.map(({ axes }) => axes)),
      annotations: cells.map(({ name }) => name),
    },
  };
}

/** Bars of one ridge, and how many rows a ridge is high at most. */
const bins = 60;
const overlap = 3;
const mostTicks = 8;

/** A ridge for each step, the first behind and the last in front, over one scale of values. */
export function ridgesFigure(input: StepsInput): Figure {
  const { tokens, words } = input;
  const range = valueRange(input.runs.flatMap(({ histograms }) => histograms)) ?? {
    from: 0,
    to: 0,
  };
  const width = (range.to - range.from) / bins;
  const barText = (count: number, bin: number): string => {
    const edge = (at: number): string => formatNumber(range.from + at * width, 3);
    return `${edge(bin)} … ${edge(bin + 1)}<br><b>${formatNumber(count, 4)}</b>`;
  };
  const centres = Array.from({ length: bins }, (_, bin) => range.from + (bin + 0.5) * width);
  const cells = cellsOf(input.runs).map((cell) => {
    const { run, number } = cell;
    const counts = run.histograms.map((histogram) => rebinned(histogram, range, bins));
    const most = Math.max(...counts.map((own) => Math.max(...own)), 0) || 1;
    const last = run.histograms.length - 1;
    const traces = counts.map((own, row): PlotlyTrace => {
      const step = run.histograms[row]?.step ?? 0;
      const base = last - row;
      const color = mix(tokens.border, run.color, last === 0 ? 1 : 0.25 + (0.75 * row) / last);
      return {
        type: 'scatter',
        mode: 'lines',
        x: [centres[0], ...centres, centres.at(-1)],
        y: [base, ...Array.from(own, (count) => base + (overlap * count) / most), base],
        xaxis: `x${number}`,
        yaxis: `y${number}`,
        line: { color, width: 1.2 },
        fill: 'toself',
        fillcolor: fade(mix(tokens.surface, color, 0.35), 0.85),
        hoveron: 'points',
        text: ['', ...Array.from(own, (count, bin) => barText(count, bin)), ''],
        hovertemplate: `${escapeMarkup(words.step)} ${formatNumber(step)}<br>%{text}<extra></extra>`,
        meta: { runId: run.runId },
      };
    });
    const every = Math.ceil((last + 1) / mostTicks);
    const ticks = run.histograms.flatMap(({ step }, row) =>
      (last - row) % every === 0 ? [{ place: last - row, text: formatNumber(step) }] : [],
    );
    const xaxis = { ...axis(tokens, ''), range: margins(range) };
    const yaxis = {
      ...axis(tokens, cell.x[0] === 0 ? words.step : ''),
      range: [-0.3, last + overlap + 0.2],
      showgrid: false,
      tickmode: 'array',
      tickvals: ticks.map(({ place }) => place),
      ticktext: ticks.map(({ text }) => text),
    };
    return { ...frame(cell, input, xaxis, yaxis), traces };
  });
  return assemble(input, 'ridges', cells);
}

/** The ends, and one, a half and one and a half deviations of a normal distribution, as TensorBoard. */
const shares = [0, 0.0668, 0.1587, 0.3085, 0.5, 0.6915, 0.8413, 0.9332, 1] as const;
const middle = 4;

/** Bands between quantiles over steps, with the median as a line, over one scale of values. */
export function bandsFigure(input: StepsInput): Figure {
  const { tokens, words } = input;
  const range = valueRange(input.runs.flatMap(({ histograms }) => histograms)) ?? {
    from: 0,
    to: 0,
  };
  const cells = cellsOf(input.runs).map((cell) => {
    const { run, number } = cell;
    const steps = run.histograms.map(({ step }) => step);
    const rows = run.histograms.map((histogram) => quantiles(histogram, shares));
    const line = (at: number): number[] => rows.map((row) => row[at] as number);
    const placed = { xaxis: `x${number}`, yaxis: `y${number}`, meta: { runId: run.runId } };
    const bands = Array.from({ length: middle }, (_, at): PlotlyTrace => {
      const [low, high] = [line(at), line(shares.length - 1 - at)];
      return {
        ...placed,
        type: 'scatter',
        mode: 'lines',
        x: [...steps, ...steps.toReversed()],
        y: [...low, ...high.toReversed()],
        line: { width: 0 },
        fill: 'toself',
        fillcolor: fade(run.color, 0.16),
        hoverinfo: 'skip',
      };
    });
    const median: PlotlyTrace = {
      ...placed,
      type: 'scatter',
      mode: steps.length === 1 ? 'markers' : 'lines',
      x: steps,
      y: line(middle),
      line: { color: run.color, width: 1.75 },
      marker: { color: run.color },
      ...(rows.length === 1 ? { error_y: reach(rows[0] ?? [], run.color) } : {}),
      text: rows.map((row) =>
        [0, 2, 6, 8].map((at) => formatNumber(row[at] as number, 4)).join(' · '),
      ),
      hovertemplate: `${escapeMarkup(words.step)} %{x}<br>${escapeMarkup(words.median)} <b>%{y:.4~g}</b><br>%{text}<extra></extra>`,
    };
    // Names of the next line stand where a title would.
    const xaxis = axis(tokens, cell.isLast ? words.step : '');
    const yaxis = { ...axis(tokens, ''), range: margins(range), exponentformat: 'e' };
    return { ...frame(cell, input, xaxis, yaxis), traces: [...bands, median] };
  });
  return assemble(input, 'bands', cells);
}

/** From the lowest to the highest value: a single step has no band. */
function reach(row: readonly number[], color: string): Record<string, unknown> {
  const [low = 0, median = 0, high = 0] = [row[0], row[middle], row.at(-1)];
  return {
    type: 'data',
    symmetric: false,
    array: [high - median],
    arrayminus: [median - low],
    color,
    thickness: 1.5,
  };
}

/** The range with a little room. */
function margins({ from, to }: { readonly from: number; readonly to: number }): [number, number] {
  const room = (to - from || Math.abs(to) || 1) * 0.03;
  return [from - room, to + room];
}
