/** Keeps one element painted with curves: at once, without Plotly, which comes when it is used. */
import { useComputedColorScheme } from '@mantine/core';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { AxisRanges } from './metric-scale.ts';
import {
  CurveLayers,
  followPointer,
  type Painting,
  PlotlyAxes,
  type Pointed,
  type PointerPlace,
  pointAt,
  textMeasure,
} from './painted/index.ts';
import { type PlotlyLayout, preloadWhenIdle } from './plotly.ts';
import { type ChartTokens, readTokens, resolveColor } from './theme.ts';

export interface PaintOptions {
  readonly tokens: ChartTokens;
  /** Any CSS colour as a plain one. */
  readonly color: (css: string) => string;
  readonly size: { readonly width: number; readonly height: number };
  /** Width of a text in pixels. */
  readonly measure: (text: string) => number;
  /** Where somebody is moving the axes to just now; null: where they stand. */
  readonly moving: AxisRanges | null;
}

/** What to paint in an element of some size, and the same axes for Plotly. */
export type Paint = (o: PaintOptions) => Painting & { readonly layout: PlotlyLayout };

export interface PaintedHandlers {
  /** Zoom and pan, as Plotly tells it. */
  readonly onRelayout: (update: Readonly<Record<string, unknown>>) => void;
  /** A double click: show everything. */
  readonly onReset: () => void;
  /** The run whose curve is meant by the pointer, or null when it leaves. */
  readonly onPoint: (runId: string | null) => void;
  /** Whether points of all curves at one x are shown, where they are few. */
  readonly isShared: boolean;
  /** After each painting, with nothing marked yet. */
  readonly onPainted: () => void;
}

export interface Painted {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly status: 'waiting' | 'drawn';
  /** Marks points as the pointer does. */
  readonly point: (find: (painting: Painting) => Pointed | null) => void;
  readonly light: (runId: string | null) => void;
}

/** What stands in an element. */
interface Standing {
  readonly layers: CurveLayers;
  readonly axes: PlotlyAxes;
  /** Marks what the pointer is at, which rests while new points come. */
  readonly mark: () => void;
}

/** @param paint memoise it: a new one paints again, as do a change of size and of colour scheme */
export function usePainted(paint: Paint | null, handlers: PaintedHandlers): Painted {
  const element = useRef<HTMLDivElement>(null);
  const standing = useRef<Standing | null>(null);
  const dark = useComputedColorScheme() === 'dark';
  const latest = useRef({ handlers, paint, dark });
  const painted = useRef<{ paint: Paint | null; dark: boolean }>({ paint: null, dark });
  const lit = useRef<string | null>(null);
  const [status, setStatus] = useState<Painted['status']>('waiting');
  const isEmpty = paint === null;
  useLayoutEffect(() => {
    latest.current = { handlers, paint, dark };
  });

  const repaint = useCallback((moving: AxisRanges | null = null): void => {
    const host = element.current;
    const make = latest.current.paint;
    const now = standing.current;
    if (host === null || make === null || now === null || host.clientWidth === 0) return;
    const tokens = readTokens(host, latest.current.dark);
    const painting = make({
      tokens,
      color: (css) => resolveColor(host, css),
      size: { width: host.clientWidth, height: host.clientHeight },
      measure: textMeasure(tokens),
      moving,
    });
    now.layers.paint(painting);
    painted.current = { paint: make, dark: latest.current.dark };
    if (moving === null) {
      now.axes.draw(painting.layout);
      now.mark();
      latest.current.handlers.onPainted();
    }
    setStatus('drawn');
    preloadWhenIdle();
  }, []);

  // The first painting is there before the frame is; from then on there is one a frame.
  useLayoutEffect(() => {
    const host = element.current;
    if (host === null || isEmpty) return;
    const layers = new CurveLayers(host);
    const axes = new PlotlyAxes(layers.plotly, {
      onRelayout: (update) => latest.current.handlers.onRelayout(update),
      onMoving: (ranges) => repaint(ranges),
      onReset: () => latest.current.handlers.onReset(),
      onFresh: (isFresh) => {
        layers.hasPlotly = isFresh;
      },
    });
    let at: PointerPlace | null = null;
    const mark = (): Pointed | null => {
      const { painting } = layers;
      if (painting === null || at === null) return null;
      const pointed = pointAt(painting.plan, at.x, at.y, latest.current.handlers.isShared);
      layers.point(pointed, at.clientX, at.clientY);
      return pointed;
    };
    standing.current = { layers, axes, mark };
    layers.light(lit.current);
    repaint();
    const stop = followPointer(host, {
      onUse: () => axes.use(),
      onPress: () => axes.flush(),
      onMove: (place) => {
        at = place;
        latest.current.handlers.onPoint(mark()?.nearest.curve.series.runId ?? null);
      },
      onLeave: () => {
        at = null;
        layers.point(null, 0, 0);
        latest.current.handlers.onPoint(null);
      },
    });
    const observer = new ResizeObserver(() => {
      const plan = layers.painting?.plan;
      if (plan?.width !== host.clientWidth || plan.height !== host.clientHeight) repaint();
    });
    observer.observe(host);
    return () => {
      observer.disconnect();
      stop();
      if (at !== null) latest.current.handlers.onPoint(null);
      axes.remove();
      layers.remove();
      standing.current = null;
      setStatus('waiting');
    };
  }, [isEmpty, repaint]);

  useEffect(() => {
    if (painted.current.paint === paint && painted.current.dark === dark) return;
    const frame = requestAnimationFrame(() => repaint());
    return () => cancelAnimationFrame(frame);
  }, [paint, dark, repaint]);

  const light = useCallback((runId: string | null): void => {
    lit.current = runId;
    standing.current?.layers.light(runId);
  }, []);
  const point = useCallback((find: (painting: Painting) => Pointed | null): void => {
    const layers = standing.current?.layers;
    const painting = layers?.painting ?? null;
    if (layers === undefined || painting === null) return;
    const pointed = find(painting);
    const host = element.current;
    if (pointed === null || host === null) {
      layers.point(null, 0, 0);
      return;
    }
    const { curve, index } = pointed.nearest;
    const { left, top } = host.getBoundingClientRect();
    const [x, y] = [curve.x[index] as number, curve.y[index] as number];
    const { box } = painting.plan;
    layers.point(pointed, left + x, top + (Number.isNaN(y) ? box.top + box.height / 2 : y));
  }, []);
  return { element, status, point, light };
}
