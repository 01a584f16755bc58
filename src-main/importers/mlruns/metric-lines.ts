/** Lines of a metric file: `timestamp value step`, since 3.x with `dataset digest` behind. */
import type { Points } from '../../store/points.ts';

export interface MetricLines {
  readonly points: Points;
  /** Characters up to the end of the last whole line. */
  readonly whole: number;
  /** Lines that could not be understood. */
  readonly bad: number;
}

/**
 * The points of the whole lines. A last line without an end counts when `complete` is set: the file
 * is not being written to any more.
 */
export function parseMetricLines(text: string, complete: boolean): MetricLines {
  const lastEnd = text.lastIndexOf('\n') + 1;
  const end = complete ? text.length : lastEnd;
  const steps: number[] = [];
  const times: number[] = [];
  const values: number[] = [];
  let bad = 0;
  for (let at = 0; at < end; ) {
    const next = text.indexOf('\n', at);
    const stop = next < 0 || next > end ? end : next;
    const first = text.indexOf(' ', at);
    if (first > at && first < stop) {
      const second = text.indexOf(' ', first + 1);
      const valueEnd = second < 0 || second > stop ? stop : second;
      const time = Number(text.slice(at, first));
      const value = numberOf(text.slice(first + 1, valueEnd));
      const step = valueEnd === stop ? 0 : stepOf(text, valueEnd + 1, stop);
      if (value === null || !Number.isFinite(time) || !Number.isFinite(step)) bad += 1;
      else {
        times.push(time);
        values.push(value);
        steps.push(step);
      }
    } else if (text.slice(at, stop).trim() !== '') bad += 1;
    at = stop + 1;
  }
  return {
    points: {
      steps: Float64Array.from(steps),
      times: Float64Array.from(times),
      values: Float64Array.from(values),
    },
    whole: end,
    bad,
  };
}

function stepOf(text: string, from: number, stop: number): number {
  const space = text.indexOf(' ', from);
  return Number(text.slice(from, space < 0 || space > stop ? stop : space));
}

/** As Python prints floats. */
function numberOf(written: string): number | null {
  const trimmed = written.trim();
  const value = Number(trimmed);
  if (!Number.isNaN(value)) return trimmed === '' ? null : value;
  switch (trimmed.toLowerCase()) {
    case 'nan':
    case '-nan':
      return Number.NaN;
    case 'inf':
    case 'infinity':
      return Number.POSITIVE_INFINITY;
    case '-inf':
    case '-infinity':
      return Number.NEGATIVE_INFINITY;
    default:
      return null;
  }
}
