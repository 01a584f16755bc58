/** An SVG path through `values` in a box, with gaps at missing ones, and where the last point is. */
export function sparkPath(
  values: readonly (number | null)[],
  width: number,
  height: number,
): { line: string; last: { x: number; y: number } | null } {
  const finite = values.filter((v): v is number => v !== null && Number.isFinite(v));
  if (finite.length < 2) return { line: '', last: null };
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const margin = 2;
  const x = (index: number): number =>
    round(margin + (index / (values.length - 1)) * (width - 2 * margin));
  const y = (value: number): number =>
    high === low
      ? height / 2
      : round(height - margin - ((value - low) / (high - low)) * (height - 2 * margin));
  let line = '';
  let pen = false;
  let last: { x: number; y: number } | null = null;
  values.forEach((value, index) => {
    if (value === null || !Number.isFinite(value)) {
      pen = false;
      return;
    }
    last = { x: x(index), y: y(value) };
    line += `${pen ? 'L' : 'M'}${last.x} ${last.y}`;
    pen = true;
  });
  return { line, last };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
