/** How far two tensor files are apart, as one number, for the verdict of a reproduction. */
import type { Work } from '../base/progress.ts';
import type { TensorChange } from '../contract/diff.ts';
import type { Item } from '../contract/index.ts';
import { diffModels } from '../models/index.ts';

/**
 * The largest |Δ| of any tensor, relative to that tensor's largest magnitude. Null when names,
 * shapes or types differ.
 */
export async function compareTensors(
  expected: string,
  actual: string,
  work: Work,
): Promise<{ largest: number; tensor: string; rest: string | null } | null> {
  let rest: string | null = null;
  const changes = new Map<string, TensorChange>();
  await diffModels(
    { path: expected, title: expected, hash: null },
    { path: actual, title: actual, hash: null },
    work,
    (item) => {
      if (item.kind === 'opened') rest = otherThanTensors(item.left, item.right);
      for (const tensor of item.tensors) changes.set(tensor.name, tensor);
    },
  );
  let found = { largest: 0, tensor: '', rest: rest as string | null };
  for (const change of changes.values()) {
    if (change.change === 'same') continue;
    const apart = distance(change);
    if (apart === null) return null;
    if (apart > found.largest) found = { ...found, largest: apart, tensor: change.name };
  }
  return found;
}

type ModelSide = Extract<Item<'diff.model'>, { kind: 'opened' }>['left'];

/**
 * A pickle holds more than tensors, and equal tensors do not make it the same: numbers and text beside
 * them have to be equal, and none of it may have been left out or cut short.
 */
function otherThanTensors(left: ModelSide, right: ModelSide): string | null {
  if (left.badge === 'data' && right.badge === 'data') return null;
  const [ours, theirs] = [left, right].map(({ metadata }) => JSON.stringify(metadata));
  if (ours !== theirs) return 'what the files hold besides tensors differs';
  const cut = Object.values(left.metadata).some((text) => text.endsWith('…'));
  const whole = left.notes.length === 0 && right.notes.length === 0 && !cut;
  return whole ? null : 'the bytes differ, and not all of the files can be compared';
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
