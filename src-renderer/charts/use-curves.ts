/** The points of one chart: coarse for the whole, and in full detail for what is zoomed to. */
import { useMemo } from 'react';
import { type ClientError, type Output, topics, useOperation } from '../client/index.ts';
import {
  againstInput,
  bandSeries,
  bandsInput,
  type CurveEntry,
  curveKind,
  runSeries,
  runsInput,
} from './curve-queries.ts';
import { padded, pointsFor, withDetail } from './refetch.ts';
import type { ChartSettings } from './settings.ts';
import type { Series, XRange } from './types.ts';

export interface Curves {
  /** Undefined until the first answer. */
  readonly series: readonly Series[] | undefined;
  readonly error: ClientError | null;
  readonly reload: () => void;
}

const live = { topics: [topics.runs], keepPrevious: true } as const;

/** @param enabled false asks for nothing, as while the chart is out of sight */
export function useCurves(
  metric: string,
  entries: readonly CurveEntry[],
  settings: ChartSettings,
  range: XRange | null,
  enabled: boolean,
): Curves {
  const kind = curveKind(entries, settings);
  const stretch = useMemo(() => (range === null ? null : padded(range)), [range]);
  const runs = useRunCurves(metric, entries, settings, stretch, enabled && kind === 'runs');
  const over = useAgainst(metric, entries, settings, range, enabled && kind === 'against');
  const bands = useBands(metric, entries, settings, stretch, enabled && kind === 'bands');
  return kind === 'bands' ? bands : kind === 'against' ? over : runs;
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
  settings: ChartSettings,
  stretch: XRange | null,
  enabled: boolean,
): Curves {
  const points = pointsFor(entries.length);
  const asked = enabled && entries.length > 0;
  const ask = { keys: [metric], entries, settings };
  const coarse = useOperation(
    'runs.metrics',
    runsInput({ ...ask, maxPoints: points.whole, stretch: null }),
    { ...live, enabled: asked },
  );
  const thinned = coarse.data?.series.some((one) => one.total > one.values.length) ?? false;
  const fine = useOperation(
    'runs.metrics',
    runsInput({ ...ask, maxPoints: points.stretch, stretch }),
    { topics: live.topics, enabled: asked && thinned && stretch !== null },
  );
  const toSeries = useMemo(
    () =>
      (data: Output<'runs.metrics'>): Series[] =>
        runSeries(data.series, entries),
    [entries],
  );
  return useJoined(coarse, fine, toSeries, stretch, settings.xAxis);
}

function useAgainst(
  metric: string,
  entries: readonly CurveEntry[],
  settings: ChartSettings,
  range: XRange | null,
  enabled: boolean,
): Curves {
  const { xKey } = settings;
  const points = pointsFor(entries.length);
  const asked = enabled && entries.length > 0 && xKey !== '';
  const ask = { keys: [metric], entries, settings };
  const coarse = useOperation(
    'charts.against',
    againstInput({ ...ask, maxPoints: points.whole, stretch: null }),
    { ...live, enabled: asked },
  );
  const fine = useOperation(
    'charts.against',
    againstInput({ ...ask, maxPoints: points.stretch, stretch: range }),
    { topics: live.topics, enabled: asked && range !== null },
  );
  // A metric may pass through a value many times: the stretch is drawn alone, not put between.
  const data = range === null ? coarse.data : (fine.data ?? coarse.data);
  const series = useMemo(
    () => (data === undefined ? undefined : runSeries(data.series, entries)),
    [data, entries],
  );
  const none = xKey === '' ? [] : undefined;
  return { series: series ?? none, error: coarse.error, reload: coarse.reload };
}

function useBands(
  metric: string,
  entries: readonly CurveEntry[],
  settings: ChartSettings,
  stretch: XRange | null,
  enabled: boolean,
): Curves {
  const points = pointsFor(entries.length);
  const ask = { keys: [metric], entries, settings };
  const coarse = useOperation(
    'charts.bands',
    bandsInput({ ...ask, maxPoints: points.whole, stretch: null }),
    { ...live, enabled },
  );
  const thinned = coarse.data?.bands.some((band) => band.total > band.x.length) ?? false;
  const fine = useOperation(
    'charts.bands',
    bandsInput({ ...ask, maxPoints: points.stretch, stretch }),
    { topics: live.topics, enabled: enabled && thinned && stretch !== null },
  );
  const toSeries = useMemo(
    () => (data: Output<'charts.bands'>) => bandSeries(data.bands, entries),
    [entries],
  );
  return useJoined(coarse, fine, toSeries, stretch, settings.xAxis);
}
