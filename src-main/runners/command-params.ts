/** The params that a command can have read: all of the root's params.yaml. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flattenParams, parseParams } from '../pipelines/index.ts';

const name = 'params.yaml';

/**
 * Flat, with dotted keys and values as they were written, the very texts that a stage records of
 * the same file. None when the file cannot be read.
 */
export function readParamsFile(root: string): { file: string; key: string; value: string }[] {
  const path = join(root, name);
  if (!existsSync(path)) return [];
  try {
    const { values } = parseParams(readFileSync(path, 'utf8'), name);
    return flattenParams(values).map(({ key, value }) => ({ file: name, key, value }));
  } catch {
    // A broken params file is the command's to complain about.
    return [];
  }
}
