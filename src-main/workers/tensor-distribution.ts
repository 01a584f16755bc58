/** Histograms of two tensors and of their difference. */
import {
  type DistributionCounts,
  deltaBins,
  histogramBins,
  type MeasurePart,
} from '../formats/tensor-task.ts';
import type { TensorInfo } from '../formats/tensors.ts';
import { type Block, forEachBlock } from './tensor-blocks.ts';

const codes = 65_536;

/**
 * Counts the elements of a part in equal bins from `low` to `high`, and |Δ| in bins of its
 * logarithm. What is not finite is not counted, and Δ only where both sides are.
 */
export async function countDistribution(
  part: MeasurePart,
  low: number,
  high: number,
): Promise<DistributionCounts> {
  const left = new Float64Array(histogramBins);
  const right = new Float64Array(histogramBins);
  const delta = new Float64Array(deltaBins.count);
  const [leftCodes, rightCodes] = [codeCounts(part.left), codeCounts(part.right)];
  // Divided first: the width of the whole range may be more than a float64 holds.
  const width = high / histogramBins - low / histogramBins;
  let unchanged = 0;
  await forEachBlock(part, (x, y) => {
    addValues(left, x.values, low, width);
    addValues(right, y.values, low, width);
    if (leftCodes) addCodes(leftCodes, x);
    if (rightCodes) addCodes(rightCodes, y);
    unchanged += addDeltas(delta, x.values, y.values);
  });
  return { left, right, delta, unchanged, leftCodes, rightCodes };
}

function addValues(counts: Float64Array, values: Float64Array, low: number, width: number): void {
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const bin = width > 0 ? Math.floor(value / width - low / width) : 0;
    counts[Math.max(0, Math.min(histogramBins - 1, bin))]!++;
  }
}

/** Returns how many differences are zero. */
function addDeltas(counts: Float64Array, left: Float64Array, right: Float64Array): number {
  let zeros = 0;
  for (let index = 0; index < left.length; index++) {
    const delta = Math.abs(right[index]! - left[index]!);
    if (delta === 0) zeros++;
    else if (delta < Number.POSITIVE_INFINITY) counts[deltaBin(delta)]!++;
  }
  return zeros;
}

function deltaBin(delta: number): number {
  const { perDecade, lowestDecade, count } = deltaBins;
  const bin = Math.floor((Math.log10(delta) - lowestDecade) * perDecade);
  return Math.max(0, Math.min(count - 1, bin));
}

function codeCounts({ dtype }: TensorInfo): Float64Array | null {
  return dtype.decode === 'bf16' || dtype.decode === 'f16' ? new Float64Array(codes) : null;
}

function addCodes(counts: Float64Array, { bytes, values }: Block): void {
  for (const code of new Uint16Array(bytes.buffer, bytes.byteOffset, values.length)) {
    counts[code]!++;
  }
}
