/** Importance of the columns of boosted trees, side by side. */

interface Feature {
  readonly name: string;
  readonly gain: number | null;
  readonly splits: number;
}

export interface Importance {
  readonly name: string;
  readonly left: Feature | null;
  readonly right: Feature | null;
}

/** By name, those that matter most on either side first: by gain, and by splits where there is none. */
export function importances(left: readonly Feature[], right: readonly Feature[]): Importance[] {
  const [ours, theirs] = [left, right].map((side) => new Map(side.map((one) => [one.name, one])));
  const names = new Set([...left, ...right].map(({ name }) => name));
  const weight = (side: readonly Feature[]): ((feature: Feature | null) => number) => {
    const of = (feature: Feature): number => feature.gain ?? feature.splits;
    const total = side.reduce((sum, feature) => sum + of(feature), 0);
    return (feature) => (feature === null || total === 0 ? 0 : of(feature) / total);
  };
  const [before, after] = [weight(left), weight(right)];
  return [...names]
    .map((name) => ({ name, left: ours?.get(name) ?? null, right: theirs?.get(name) ?? null }))
    .map((row) => ({ row, share: Math.max(before(row.left), after(row.right)) }))
    .sort((a, b) => b.share - a.share)
    .map(({ row }) => row);
}
