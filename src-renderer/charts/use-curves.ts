/** The points of one chart: coarse for the whole, and in full detail for what is zoomed to. */
import { useMemo } from 'react';
import { type ClientError, type Output, topics, useOperation } from '../client/index.ts';
import type { LegendEntry } from './ChartLegend.tsx';
import { padded, pointsFor, withDetail } from './refetch.ts';
import type { ChartSettings } from './settings.ts';
import type { Series, XRange } from './types.ts';

/** A curve of its own: a run, or several runs as one. */
export interface CurveEntry extends LegendEntry {
  /** Given, the entry is a group of these, drawn as their mean with a band; `runId` names the group. */
  readonly members?: readonly string[];
}

export interface Curves {
  /** Undefined until the first answer. */
  readonly series: readonly Series[] | undefined;
  readonly error: ClientError | null;
  readonly reload: () => void;
}

const live = { topics: [topics.runs], keepPrevious: true } as const;
const whole = { from: null, to: null } as const;

/** @param enabled false asks for nothing, as while the chart is out of sight */
export function useCurves(
  metric: string,
  entries: readonly CurveEntry[],
  settings: ChartSettings,
  range: XRange | null,
  enabled: boolean,
): Curves {
  const grouped = entries.some((entry) => entry.members !== undefined);
  const against = !grouped && settings.xAxis === 'metric';
  const stretch = useMemo(() => (range === null ? null : padded(range)), [range]);
  const runs = useRunCurves(metric, entries, settings, stretch, enabled && !grouped && !against);
  const over = useAgainst(metric, entries, settings, range, enabled && against);
  const bands = useBands(metric, entries, settings, stretch, enabled && grouped);
  return grouped ? bands : against ? over : runs;
}

type Found<T> = { data: T | undefined; error: ClientError | null; reload: () => void };

/** Joins what came for the whole and for the stretch. */
function useJoined<T>(
  coarse: Found<T>,
  fine: Found<T>,
  toSeries: (data: T) => Series[],
  stretch: XRange | null,
  xAxis: ChartSettings['xAxis'],
): Curves {
  const base = useMemo(
    () => (coarse.data === undefined ? undefined : toSeries(coarse.data)),
    [coarse.data, toSeries],
  );
  const detail = useMemo(
    () => (fine.data === undefined ? undefined : toSeries(fine.data)),
    [fine.data, toSeries],
  );
  const series = useMemo(
    () =>
      base === undefined || detail === undefined || stretch === null
        ? base
        : withDetail(base, detail, stretch, xAxis),
    [base, detail, stretch, xAxis],
  );
  return { series, error: coarse.error, reload: coarse.reload };
}

function useRunCurves(
  metric: string,
  entries: readonly CurveEntry[],
  { xAxis, smoothing }: ChartSettings,
  stretch: XRange | null,
  enabled: boolean,
): Curves {
  const axis = xAxis === 'metric' ? 'step' : xAxis;
  const points = pointsFor(entries.length);
  const ask = {
    ids: entries.map((entry) => entry.runId),
    keys: [metric],
    means: smoothing.amount > 0,
  };
  const coarse = useOperation(
    'runs.metrics',
    // The whole is the same over steps and over the clock: asked for once.
    { ...ask, axis: axis === 'time' ? 'step' : axis, maxPoints: points.whole },
    { ...live, enabled: enabled && ask.ids.length > 0 },
  );
  const thinned = coarse.data?.series.some((one) => one.total > one.values.length) ?? false;
  const fine = useOperation(
    'runs.metrics',
    { ...ask, axis, maxPoints: points.stretch, ...(stretch ?? whole) },
    { topics: live.topics, enabled: enabled && thinned && stretch !== null },
  );
  const toSeries = useMemo(
    () => (data: Output<'runs.metrics'>) => toRunSeries(data, entries),
    [entries],
  );
  return useJoined(coarse, fine, toSeries, stretch, xAxis);
}

function toRunSeries(data: Output<'runs.metrics'>, entries: readonly CurveEntry[]): Series[] {
  return byEntry(data.series, entries, (one) => one.runId);
}

/** In the order of the entries, with their colours. */
function byEntry<T>(
  found: readonly T[],
  entries: readonly CurveEntry[],
  idOf: (one: T) => string,
): (T & LegendEntry)[] {
  return entries.flatMap((entry) =>
    found.filter((one) => idOf(one) === entry.runId).map((one) => ({ ...one, ...entry })),
  );
}

function useAgainst(
  metric: string,
  entries: readonly CurveEntry[],
  { xKey }: ChartSettings,
  range: XRange | null,
  enabled: boolean,
): Curves {
  const ask = { ids: entries.map((entry) => entry.runId), keys: [metric], xKey };
  const asked = enabled && ask.ids.length > 0 && xKey !== '';
  const points = pointsFor(entries.length);
  const coarse = useOperation(
    'charts.against',
    { ...ask, maxPoints: points.whole },
    { ...live, enabled: asked },
  );
  const fine = useOperation(
    'charts.against',
    { ...ask, maxPoints: points.stretch, ...(range ?? whole) },
    { topics: live.topics, enabled: asked && range !== null },
  );
  // A metric may pass through a value many times: the stretch is drawn alone, not put between.
  const data = range === null ? coarse.data : (fine.data ?? coarse.data);
  const series = useMemo(
    () => (data === undefined ? undefined : byEntry(data.series, entries, (one) => one.runId)),
    [data, entries],
  );
  const none = xKey === '' ? [] : undefined;
  return { series: series ?? none, error: coarse.error, reload: coarse.reload };
}

function useBands(
  metric: string,
  entries: readonly CurveEntry[],
  { xAxis, spread }: ChartSettings,
  stretch: XRange | null,
  enabled: boolean,
): Curves {
  const ask = {
    groups: entries.flatMap(({ runId, members }) =>
      members === undefined ? [] : [{ id: runId, runIds: [...members] }],
    ),
    keys: [metric],
    axis: xAxis === 'relative' ? ('relative' as const) : ('step' as const),
    spread,
  };
  const asked = enabled && ask.groups.length > 0;
  const points = pointsFor(entries.length);
  const coarse = useOperation(
    'charts.bands',
    { ...ask, maxPoints: points.whole },
    { ...live, enabled: asked },
  );
  const thinned = coarse.data?.bands.some((band) => band.total > band.x.length) ?? false;
  const fine = useOperation(
    'charts.bands',
    { ...ask, maxPoints: points.stretch, ...(stretch ?? whole) },
    { topics: live.topics, enabled: asked && thinned && stretch !== null },
  );
  const toSeries = useMemo(
    () => (data: Output<'charts.bands'>) =>
      byEntry(data.bands, entries, (band) => band.group).map((one) => bandSeries(one)),
    [entries],
  );
  return useJoined(coarse, fine, toSeries, stretch, xAxis);
}

function bandSeries(one: Output<'charts.bands'>['bands'][number] & LegendEntry): Series {
  const { x, mean, low, high, counts, key, total, runId, label, color, dash } = one;
  return {
    runId,
    key,
    label,
    color,
    ...(dash === undefined ? {} : { dash }),
    total,
    x,
    steps: x,
    times: x,
    values: mean,
    band: { low, high, counts },
  };
}
