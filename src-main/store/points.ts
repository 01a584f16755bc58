/** Points of one metric series, in columns. */

/** Columns of equal length. Steps are numbers (epochs may be fractions), times epoch ms. */
export interface Points {
  steps: Float64Array<ArrayBuffer>;
  times: Float64Array<ArrayBuffer>;
  /** May be NaN or infinite. */
  values: Float64Array<ArrayBuffer>;
}

export function emptyPoints(length: number): Points {
  return {
    steps: new Float64Array(length),
    times: new Float64Array(length),
    values: new Float64Array(length),
  };
}

export function concatenate(parts: readonly Points[]): Points {
  if (parts.length === 1) return parts[0] as Points;
  const all = emptyPoints(parts.reduce((sum, part) => sum + part.values.length, 0));
  let at = 0;
  for (const part of parts) {
    all.steps.set(part.steps, at);
    all.times.set(part.times, at);
    all.values.set(part.values, at);
    at += part.values.length;
  }
  return all;
}

/** The points at some indices, in that order. */
export function pick(points: Points, indices: readonly number[]): Points {
  const picked = emptyPoints(indices.length);
  // Not `Float64Array.from` with a function: it is some ten times as slow.
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at] as number;
    picked.steps[at] = points.steps[index] as number;
    picked.times[at] = points.times[index] as number;
    picked.values[at] = points.values[index] as number;
  }
  return picked;
}

export function slice(points: Points, from: number, to: number): Points {
  return {
    steps: points.steps.slice(from, to),
    times: points.times.slice(from, to),
    values: points.values.slice(from, to),
  };
}
