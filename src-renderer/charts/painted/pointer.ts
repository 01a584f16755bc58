/** Which points of planned curves a place stands for. Pure. */
import { firstFrom } from './paint.ts';
import type { CurvePlan, PlannedCurve } from './plan.ts';

/** More curves than this, and only the nearest is named. */
export const mostNamed = 12;
/** How far from a curve's end, and from a curve among many, the pointer still means it, in pixels. */
const reach = 24;

export interface Hit {
  readonly curve: PlannedCurve;
  /** Of its point. */
  readonly index: number;
}

/** What is said of a place: points of one x, or the nearest alone, and the curve that is meant. */
export interface Pointed {
  readonly hits: readonly Hit[];
  readonly nearest: Hit;
  /** Whether the points are those of all curves at one x. */
  readonly isShared: boolean;
}

/** @returns null where nothing is near */
export function pointAt(plan: CurvePlan, x: number, y: number, shared: boolean): Pointed | null {
  const { box } = plan;
  if (x < box.left || x > box.left + box.width || y < box.top || y > box.top + box.height) {
    return null;
  }
  if (!shared || plan.curves.length > mostNamed) {
    const nearest = nearestOf(plan.curves, x, y);
    return nearest === null ? null : { hits: [nearest], nearest, isShared: false };
  }
  const hits = plan.curves.flatMap((curve) => {
    const index = indexNear(curve, x);
    if (index < 0 || !isNear(curve, index, x)) return [];
    return [{ curve, index }];
  });
  const nearest = leastBy(hits, ({ curve, index }) => {
    const distance = Math.abs((curve.y[index] as number) - y);
    return Number.isNaN(distance) ? Number.MAX_VALUE : distance;
  });
  return nearest === null ? null : { hits, nearest, isShared: true };
}

/** Within a curve any place is near some point; beyond its ends it has to be close. */
function isNear({ x }: PlannedCurve, index: number, at: number): boolean {
  const [first, last] = [x[0] as number, x[x.length - 1] as number];
  return (at >= first && at <= last) || Math.abs((x[index] as number) - at) <= reach;
}

/** Index of the point nearest along x; −1 where there is none. */
export function indexNear({ x, inOrder }: PlannedCurve, at: number): number {
  if (!inOrder) {
    let [best, least] = [-1, Number.POSITIVE_INFINITY];
    for (let i = 0; i < x.length; i += 1) {
      const distance = Math.abs((x[i] as number) - at);
      if (distance < least) [best, least] = [i, distance];
    }
    return best;
  }
  const next = firstFrom(x, at);
  if (next === 0) return x.length === 0 ? -1 : 0;
  if (next === x.length) return next - 1;
  return at - (x[next - 1] as number) <= (x[next] as number) - at ? next - 1 : next;
}

/** The point nearest to a place, of any curve: by the lines, not only by the points on them. */
function nearestOf(curves: readonly PlannedCurve[], x: number, y: number): Hit | null {
  let best: Hit | null = null;
  let least = reach ** 2;
  for (const curve of curves) {
    const [from, to] = curve.inOrder
      ? [
          Math.max(0, firstFrom(curve.x, x - reach) - 1),
          Math.min(curve.x.length - 1, firstFrom(curve.x, x + reach)),
        ]
      : [0, curve.x.length - 1];
    for (let i = from; i <= to; i += 1) {
      const distance = distanceToLine(curve, i, x, y);
      if (!(distance < least)) continue;
      least = distance;
      best = { curve, index: i };
    }
  }
  return best;
}

/** The square of the distance to a point, or to the nearer half of a line to its neighbours. */
function distanceToLine(curve: PlannedCurve, i: number, x: number, y: number): number {
  const { x: xs, y: ys } = curve;
  const [ax, ay] = [xs[i] as number, ys[i] as number];
  let least = (ax - x) ** 2 + (ay - y) ** 2;
  for (const j of [i - 1, i + 1]) {
    const [bx, by] = [xs[j], ys[j]];
    if (bx === undefined || by === undefined) continue;
    const [dx, dy] = [bx - ax, by - ay];
    const share = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy), 0), 0.5);
    const distance = (ax + share * dx - x) ** 2 + (ay + share * dy - y) ** 2;
    if (distance < least) least = distance;
  }
  return least;
}

function leastBy<T>(items: readonly T[], measure: (item: T) => number): T | null {
  let [best, least]: [T | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const item of items) {
    const value = measure(item);
    if (value < least) [best, least] = [item, value];
  }
  return best;
}

/**
 * The points that keys have walked to.
 * @param values of the curves that reach so far, in order, with the index of the point
 * @param runId the run that is walked along; null means all alike
 */
export function pointedAt(
  plan: CurvePlan,
  values: readonly { readonly runId: string; readonly index: number }[],
  runId: string | null,
): Pointed | null {
  const left = new Set(plan.curves);
  const all = values.flatMap(({ runId: own, index }) => {
    const curve = [...left].find(({ series }) => series.runId === own);
    // What is painted may be a moment older than the values.
    if (curve === undefined || index >= curve.x.length) return [];
    left.delete(curve);
    return [{ curve, index }];
  });
  const own = all.filter(({ curve }) => curve.series.runId === runId);
  const nearest = own[0] ?? all[0];
  if (nearest === undefined) return null;
  const hits = own.length > 0 || all.length > mostNamed ? [nearest] : all;
  return { hits, nearest, isShared: hits.length > 1 };
}
