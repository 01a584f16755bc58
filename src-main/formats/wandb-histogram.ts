/**
 * Histograms of W&B, which stand in the log itself: counts (`values`) with their edges (`bins`), or
 * with `packedBins` of one width, as wandb/sdk/data_types/histogram.py writes them.
 */
import { readWandbLog } from './wandb-log.ts';
import { decodeWandbRecord, flattenItem } from './wandb-record.ts';

interface Histogram {
  readonly edges: Float64Array;
  readonly counts: Float64Array;
}

/**
 * The histogram of a key in the record that begins at `offset`; null where there is none.
 * @throws CairnError `corrupt` for a record cut short
 */
export async function readWandbHistogram(
  path: string,
  offset: number,
  key: string,
): Promise<Histogram | null> {
  let found: Buffer | null = null;
  await readWandbLog(path, offset, (record) => {
    found = record;
    return false;
  });
  const record = found === null ? null : decodeWandbRecord(found);
  if (record?.kind !== 'history') return null;
  let histogram: Histogram | null = null;
  for (const item of record.items) {
    flattenItem(item, (names, value) => {
      if (names.join('.') === key) histogram ??= toHistogram(value);
    });
  }
  return histogram;
}

/** Null for what is no histogram, or one whose edges and counts do not fit. */
export function toHistogram(value: unknown): Histogram | null {
  if (typeof value !== 'object' || value === null) return null;
  const { _type: type, values, bins, packedBins } = value as Record<string, unknown>;
  if (type !== 'histogram') return null;
  const counts = numbers(values);
  const edges = bins === undefined ? unpacked(packedBins) : numbers(bins);
  if (counts === null || edges === null || counts.length === 0) return null;
  return edges.length === counts.length + 1 ? { edges, counts } : null;
}

function numbers(value: unknown): Float64Array | null {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'number')) return null;
  return Float64Array.from(value);
}

const mostBins = 100_000;

function unpacked(value: unknown): Float64Array | null {
  const { min, size, count } = (value ?? {}) as Record<string, unknown>;
  if (typeof min !== 'number' || typeof size !== 'number' || typeof count !== 'number') return null;
  if (!(count > 0 && count <= mostBins)) return null;
  return Float64Array.from({ length: Math.floor(count) + 1 }, (_, edge) => min + edge * size);
}
