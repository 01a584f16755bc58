/** Full detail where a person zooms: what to ask for, and how it goes into what is there already. */
import { xColumn } from './columns.ts';
import type { Series, XAxis, XRange } from './types.ts';

/** Points of all curves of a chart together: more take longer than a person waits for a drawing. */
const mostDrawn = 30_000;

/**
 * Points of a whole series, and of the stretch that is zoomed to with what is asked for beside it:
 * about as many as a chart has pixels, fewer where there are very many curves. None hides a spike.
 */
export function pointsFor(curves: number): { readonly whole: number; readonly stretch: number } {
  const each = Math.round(mostDrawn / Math.max(1, curves) / 100) * 100;
  const whole = Math.min(1000, Math.max(400, each));
  return { whole, stretch: whole * 2.4 };
}

/** More than is visible, so that a line smoothed from the left and a small pan find points there. */
export function padded(range: XRange): XRange {
  const width = range.to - range.from;
  return { from: range.from - width / 2, to: range.to + width / 2 };
}

/**
 * The coarse series with their points within `stretch` replaced by the detailed ones; series without
 * detail stay as they are.
 */
export function withDetail(
  coarse: readonly Series[],
  detail: readonly Series[],
  stretch: XRange,
  axis: XAxis,
): Series[] {
  return coarse.map((one) => {
    const fine = detail.find((other) => other.runId === one.runId && other.key === one.key);
    return fine === undefined ? one : merge(one, fine, stretch, axis);
  });
}

function merge(coarse: Series, fine: Series, stretch: XRange, axis: XAxis): Series {
  const x = xColumn(coarse, axis);
  const [before, after]: [number[], number[]] = [[], []];
  for (let i = 0; i < x.length; i += 1) {
    const at = x[i] as number;
    if (at < stretch.from) before.push(i);
    else if (at > stretch.to) after.push(i);
  }
  const join = (whole: Float64Array, part: Float64Array): Float64Array => {
    const joined = new Float64Array(before.length + part.length + after.length);
    before.forEach((index, i) => {
      joined[i] = whole[index] as number;
    });
    joined.set(part, before.length);
    after.forEach((index, i) => {
      joined[before.length + part.length + i] = whole[index] as number;
    });
    return joined;
  };
  const { band, means } = coarse;
  return {
    ...coarse,
    steps: join(coarse.steps, fine.steps),
    times: join(coarse.times, fine.times),
    values: join(coarse.values, fine.values),
    ...(coarse.x && fine.x ? { x: join(coarse.x, fine.x) } : {}),
    ...(means && fine.means ? { means: join(means, fine.means) } : {}),
    ...(band && fine.band
      ? {
          band: {
            low: join(band.low, fine.band.low),
            high: join(band.high, fine.band.high),
            counts: join(band.counts, fine.band.counts),
          },
        }
      : {}),
  };
}
