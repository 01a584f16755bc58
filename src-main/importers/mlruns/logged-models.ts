/**
 * Models that runs logged with MLflow 3: `<experiment>/models/m-…/meta.yaml`, with the files beside it
 * in `artifacts/`, and only its address where the experiment has a place of its own for them.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ImportedLoggedModel, SourceReader } from '../types.ts';
import { readMeta, wholeNumber } from './meta.ts';

/** The one of the registry is `models/<name>/`, at the top. */
const modelFile = /^((?:.+\/)?models\/m-[0-9a-f]{32})\/meta\.yaml$/;
const modelId = /^m-[0-9a-f]{32}$/;

/** The numbers of MLflow's `LoggedModelStatus`. */
const statuses: readonly ImportedLoggedModel['status'][] = ['PENDING', 'READY', 'FAILED'];

/** Folders of logged models, relative to the source: the keys of their items. */
export function loggedModelKeys(source: SourceReader): string[] {
  const skip = source.path === '' ? 0 : source.path.length + 1;
  return source.files.flatMap((path) => modelFile.exec(path.slice(skip))?.[1] ?? []);
}

export function isLoggedModelKey(key: string): boolean {
  return modelFile.test(`${key}/meta.yaml`);
}

/** Changes with what MLflow says of the model, and when its files come. */
export function loggedModelStamp(source: SourceReader, key: string): string {
  const folder = join(source.absolute, key);
  const meta = statSync(join(folder, 'meta.yaml'), { throwIfNoEntry: false });
  return `${meta?.size} ${meta?.mtimeMs} ${isFolder(join(folder, 'artifacts'))}`;
}

/**
 * @returns null for one that was deleted, or that no run made
 * @throws CairnError `invalid` for a broken file
 */
export function readLoggedModel(
  source: SourceReader,
  key: string,
): { readonly runId: string; readonly model: ImportedLoggedModel } | null {
  const folder = join(source.absolute, key);
  const meta = readMeta(join(folder, 'meta.yaml'), `${key}/meta.yaml`);
  const [id, runId] = [meta.get('model_id') ?? '', meta.get('source_run_id')];
  // Its id becomes the name of a folder elsewhere.
  if (!runId || !modelId.test(id) || meta.get('lifecycle_stage') === 'deleted') return null;
  const files = join(folder, 'artifacts');
  const createdAt = wholeNumber(meta.get('creation_timestamp')) ?? 0;
  const model: ImportedLoggedModel = {
    id,
    name: meta.get('name') ?? id,
    type: meta.get('model_type') ?? '',
    status: statuses[(wholeNumber(meta.get('status')) ?? 2) - 1] ?? 'READY',
    // Where it lies now: the folder may have been moved since.
    location: isFolder(files) ? pathToFileURL(files).href : (meta.get('artifact_location') ?? ''),
    createdAt,
    updatedAt: wholeNumber(meta.get('last_updated_timestamp')) ?? createdAt,
  };
  return { runId, model };
}

function isFolder(absolute: string): boolean {
  return statSync(absolute, { throwIfNoEntry: false })?.isDirectory() === true;
}
