/** The timeline as a whole: which cells there are, and when, without what is in them. */
import type { Output } from '../../client/index.ts';

export interface Outline {
  /** `run:…`, in their order. */
  readonly keys: readonly string[];
  /** Epoch ms. */
  readonly at: Float64Array;
  /** Position in `experiments`, or −1. */
  readonly experiment: Float64Array;
  /** 1 for commits that may be folded. */
  readonly quiet: Uint8Array;
  readonly experiments: Output<'timeline.outline'>['experiments'];
}

const read = new WeakMap<Output<'timeline.outline'>, Outline>();

/** The same outline for the same answer. */
export function readOutline(output: Output<'timeline.outline'>): Outline {
  let outline = read.get(output);
  if (outline === undefined) {
    outline = { ...output, keys: output.keys === '' ? [] : output.keys.split('\n') };
    read.set(output, outline);
  }
  return outline;
}

/** How many cells there are on each day of a year. @returns by the day's start, epoch ms */
export function countByDay(
  at: Float64Array,
  year: number,
  dayOf: (at: number) => number,
): Map<number, number> {
  const from = new Date(year, 0, 1).getTime();
  const to = new Date(year + 1, 0, 1).getTime();
  const counts = new Map<number, number>();
  for (const moment of at) {
    if (moment < from || moment >= to) continue;
    const day = dayOf(moment);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return counts;
}
