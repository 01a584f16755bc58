/** A film strip: every checkpoint against the first and against the one before it. */
import { asCairnError, CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { TensorChange } from '../contract/diff.ts';
import type { Item, Output } from '../contract/index.ts';
import { layerChange, partNames } from '../contract/model-layers.ts';
import { diffModels, type ModelDiffCache, type ModelFile } from './diff.ts';
import { type TensorPool, withPool } from './pool.ts';

export type SeriesItem = Item<'diff.series'>;
type Compared = Extract<SeriesItem, { kind: 'compared' }>;

/** A checkpoint that is looked for when its turn comes. */
export interface CheckpointSource {
  readonly label: string;
  /** @throws CairnError `not-found` when it is not on this machine */
  open(): Promise<AsyncDisposable & { readonly file: ModelFile }>;
}

interface Step {
  readonly at: number;
  readonly from: number;
  readonly against: Compared['against'];
}

/** What is compared with what; the second checkpoint has but one before it, which is the first. */
export function seriesSteps(count: number): Step[] {
  return Array.from({ length: Math.max(0, count - 1) }, (_, index) => index + 1).flatMap(
    (at): Step[] => {
      if (at === 1) return [{ at, from: 0, against: ['first', 'previous'] }];
      return [
        { at, from: at - 1, against: ['previous'] },
        { at, from: 0, against: ['first'] },
      ];
    },
  );
}

/**
 * Compares the checkpoints one after the other; one that is broken is passed over, and its sentence
 * said in the item.
 * @throws CairnError `cancelled`
 */
export async function diffSeries(
  checkpoints: readonly CheckpointSource[],
  work: Work,
  onItem: (item: SeriesItem) => void | Promise<void>,
  cache?: ModelDiffCache,
): Promise<Output<'diff.series'>> {
  const started = performance.now();
  // Starting threads takes longer than comparing small checkpoints.
  const problems = await withPool(work, (pool) =>
    compareAll(checkpoints, work, onItem, { cache, pool }),
  );
  return { checkpoints: checkpoints.length, problems, durationMs: performance.now() - started };
}

interface Means {
  readonly cache: ModelDiffCache | undefined;
  readonly pool: TensorPool;
}

/** Returns how many comparisons failed. */
async function compareAll(
  checkpoints: readonly CheckpointSource[],
  work: Work,
  onItem: (item: SeriesItem) => void | Promise<void>,
  means: Means,
): Promise<number> {
  let problems = 0;
  for (const [index, step] of seriesSteps(checkpoints.length).entries()) {
    const { at, against } = step;
    const done = index + 1;
    try {
      const found = await compare(checkpoints[step.from]!, checkpoints[at]!, work, means);
      await onItem({ kind: 'compared', at, against, ...found, problem: null, done });
    } catch (error) {
      const { code, message } = asCairnError(error);
      if (code === 'cancelled' || work.signal?.aborted)
        throw new CairnError('cancelled', 'Cancelled.');
      problems++;
      const nothing = { parts: [], relativeL2: null };
      await onItem({ kind: 'compared', at, against, ...nothing, problem: message, done });
    }
  }
  return problems;
}

async function compare(
  left: CheckpointSource,
  right: CheckpointSource,
  work: Work,
  { cache, pool }: Means,
): Promise<Pick<Compared, 'parts' | 'relativeL2'>> {
  await using before = await left.open();
  await using after = await right.open();
  const tensors = new Map<string, TensorChange>();
  const take = ({ tensors: found }: { readonly tensors: readonly TensorChange[] }) => {
    for (const tensor of found) tensors.set(tensor.name, tensor);
  };
  const { relativeL2 } = await diffModels(before.file, after.file, work, take, cache, pool);
  return { parts: movementOf([...tensors.values()]), relativeL2 };
}

/** How far each part of the model moved, in the order of its tensors. */
export function movementOf(tensors: readonly TensorChange[]): Compared['parts'] {
  const part = partNames(tensors.map(({ name }) => name));
  const groups = Map.groupBy(tensors, ({ name }) => part(name));
  return [...groups].map(([name, members]) => ({ name, change: layerChange(members) }));
}
