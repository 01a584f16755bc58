/** A workspace in a temporary folder, from texts. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CairnError } from '../../../src-main/base/errors.ts';
import { tempFolder } from '../../support/temp.ts';

export function workspaceOf(files: Readonly<Record<string, string>>): string {
  const root = tempFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** The CairnError that a promise is rejected with. */
export async function errorOf(work: Promise<unknown>): Promise<CairnError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CairnError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
