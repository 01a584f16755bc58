/** What two files hold beside their tensors, as far as it decides whether they are the same model. */
import { isDeepStrictEqual } from 'node:util';
import type { ModelStructure } from '../formats/model-structure.ts';
import type { TensorFile } from '../formats/tensors.ts';
import { compareCode } from './code.ts';

/**
 * Whether two files of one format hold the same beside their tensors: `epoch`, `C`, `class`, the graph
 * or the layers, code. Files of different formats are only asked for their tensors.
 */
export async function sameRest(left: TensorFile, right: TensorFile): Promise<boolean> {
  if (left.format !== right.format) return true;
  if (!isDeepStrictEqual(left.metadata, right.metadata)) return false;
  if (!sameStructure(left.structure, right.structure)) return false;
  if (!left.code && !right.code) return true;
  const { files } = await compareCode(left, right);
  return files.every(({ change }) => change === 'same');
}

/** Types of values between nodes are what a tool worked out, and no part of the model. */
function sameStructure(left?: ModelStructure, right?: ModelStructure): boolean {
  if (!left || !right) return left === right;
  const parts = ({ types: _, ...rest }: ModelStructure) => rest;
  return isDeepStrictEqual(parts(left), parts(right));
}
