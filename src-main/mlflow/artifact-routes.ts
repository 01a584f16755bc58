/** Listing the artifacts of a run, by the run's id. */
import { artifactFolder, safeParts } from '../tracking/index.ts';
import { listFolder } from './artifact-list.ts';
import type { Call, Route } from './route.ts';
import { artifactUri } from './run-json.ts';
import { readWireRun, runIdOf } from './run-writes.ts';

export const artifactRoutes: readonly Route[] = [
  { method: 'GET', path: 'artifacts/list', effect: 'read', answer: list },
];

async function list({ context, input }: Call): Promise<unknown> {
  const { store, storeDir, root } = context;
  const run = readWireRun(store, runIdOf(input));
  const parts = safeParts(input.optional('path') ?? '');
  const folder = artifactFolder(storeDir, root, run);
  const files = folder === null ? [] : await listFolder(folder, parts);
  return {
    root_uri: artifactUri(run),
    files: files.map((file) => ({ ...file, path: [...parts, file.path].join('/') })),
  };
}
