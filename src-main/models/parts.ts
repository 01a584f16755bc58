/** What model files hold beside their tensors: opening them and comparing one kind of part. */
import type { Work } from '../base/progress.ts';
import type { Output } from '../contract/index.ts';
import type { TensorFile } from '../formats/tensors.ts';
import { compareCode } from './code.ts';
import { type ModelFile, openModel } from './diff.ts';
import { withPool } from './pool.ts';
import { diffStructure } from './structure/index.ts';
import { compareTree, compareTrees } from './trees/index.ts';

interface Opened {
  readonly left: TensorFile;
  /** Null when only one file is looked at. */
  readonly right: TensorFile | null;
}

/**
 * Opens one or two model files and compares a part of them.
 * @param right null to describe the left one
 * @throws CairnError as opening does, `cancelled`
 */
async function withModels<T>(
  left: ModelFile,
  right: ModelFile | null,
  work: Work,
  compare: (opened: Opened) => T | Promise<T>,
): Promise<T> {
  return await withPool(work, async (pool) => {
    const [ours, theirs] = await Promise.all([
      openModel(left, pool),
      right === null ? null : openModel(right, pool),
    ]);
    return await compare({ left: ours, right: theirs });
  });
}

/** As `diff.structure` of the contract. @throws as {@link withModels} */
export async function structureOf(
  left: ModelFile,
  right: ModelFile | null,
  work: Work,
): Promise<Output<'diff.structure'>> {
  const titles = { left: left.title, right: right?.title ?? left.title };
  return await withModels(left, right, work, (opened) =>
    diffStructure(opened.left, opened.right, titles),
  );
}

/** As `diff.trees` of the contract. @throws as {@link withModels} */
export async function treesOf(
  left: ModelFile,
  right: ModelFile | null,
  work: Work,
): Promise<Output<'diff.trees'>> {
  return await withModels(left, right, work, (opened) => {
    const [ours, theirs] = [opened.left.booster, opened.right?.booster];
    if (ours && (right === null || theirs)) return compareTrees(ours, theirs ?? null);
    const counts = { same: 0, values: 0, structure: 0, added: 0, removed: 0 };
    return { trees: null, leftOut: 0, counts };
  });
}

/** As `diff.tree` of the contract. @throws as {@link withModels}, `not-found` */
export async function treeOf(
  left: ModelFile,
  right: ModelFile | null,
  index: number,
  work: Work,
): Promise<Output<'diff.tree'>> {
  return await withModels(left, right, work, (opened) => {
    const [ours, theirs] = [opened.left.booster, opened.right?.booster];
    if (!ours || (right !== null && theirs?.library !== ours.library)) {
      return { nodes: [], leftOut: 0 };
    }
    return compareTree(ours, theirs ?? null, index);
  });
}

/** As `diff.modelCode` of the contract. @throws as {@link withModels} */
export async function codeOf(
  left: ModelFile,
  right: ModelFile | null,
  work: Work,
): Promise<Output<'diff.modelCode'>> {
  return await withModels(left, right, work, (opened) => compareCode(opened.left, opened.right));
}
