/** Files that a user named: paths, or models of the folder as MLflow names them (`models:/name/2`). */
import { resolve } from 'node:path';
import { isModelUri } from '../../../contract/model-files.ts';
import type { CliSession, GlobalOptions } from '../session.ts';

export function fileSource(named: string): { readonly kind: 'file'; readonly path: string } {
  return { kind: 'file', path: isModelUri(named) ? named : resolve(named) };
}

/** Opens the folder where one of them is a model of it; files alone need none. */
export async function openFor(
  cli: CliSession,
  options: GlobalOptions,
  named: readonly string[],
): Promise<void> {
  if (!named.some(isModelUri)) return;
  await cli.app.openQuietly(options.directory, { index: false, sources: false });
}
