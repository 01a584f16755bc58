/** Metrics in sections by the first part of their names: `train/loss` stands in `train`. */
import type { ChartLayout } from '../client/index.ts';

export type SectionSize = 'small' | 'medium' | 'large';
type Saved = ChartLayout['sections'];

export interface ChartSection {
  /** The part of the names before the first slash; empty for names without. */
  readonly id: string;
  readonly keys: readonly string[];
  readonly folded: boolean;
  readonly size: SectionSize;
}

/** What the machine did is looked at seldom: its section stands last and folded. */
const seldom = 'system';

/** Once so many charts stand above it, a section is folded: thousands are found by name. */
const unfolded = 120;

export function sectionOf(key: string): string {
  const slash = key.indexOf('/');
  return slash > 0 ? key.slice(0, slash) : '';
}

/** Sections that were arranged come first, in their order; the others by name. */
export function sectionsOf(keys: readonly string[], saved: Saved): ChartSection[] {
  const found = Map.groupBy(keys, sectionOf);
  const arranged = saved.filter((one) => found.has(one.id)).map((one) => one.id);
  const others = [...found.keys()]
    .filter((id) => !arranged.includes(id))
    .sort((a, b) => Number(a === seldom) - Number(b === seldom) || a.localeCompare(b));
  const alone = found.size === 1;
  let before = 0;
  return [...arranged, ...others].map((id) => {
    const own = saved.find((one) => one.id === id);
    const keysOf = found.get(id) ?? [];
    const usual = id === seldom || before >= unfolded;
    before += keysOf.length;
    return {
      id,
      keys: keysOf,
      // A section that is all there is has no header to unfold it by.
      folded: !alone && (own?.folded ?? usual),
      size: own?.size ?? 'medium',
    };
  });
}

/**
 * The saved sections after one was changed.
 * @param order ids of the sections as they stand now; metrics that are gone keep their places behind
 */
export function changeSection(
  saved: Saved,
  id: string,
  change: { readonly folded?: boolean; readonly size?: SectionSize },
  order: readonly string[],
): Saved {
  return inOrder(saved, order).map((one) => (one.id === id ? { ...one, ...change } : one));
}

/** The saved sections with `id` before another one, or last with null. */
export function moveSection(
  saved: Saved,
  id: string,
  before: string | null,
  order: readonly string[],
): Saved {
  if (id === before) return saved;
  const others = order.filter((one) => one !== id);
  const at = before === null ? others.length : others.indexOf(before);
  return inOrder(saved, others.toSpliced(at < 0 ? others.length : at, 0, id));
}

function inOrder(saved: Saved, order: readonly string[]): Saved {
  const gone = saved.filter((one) => !order.includes(one.id));
  return [...order.map((id) => saved.find((one) => one.id === id) ?? { id }), ...gone];
}
