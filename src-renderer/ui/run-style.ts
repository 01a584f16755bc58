/** How one run looks wherever it appears: a colour by its number, so that neighbours differ. */
export const runColors = 8;
/** Patterns that tell curves of one colour apart. */
export const dashes = ['solid', 'dash', 'dot', 'dashdot', 'longdash'] as const;
export const markers = ['circle', 'square', 'triangle', 'diamond', 'cross'] as const;

export interface RunStyle {
  /** A CSS colour, `var(--run-3)`. */
  readonly color: string;
  readonly dash: (typeof dashes)[number];
  readonly marker: (typeof markers)[number];
}

/** How a run's curve looks among others. */
export interface LineStyle {
  readonly color: string;
  readonly dash: RunStyle['dash'];
  /** A shape along the line, once every pattern of its colour is taken. */
  readonly marker?: RunStyle['marker'];
}

/**
 * Styles for curves of runs that are drawn together: each run keeps its colour, and takes another
 * pattern only when one before it has the same colour, and a shape when all patterns are taken.
 */
export function runStyles(runs: readonly Numbered[]): LineStyle[] {
  const seen = new Map<string, number>();
  return runs.map((run) => {
    const { color } = runStyle(run);
    const round = seen.get(color) ?? 0;
    seen.set(color, round + 1);
    const marker = markers[(Math.floor(round / dashes.length) - 1) % markers.length];
    return {
      color,
      dash: dashes[round % dashes.length] ?? 'solid',
      ...(marker === undefined ? {} : { marker }),
    };
  });
}

interface Numbered {
  readonly experimentNumber: number;
  readonly number: number;
}

/** The style of a run on its own. Runs 9, 10, … of an experiment take the next pattern. */
export function runStyle(run: Numbered): RunStyle {
  const index = Math.max(0, run.number - 1 + (run.experimentNumber - 1) * 3);
  const round = Math.floor(index / runColors);
  return {
    color: `var(--run-${index % runColors})`,
    dash: dashes[round % dashes.length] ?? 'solid',
    marker: markers[round % markers.length] ?? 'circle',
  };
}

/** The experiment and run number of a label such as `02.7`; null for anything else. */
export function parseLabel(label: string): Numbered | null {
  const match = /^#?(\d+)\.(\d+)$/.exec(label);
  return match === null ? null : { experimentNumber: Number(match[1]), number: Number(match[2]) };
}

/** The style of a run known by its label only. */
export function labelStyle(label: string): RunStyle {
  return runStyle(parseLabel(label) ?? { experimentNumber: 1, number: 1 });
}
