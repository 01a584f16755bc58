/** The order of groups that are named by a value of their runs. */

/** Numbers by their size (`0.03` before `0.1`, which by their digits it is not), names by their numbers. */
export function byValue(a: string, b: string): number {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left !== null && right !== null && left !== right) return left - right;
  if ((left === null) !== (right === null)) return left === null ? 1 : -1;
  return a.localeCompare(b, undefined, { numeric: true });
}

function numberOf(text: string): number | null {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(number) ? null : number;
}
