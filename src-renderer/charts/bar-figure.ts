/** Bars, one per layer or module, as a Plotly figure. */
import { axis, baseLayout, elide, escapeMarkup, type Figure } from './layout.ts';
import { type ChartTokens, fade } from './theme.ts';
import type { Bar } from './types.ts';

export interface BarFigureInput {
  readonly bars: readonly Bar[];
  readonly valueTitle: string;
  readonly log: boolean;
  /** Of the value axis, where it has ends of its own; as far as the values go otherwise. */
  readonly range?: readonly [low: number, high: number] | undefined;
  readonly selected: string | null;
  /** Said where there is no value: `not measured`. */
  readonly emptyWord: string;
  readonly tokens: ChartTokens;
}

/** Up to so many bars lie on their side with their names beside them; more stand close together. */
export const namedBarLimit = 28;

/** Height in pixels at which every named bar has its line; null where the height is free. */
export function barHeight(count: number): number | null {
  return count <= namedBarLimit ? Math.max(96, count * 20 + 52) : null;
}

export function barFigure(input: BarFigureInput): Figure {
  const { bars, tokens } = input;
  const named = bars.length <= namedBarLimit;
  const values = bars.map((bar) => bar.value);
  const places = bars.map((_, i) => i);
  const tones = { neutral: tokens.accent, added: tokens.added, removed: tokens.removed };
  const colors = bars.map((bar) => {
    const tone = bar.color ?? tones[bar.tone ?? 'neutral'];
    return input.selected === null || input.selected === bar.id ? tone : fade(tone, 0.35);
  });
  const hover = bars.map((bar) => {
    const value = bar.value === null ? input.emptyWord : formatValue(bar.value);
    const detail = bar.detail === undefined ? '' : `<br>${escapeMarkup(bar.detail)}`;
    return `${escapeMarkup(elide(bar.label, 80))}<br><b>${escapeMarkup(value)}</b>${detail}`;
  });
  const valueAxis = {
    ...axis(tokens, input.valueTitle),
    type: input.log ? 'log' : 'linear',
    ...(input.range ? { range: [...input.range] } : { rangemode: 'tozero' }),
    exponentformat: 'e',
  };
  const nameAxis = {
    ...axis(tokens, ''),
    showgrid: false,
    tickmode: 'array',
    tickvals: named ? places : [],
    ticktext: named ? bars.map((bar) => escapeMarkup(elide(bar.label, 36))) : [],
    range: named ? [bars.length - 0.5, -0.5] : [-0.5, bars.length - 0.5],
    fixedrange: named,
  };
  const trace = {
    type: 'bar',
    orientation: named ? 'h' : 'v',
    x: named ? values : places,
    y: named ? places : values,
    marker: { color: colors, line: { width: 0 } },
    ...whiskers(bars, named ? 'error_x' : 'error_y', tokens),
    hovertext: hover,
    hoverinfo: 'text',
    hovertemplate: '%{hovertext}<extra></extra>',
  };
  return {
    data: [trace],
    layout: {
      ...baseLayout(tokens, `${bars.length}|${input.log}|${input.range}`),
      margin: { l: 48, r: 12, t: 8, b: named ? 34 : 12 },
      bargap: bars.length > 120 ? 0.05 : 0.25,
      hovermode: 'closest',
      xaxis: named ? valueAxis : nameAxis,
      yaxis: named ? nameAxis : valueAxis,
    },
  };
}

/** How far the values behind each bar lie apart, where that is known. */
function whiskers(
  bars: readonly Bar[],
  along: 'error_x' | 'error_y',
  tokens: ChartTokens,
): Record<string, unknown> {
  if (bars.every((bar) => bar.spread === undefined)) return {};
  const reach = (end: 'low' | 'high'): number[] =>
    bars.map(({ value, spread }) =>
      spread === undefined || value === null ? 0 : Math.abs(spread[end] - value),
    );
  return {
    [along]: {
      type: 'data',
      symmetric: false,
      array: reach('high'),
      arrayminus: reach('low'),
      color: tokens.dimmed,
      thickness: 1.2,
      width: 3,
    },
  };
}

function formatValue(value: number): string {
  return Number(value.toPrecision(6)).toString();
}
