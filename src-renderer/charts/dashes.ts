/** Patterns and shapes of lines: as they are drawn, and in the small where a line is named. */
import type { Dash, Marker } from './types.ts';

/** Pixels of line and gap, as Plotly has them for lines this thin. */
export const linePatterns: Readonly<Record<Dash, readonly number[]>> = {
  solid: [],
  dash: [9, 9],
  dot: [3, 3],
  dashdot: [9, 3, 3, 3],
  longdash: [15, 15],
};

/** For a sample of some twenty pixels. */
export const samplePatterns: Readonly<Record<Dash, string>> = {
  solid: '',
  dash: '6 3',
  dot: '1.5 3',
  dashdot: '6 3 1.5 3',
  longdash: '10 4',
};

const arm = 0.4;
type Corner = readonly [number, number];

/** Corners of the shapes around a point, one being about half of their width. */
export const markerCorners: Readonly<Record<Exclude<Marker, 'circle'>, readonly Corner[]>> = {
  square: [
    ...([
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as const),
  ],
  triangle: [
    ...([
      [0, -1.15],
      [1.15, 0.8],
      [-1.15, 0.8],
    ] as const),
  ],
  diamond: [
    ...([
      [0, -1.3],
      [1.3, 0],
      [0, 1.3],
      [-1.3, 0],
    ] as const),
  ],
  cross: [
    ...([
      [-arm, -1.2],
      [arm, -1.2],
      [arm, -arm],
      [1.2, -arm],
    ] as const),
    ...([
      [1.2, arm],
      [arm, arm],
      [arm, 1.2],
      [-arm, 1.2],
    ] as const),
    ...([
      [-arm, arm],
      [-1.2, arm],
      [-1.2, -arm],
      [-arm, -arm],
    ] as const),
  ],
};

/** A shape as the path of an SVG. */
export function markerPath(marker: Marker, x: number, y: number, r: number): string {
  if (marker === 'circle')
    return `M${x - r},${y}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0z`;
  return `M${markerCorners[marker].map(([dx, dy]) => `${x + dx * r},${y + dy * r}`).join('L')}z`;
}
