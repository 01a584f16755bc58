/** Keeps one element drawn with a figure: loads Plotly late, redraws on change, follows its size. */
import { useComputedColorScheme } from '@mantine/core';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Figure, plotConfig } from './layout.ts';
import {
  isDrawn,
  loadPlotly,
  type Plotly,
  type PlotlyBundle,
  type PlotlyElement,
} from './plotly.ts';
import { chartImage, type ImageFormat } from './save.ts';
import { type ChartTokens, readTokens, resolveColor } from './theme.ts';

export interface PlotHandlers {
  /** The run whose point is under the pointer, or null when it leaves. */
  readonly onHover?: (runId: string | null) => void;
  readonly onClick?: (point: number, runId: string | null) => void;
}

/** Something drawn in an element of the page, whoever draws it. */
export interface Drawing {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly status: 'waiting' | 'drawn' | 'failed';
  /** The drawing as a file, with its title above it; rejects where nothing is drawn. */
  readonly picture: (format: ImageFormat, title: string) => Promise<Blob>;
  /** Tries again after a failure. */
  readonly retry: () => void;
}

interface PointEvent {
  readonly points?: readonly {
    readonly pointNumber: number;
    readonly y?: unknown;
    readonly data: {
      readonly meta?: {
        /** Of the whole trace, or of each of its points. */
        readonly runId?: string;
        readonly runIds?: readonly (string | null)[];
      };
    };
  }[];
  /** Where the pointer is on the vertical axis. */
  readonly yvals?: readonly number[];
}

/** The run of the point nearest to the pointer: a unified hover tells of one on each curve. */
function nearestRun(event: PointEvent): string | null {
  const at = event.yvals?.[0];
  // Keys that walk along x mean all curves alike.
  if (at === undefined && event.points?.length !== 1) return null;
  let [best, least]: [string | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const point of event.points ?? []) {
    const distance = at === undefined || typeof point.y !== 'number' ? 0 : Math.abs(point.y - at);
    if (distance < least) [best, least] = [runOf(point), distance];
  }
  return best;
}

function runOf({ pointNumber, data: { meta } }: NonNullable<PointEvent['points']>[number]) {
  return meta?.runId ?? meta?.runIds?.[pointNumber] ?? null;
}

/** Makes the figure from the tokens of the page; `color` turns any CSS colour into a plain one. */
export type Draw = (tokens: ChartTokens, color: (css: string) => string) => Figure;

/**
 * @param draw memoise it: a new one draws again, as does a change of colour scheme. It is not called
 * before the element has come near the visible part of the page
 * @param bundle what the first drawing is made with, and those after it
 */
export function usePlot(
  draw: Draw | null,
  handlers: PlotHandlers,
  bundle: PlotlyBundle = 'flat',
): Drawing {
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef(handlers);
  const [plotly, setPlotly] = useState<Plotly | null>(null);
  const [status, setStatus] = useState<Drawing['status']>('waiting');
  const { t } = useTranslation('charts');
  const dark = useComputedColorScheme() === 'dark';
  const visible = useSeen(element);
  useLayoutEffect(() => {
    latest.current = handlers;
  });

  useEffect(() => {
    if (!visible || plotly !== null || status === 'failed') return;
    let left = false;
    loadPlotly(bundle).then(
      (loaded) => {
        if (!left) setPlotly(loaded);
      },
      () => {
        if (!left) setStatus('failed');
      },
    );
    return () => {
      left = true;
    };
  }, [visible, plotly, status, bundle]);

  useEffect(() => {
    const target = element.current;
    if (target === null || plotly === null) return;
    if (draw === null) {
      clear(plotly, target);
      setStatus((before) => (before === 'drawn' ? 'waiting' : before));
      return;
    }
    // One drawing per frame, however fast the points come in.
    const frame = requestAnimationFrame(() => {
      const figure = draw(readTokens(target, dark), (css) => resolveColor(target, css));
      plotly.react(target, figure.data, figure.layout, { ...plotConfig }).then(
        (plot) => {
          listen(plot, latest);
          setStatus('drawn');
        },
        () => setStatus('failed'),
      );
    });
    return () => cancelAnimationFrame(frame);
  }, [plotly, draw, dark]);

  useEffect(() => {
    const target = element.current;
    if (target === null || plotly === null) return;
    const observer = new ResizeObserver(() => {
      if (target.clientWidth > 0 && isDrawn(target)) {
        plotly.Plots.resize(target);
      }
    });
    observer.observe(target);
    return () => {
      observer.disconnect();
      clear(plotly, target);
    };
  }, [plotly]);

  const retry = useCallback(() => setStatus('waiting'), []);
  const picture = useCallback(
    (format: ImageFormat, title: string): Promise<Blob> => {
      const target = element.current;
      if (plotly === null || target === null || !isDrawn(target)) {
        return Promise.reject(new Error(t('notDrawn')));
      }
      return chartImage(plotly, drawnFigure(target), target, format, { title, dark });
    },
    [plotly, dark, t],
  );
  return { element, status, picture, retry };
}

/** The figure that Plotly was given for the element. */
function drawnFigure(element: HTMLElement): Figure {
  const { data, layout } = element as HTMLElement & Figure;
  return { data, layout };
}

const listening = new WeakSet<HTMLElement>();

/** Purging takes the listeners away with everything else, so that is forgotten too. */
function clear(plotly: Plotly, element: HTMLElement): void {
  plotly.purge(element);
  listening.delete(element);
}

function listen(plot: PlotlyElement, latest: RefObject<PlotHandlers>): void {
  if (listening.has(plot)) return;
  listening.add(plot);
  plot.on('plotly_hover', (event: PointEvent) => latest.current.onHover?.(nearestRun(event)));
  plot.on('plotly_unhover', () => latest.current.onHover?.(null));
  plot.on('plotly_click', (event: PointEvent) => {
    const [first] = event.points ?? [];
    if (first !== undefined) latest.current.onClick?.(first.pointNumber, runOf(first));
  });
}

/** Whether the element has been near the visible part of the page at least once. */
function useSeen(element: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (target === null || seen) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
      },
      { rootMargin: '300px' },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [element, seen]);
  return seen;
}
