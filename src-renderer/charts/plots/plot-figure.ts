/** Lines, points and bars that a run's files are meant for, of several runs over each other. */
import type { RunPlot } from '../../client/index.ts';
import type { LegendEntry } from '../ChartLegend.tsx';
import { axis, baseLayout, elide, escapeMarkup, type Figure } from '../layout.ts';
import type { PlotlyTrace } from '../plotly.ts';
import { smoothColumn } from '../smoothing.ts';
import { type ChartTokens, fade } from '../theme.ts';

const dashes = ['solid', 'dash', 'dot', 'dashdot', 'longdash'] as const;
const palette = 8;
/** How much a plot of DVC's “smooth” template is smoothed. */
const smoothing = { kind: 'gaussian', amount: 0.35 } as const;

export interface PlotInput {
  readonly plot: RunPlot;
  readonly runs: readonly LegendEntry[];
  readonly tokens: ChartTokens;
  /** Resolves a CSS colour. */
  readonly color: (css: string) => string;
  /** What the line of chance is called. */
  readonly chanceWord: string;
}

interface Look {
  readonly label: string;
  readonly color: string;
  readonly dash: string;
}

export function plotFigure(input: PlotInput): Figure {
  const { plot, tokens } = input;
  const many = plot.series.length + plot.bars.length > 1;
  const data = plot.shape === 'bar' ? barTraces(input) : seriesTraces(input);
  return {
    data,
    layout: {
      ...baseLayout(tokens, plot.key),
      showlegend: many,
      legend: {
        orientation: 'h',
        y: -0.2,
        yanchor: 'top',
        font: { size: tokens.fontSize, color: tokens.text },
      },
      hovermode: plot.shape === 'line' ? 'x unified' : 'closest',
      barmode: 'group',
      xaxis: {
        ...axis(tokens, plot.xTitle),
        ...(plot.shape === 'bar' ? { rangemode: 'tozero' } : {}),
      },
      yaxis: {
        ...axis(tokens, plot.yTitle),
        ...(plot.shape === 'bar'
          ? { type: 'category', autorange: 'reversed', showgrid: false }
          : {}),
      },
    },
  };
}

function seriesTraces(input: PlotInput): PlotlyTrace[] {
  const { plot, tokens } = input;
  const look = looks(input, plot.series);
  const traces: PlotlyTrace[] = plot.chance
    ? [
        {
          type: 'scatter',
          mode: 'lines',
          x: [0, 1],
          y: [0, 1],
          line: { color: tokens.dimmed, width: 1, dash: 'dot' },
          hoverinfo: 'skip',
          showlegend: false,
          name: input.chanceWord,
        },
      ]
    : [];
  for (const one of plot.series) {
    const { label, color, dash } = look(one);
    const shared = {
      type: 'scatter',
      name: escapeMarkup(elide(label, 40)),
      meta: { runId: one.runId },
    };
    const line = { color, width: 1.75, dash };
    if (plot.shape === 'points') {
      const marker = { color, size: 6, opacity: 0.75 };
      traces.push({ ...shared, mode: 'markers', x: one.x, y: one.y, marker });
      continue;
    }
    if (!plot.smooth || one.x.length < 3) {
      const mode = one.x.length === 1 ? 'markers' : 'lines';
      traces.push({ ...shared, mode, x: one.x, y: one.y, line, marker: { color } });
      continue;
    }
    const raw = { color: fade(color, 0.35), width: 1 };
    const smoothed = smoothColumn(one.x, one.y, 'step', smoothing, one.x.length);
    traces.push(
      {
        ...shared,
        mode: 'lines',
        x: one.x,
        y: one.y,
        line: raw,
        showlegend: false,
        hoverinfo: 'skip',
      },
      { ...shared, mode: 'lines', x: one.x, y: smoothed, line },
    );
  }
  return traces;
}

function barTraces(input: PlotInput): PlotlyTrace[] {
  const look = looks(input, input.plot.bars);
  return input.plot.bars.map((one) => {
    const { label, color } = look(one);
    return {
      type: 'bar',
      orientation: 'h',
      name: escapeMarkup(elide(label, 40)),
      x: one.values,
      y: one.labels.map((name) => escapeMarkup(elide(name, 36))),
      marker: { color, line: { width: 0 } },
      meta: { runId: one.runId },
    };
  });
}

/** Several lines of one run differ in colour; those of several runs keep theirs and differ in dashes. */
function looks(
  { runs, color }: PlotInput,
  all: readonly { readonly runId: string; readonly name: string }[],
): (one: { readonly runId: string; readonly name: string }) => Look {
  const names = [...new Set(all.map((one) => one.name))];
  const drawn = new Set(all.map((one) => one.runId));
  return ({ runId, name }) => {
    const run = runs.find((entry) => entry.runId === runId);
    const place = Math.max(0, names.indexOf(name));
    const alone = drawn.size === 1 && names.length > 1;
    const css = alone ? `var(--run-${place % palette})` : (run?.color ?? 'var(--ink)');
    const label = run?.label ?? '';
    return {
      label: alone ? name : names.length > 1 ? `${label} · ${name}` : label,
      color: color(css),
      dash: alone
        ? (dashes[Math.floor(place / palette) % dashes.length] ?? 'solid')
        : names.length > 1
          ? (dashes[place % dashes.length] ?? 'solid')
          : (run?.dash ?? 'solid'),
    };
  };
}
