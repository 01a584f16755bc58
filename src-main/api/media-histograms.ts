/** How logged values lay over the steps of several runs. */
import type { MediaItem } from '../contract/media.ts';
import { type MediaPlaceRecord, readKeySteps, readMediaPlaces } from '../store/media.ts';
import type { Store } from '../store/store.ts';

type Histogram = Extract<MediaItem, { kind: 'histogram' }>;

export interface RunHistograms {
  readonly runId: string;
  /** Steps that were logged. */
  readonly total: number;
  readonly histograms: { step: number; edges: Histogram['edges']; counts: Histogram['counts'] }[];
}

/**
 * The histograms of one run, thinned evenly with the first and the last. A step that cannot be read
 * is left out.
 * @param readPlace reads what lies at one place
 * @throws what the last reading threw, when none could be read
 */
export async function readHistograms(
  store: Store,
  runId: string,
  key: string,
  maxSteps: number,
  readPlace: (place: MediaPlaceRecord) => Promise<readonly MediaItem[]>,
  signal: AbortSignal,
): Promise<RunHistograms> {
  const steps = readKeySteps(store, runId, key, 'histogram');
  const histograms: RunHistograms['histograms'] = [];
  let failed: unknown = null;
  for (const step of evenly(steps, maxSteps)) {
    signal.throwIfAborted();
    try {
      for (const place of readMediaPlaces(store, runId, key, step)) {
        const found = (await readPlace(place)).find((item) => item.kind === 'histogram');
        if (found === undefined) continue;
        histograms.push({ step, edges: found.edges, counts: found.counts });
        break;
      }
    } catch (error) {
      failed = error;
    }
  }
  if (histograms.length === 0 && failed !== null) throw failed;
  return { runId, total: steps.length, histograms };
}

/** At most so many of the items, evenly, the first and the last among them. */
export function evenly<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  const stride = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => items[Math.round(index * stride)] as T);
}
