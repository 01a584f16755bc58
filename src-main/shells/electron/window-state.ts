/** Where a window was, and whether that is still a place to put it. */
import type { Rectangle } from 'electron';

export interface WindowState extends Rectangle {
  readonly maximized: boolean;
}

export const smallestWindow = { width: 640, height: 480 };
const usualWindow = { width: 1280, height: 840 };

/** So much of a window's top must be on a display for the user to take hold of it. */
const grip = { width: 120, height: 40 };

/**
 * Bounds for a window: those of `state` when a display shows enough of its top, made to fit that
 * display; else the usual size, centred on the first display.
 * @param workAreas of every display, the primary one first; in Electron's device-independent pixels
 */
export function placeWindow(
  state: WindowState | undefined,
  workAreas: readonly Rectangle[],
): Rectangle {
  const primary = workAreas[0] ?? { x: 0, y: 0, ...usualWindow };
  const area = state && workAreas.find((candidate) => showsGrip(state, candidate));
  if (state === undefined || area === undefined) return centre(primary);
  const width = clamp(state.width, smallestWindow.width, area.width);
  const height = clamp(state.height, smallestWindow.height, area.height);
  return { x: state.x, y: state.y, width, height };
}

/** The same bounds a step down and right, for a second window that would hide the first. */
export function cascade(bounds: Rectangle, taken: readonly Rectangle[]): Rectangle {
  const step = 28;
  let { x, y } = bounds;
  while (taken.some((other) => other.x === x && other.y === y)) {
    x += step;
    y += step;
  }
  return { ...bounds, x, y };
}

function showsGrip(state: Rectangle, area: Rectangle): boolean {
  const across = overlap(state.x, state.width, area.x, area.width);
  const down = overlap(state.y, grip.height, area.y, area.height);
  return across >= grip.width && down >= grip.height;
}

function overlap(start: number, size: number, otherStart: number, otherSize: number): number {
  return Math.min(start + size, otherStart + otherSize) - Math.max(start, otherStart);
}

function centre(area: Rectangle): Rectangle {
  const width = Math.min(usualWindow.width, area.width);
  const height = Math.min(usualWindow.height, area.height);
  const x = area.x + Math.round((area.width - width) / 2);
  const y = area.y + Math.round((area.height - height) / 2);
  return { x, y, width, height };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(Math.min(value, high), Math.min(low, high));
}
