/** Structures, trees and code of model files. */
import type { ParsedInput } from '../../contract/index.ts';
import { codeOf, type ModelFile, structureOf, treeOf, treesOf } from '../../models/index.ts';
import type { Handlers } from '../../rpc/index.ts';
import type { DiffContext } from './context.ts';
import { locateModel } from './locate.ts';

type PartOperation = 'diff.structure' | 'diff.trees' | 'diff.tree' | 'diff.modelCode';

export function modelPartHandlers(context: DiffContext): Pick<Handlers, PartOperation> {
  const located = async <T>(
    input: ParsedInput<'diff.structure'>,
    signal: AbortSignal,
    read: (left: ModelFile, right: ModelFile | null) => Promise<T>,
  ): Promise<T> => {
    await using left = await locateModel(context, input.left, { signal });
    if (input.right === null) return await read(left.file, null);
    await using right = await locateModel(context, input.right, { signal });
    return await read(left.file, right.file);
  };
  return {
    'diff.structure': async (input, { signal }) =>
      await located(input, signal, (left, right) => structureOf(left, right, { signal })),
    'diff.trees': async (input, { signal }) =>
      await located(input, signal, (left, right) => treesOf(left, right, { signal })),
    'diff.tree': async (input, { signal }) =>
      await located(input, signal, (left, right) => treeOf(left, right, input.index, { signal })),
    'diff.modelCode': async (input, { signal }) =>
      await located(input, signal, (left, right) => codeOf(left, right, { signal })),
  };
}
