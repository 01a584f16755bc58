/** The comparison of two model files, from opening to totals. */
import { CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { Item, Output } from '../contract/index.ts';

export interface ModelFile {
  /** Absolute path of the content; its name may differ from the title (an object of a cache). */
  readonly path: string;
  readonly title: string;
  /** Hash of the content when it is known; equal hashes are not read again. */
  readonly hash: string | null;
}

export type ModelDiffItem = Item<'diff.model'>;
export type ModelDiffTotals = Output<'diff.model'>;

/**
 * Compares two model files. Emits one `opened` item with every tensor's name, shape and dtype, then
 * batches of measured tensors, and resolves to the totals.
 * @throws CairnError `unsupported` or `corrupt` when a file cannot be opened, `cancelled`
 */
export async function diffModels(
  left: ModelFile,
  right: ModelFile,
  _work: Work,
  _onItem: (item: ModelDiffItem) => void,
): Promise<ModelDiffTotals> {
  throw new CairnError('unsupported', `${left.title} and ${right.title} cannot be compared yet.`);
}
