import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './charts.module.css';
import type { Brush, ParallelAxis } from './parallel-scale.ts';

const whole: Brush = { from: 0, to: 1 };
/** A press that moves less than this is a click, which takes the brush away. */
const leastStretch = 0.015;
const step = 0.02;

/** Chooses a stretch of one axis: by dragging along it, or with the keys on its two ends. */
export function AxisBrush({
  axis,
  left,
  brush,
  onChange,
}: {
  axis: ParallelAxis;
  /** CSS length from the left. */
  left: string;
  brush: Brush | undefined;
  onChange: (brush: Brush | null) => void;
}) {
  const { t } = useTranslation('charts');
  const track = useRef<HTMLDivElement>(null);
  const [start, setStart] = useState<number | null>(null);
  const now = brush ?? whole;
  const placeOf = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined || box.height === 0) return 0;
    return Math.min(1, Math.max(0, 1 - (event.clientY - box.top) / box.height));
  };
  const stretch = (from: number, to: number): void => {
    if (Math.abs(to - from) >= leastStretch)
      onChange({ from: Math.min(from, to), to: Math.max(from, to) });
  };
  const down = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const place = placeOf(event);
    // Near an end of the brush that end is moved; elsewhere a new brush begins.
    const near = 0.03;
    if (brush !== undefined && Math.abs(place - brush.from) < near) setStart(brush.to);
    else if (brush !== undefined && Math.abs(place - brush.to) < near) setStart(brush.from);
    else setStart(place);
  };
  const up = (event: PointerEvent<HTMLDivElement>): void => {
    if (start === null) return;
    if (Math.abs(placeOf(event) - start) < leastStretch) onChange(null);
    setStart(null);
  };
  const set = (end: 'from' | 'to', value: number): void => {
    const next = { ...now, [end]: Math.min(1, Math.max(0, value)) };
    if (next.from > next.to) return;
    onChange(next.from <= 0 && next.to >= 1 ? null : next);
  };
  const key = (end: 'from' | 'to') => (event: KeyboardEvent) => {
    const size = event.shiftKey ? 5 * step : step;
    if (event.key === 'ArrowUp' || event.key === 'ArrowRight') set(end, now[end] + size);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowLeft') set(end, now[end] - size);
    else if (event.key === 'Home') set(end, end === 'from' ? 0 : now.from);
    else if (event.key === 'End') set(end, end === 'from' ? now.to : 1);
    else if (event.key === 'Delete' || event.key === 'Backspace' || event.key === 'Escape') {
      if (brush === undefined) return;
      onChange(null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={track}
      className={classes.brushTrack}
      style={{ left }}
      title={t('parallel.brushHint')}
      onPointerDown={down}
      onPointerMove={(event) => start !== null && stretch(start, placeOf(event))}
      onPointerUp={up}
      onPointerCancel={() => setStart(null)}
    >
      {brush !== undefined && (
        <div
          className={classes.brush}
          style={{ bottom: `${now.from * 100}%`, top: `${(1 - now.to) * 100}%` }}
        />
      )}
      {(['from', 'to'] as const).map((end) => (
        <div
          key={end}
          className={classes.brushEnd}
          style={{ bottom: `${now[end] * 100}%` }}
          role="slider"
          tabIndex={0}
          aria-orientation="vertical"
          aria-label={t(`parallel.${end}`, { name: axis.label })}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(now[end] * 100)}
          aria-valuetext={axis.textAt(now[end])}
          onKeyDown={key(end)}
        />
      ))}
    </div>
  );
}
