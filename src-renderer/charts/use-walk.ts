/** Walking over the points of a chart by key: along x, and from run to run. */
import { type KeyboardEvent, useState } from 'react';
import { moveCursor, nearestValues, nextRun, zoomRange } from './keyboard.ts';
import type { Series, XAxis, XRange } from './types.ts';

export interface Cursor {
  /** In the caller's terms, as in `XRange`. */
  readonly x: number;
  /** The run that is walked along; null means all of them. */
  readonly runId: string | null;
}

export interface Walk {
  /** Null while nobody walks. */
  readonly cursor: Cursor | null;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly leave: () => void;
}

const most = Number.MAX_SAFE_INTEGER;

export function useWalk(o: {
  readonly series: readonly Series[];
  readonly xAxis: XAxis;
  readonly range: XRange | null;
  readonly onRange: (range: XRange | null) => void;
  /** The run that is walked along, or null. */
  readonly onRun: (runId: string | null) => void;
}): Walk {
  const { series, xAxis, range } = o;
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const x = cursor?.x ?? null;
  const along = (move: number): void => {
    const runId = cursor?.runId ?? null;
    const own = series.filter((one) => one.runId === runId);
    const next = moveCursor(own.length > 0 ? own : series, xAxis, range, x, move);
    if (next !== null) setCursor({ x: next, runId });
  };
  const across = (direction: -1 | 1): void => {
    // Whoever begins with a run begins at the end, where it is known what became of it.
    const at = x ?? moveCursor(series, xAxis, range, null, -1);
    if (at === null) return;
    const runId = nextRun(nearestValues(series, xAxis, at), cursor?.runId ?? null, direction);
    setCursor({ x: at, runId });
    o.onRun(runId);
  };
  const leave = (): void => {
    if (cursor === null) return;
    setCursor(null);
    if (cursor.runId !== null) o.onRun(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 10 : 1;
    switch (event.key) {
      case 'ArrowRight':
        along(step);
        break;
      case 'ArrowLeft':
        along(-step);
        break;
      case 'Home':
        along(-most);
        break;
      case 'End':
        along(most);
        break;
      case 'ArrowUp':
        across(-1);
        break;
      case 'ArrowDown':
        across(1);
        break;
      case '+':
      case '=':
        o.onRange(zoomRange(series, xAxis, range, x, 0.5));
        break;
      case '-':
        o.onRange(zoomRange(series, xAxis, range, x, 2));
        break;
      case '0':
        o.onRange(null);
        break;
      case 'Escape':
        if (cursor === null) return;
        leave();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return { cursor, onKeyDown, leave };
}
