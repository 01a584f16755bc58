/** How far two tensor files are apart, as one number, for the verdict of a reproduction. */
import type { Work } from '../base/progress.ts';
import type { TensorChange } from '../contract/diff.ts';
import { diffModels } from '../models/index.ts';

/**
 * The largest |Δ| of any tensor, relative to that tensor's largest magnitude. Null when names,
 * shapes or types differ.
 */
export async function compareTensors(
  expected: string,
  actual: string,
  work: Work,
): Promise<{ largest: number; tensor: string } | null> {
  const changes = new Map<string, TensorChange>();
  await diffModels(
    { path: expected, title: expected, hash: null },
    { path: actual, title: actual, hash: null },
    work,
    (item) => {
      for (const tensor of item.tensors) changes.set(tensor.name, tensor);
    },
  );
  let found = { largest: 0, tensor: '' };
  for (const change of changes.values()) {
    if (change.change === 'same') continue;
    const apart = distance(change);
    if (apart === null) return null;
    if (apart > found.largest) found = { largest: apart, tensor: change.name };
  }
  return found;
}

function distance({ change, left, right, maxAbs, stats, nonFinite }: TensorChange): number | null {
  if (change !== 'modified' || maxAbs === null || stats === null) return null;
  if (left?.dtype !== right?.dtype) return null;
  if (nonFinite !== null && nonFinite.left !== nonFinite.right) return Number.POSITIVE_INFINITY;
  const magnitude = Math.max(
    ...[stats.left.min, stats.left.max, stats.right.min, stats.right.max].map(Math.abs),
  );
  return magnitude === 0 ? 0 : maxAbs / magnitude;
}
