/** What the core is asked for curves, and its answers as series. Pure. */
import type { Input, Output } from '../client/index.ts';
import type { LegendEntry } from './ChartLegend.tsx';
import type { ChartSettings } from './settings.ts';
import type { Series, XRange } from './types.ts';

/** A curve of its own: a run, or several runs as one. */
export interface CurveEntry extends LegendEntry {
  /** Given, the entry is a group of these, drawn as their mean with a band; `runId` names the group. */
  readonly members?: readonly string[];
}

/** Which of the three kinds of curves these are. */
export function curveKind(
  entries: readonly CurveEntry[],
  settings: ChartSettings,
): 'runs' | 'against' | 'bands' {
  if (entries.some((entry) => entry.members !== undefined)) return 'bands';
  return settings.xAxis === 'metric' ? 'against' : 'runs';
}

interface Asked {
  readonly keys: readonly string[];
  readonly entries: readonly CurveEntry[];
  readonly settings: ChartSettings;
  readonly maxPoints: number;
  /** Null for all of x. */
  readonly stretch: XRange | null;
}

const whole = { from: null, to: null } as const;

export function runsInput({ keys, entries, settings, ...asked }: Asked): Input<'runs.metrics'> {
  const { xAxis } = settings;
  const axis = xAxis === 'metric' ? 'step' : xAxis;
  return {
    ids: entries.map((entry) => entry.runId),
    keys: [...keys],
    means: settings.smoothing.amount > 0,
    // The whole is the same over steps and over the clock: asked for once.
    axis: asked.stretch === null && axis === 'time' ? 'step' : axis,
    maxPoints: asked.maxPoints,
    ...(asked.stretch ?? {}),
  };
}

export function againstInput({
  keys,
  entries,
  settings,
  ...asked
}: Asked): Input<'charts.against'> {
  return {
    ids: entries.map((entry) => entry.runId),
    keys: [...keys],
    xKey: settings.xKey,
    maxPoints: asked.maxPoints,
    ...(asked.stretch ?? whole),
  };
}

export function bandsInput({ keys, entries, settings, ...asked }: Asked): Input<'charts.bands'> {
  return {
    groups: entries.flatMap(({ runId, members }) =>
      members === undefined ? [] : [{ id: runId, runIds: [...members] }],
    ),
    keys: [...keys],
    axis: settings.xAxis === 'relative' ? 'relative' : 'step',
    spread: settings.spread,
    maxPoints: asked.maxPoints,
    ...(asked.stretch ?? whole),
  };
}

/** In the order of the entries, with their colours. */
export function runSeries<T extends { readonly runId: string }>(
  found: readonly T[],
  entries: readonly CurveEntry[],
): (T & LegendEntry)[] {
  return entries.flatMap((entry) =>
    found.filter((one) => one.runId === entry.runId).map((one) => ({ ...one, ...entry })),
  );
}

/** The mean of each group with its band, in the order of the entries. */
export function bandSeries(
  bands: Output<'charts.bands'>['bands'],
  entries: readonly CurveEntry[],
): Series[] {
  return entries.flatMap(({ runId, label, color, dash, marker }) =>
    bands
      .filter((band) => band.group === runId)
      .map(({ x, mean, low, high, counts, key, total }) => ({
        ...{ runId, key, label, color, total, x },
        ...(dash === undefined ? {} : { dash }),
        ...(marker === undefined ? {} : { marker }),
        steps: x,
        times: x,
        values: mean,
        band: { low, high, counts },
      })),
  );
}
