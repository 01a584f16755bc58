/**
 * Registered models as MLflow's FileStore lays them out (mlflow/store/model_registry/file_store.py):
 * `models/<name>/meta.yaml`, `version-<n>/meta.yaml`, and `tags/` and `aliases/` with a file each.
 */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readBounded } from '../read-bounded.ts';
import type { ImportedModel, ImportedModelVersion, SourceReader } from '../types.ts';
import { eachKeyFile } from './key-files.ts';
import { type Meta, readMeta, wholeNumber } from './meta.ts';

const mostModels = 10_000;
const mostVersions = 100_000;
const mostValueBytes = 64 * 1024;

const anyFile = /^models\/[^/]+\/(?:version-\d{1,9}\/)?(?:meta\.yaml|tags\/.+|aliases\/.+)$/;
const modelFile = /^models\/([^/]+)\/meta\.yaml$/;
const versionFile = /^models\/([^/]+)\/version-(\d{1,9})\/meta\.yaml$/;

/** Changes with every file of the models; '' when there are none. */
export function modelsStamp(source: SourceReader): string {
  const files = modelFiles(source);
  if (files.length === 0) return '';
  const hash = createHash('md5');
  for (const path of files) {
    const stat = statSync(join(source.root, path), { throwIfNoEntry: false });
    if (stat !== undefined) hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\0`);
  }
  return hash.digest('base64');
}

/** @param problem is told what could not be read */
export function readModels(
  source: SourceReader,
  problem: (key: string, error: unknown) => void,
): ImportedModel[] {
  const models = new Map<string, ImportedModel & { versions: ImportedModelVersion[] }>();
  const versions: (readonly [folder: string, number: number])[] = [];
  for (const path of modelFiles(source)) {
    const inside = insideOf(source, path);
    const folder = modelFile.exec(inside)?.[1];
    const version = versionFile.exec(inside);
    if (version !== null) versions.push([version[1] as string, Number(version[2])]);
    if (folder === undefined || models.size >= mostModels) continue;
    try {
      models.set(folder, { ...readModel(join(source.absolute, 'models', folder)), versions: [] });
    } catch (error) {
      problem(inside, error);
    }
  }
  for (const [folder, number] of versions.slice(0, mostVersions)) {
    const inside = `models/${folder}/version-${number}`;
    try {
      models.get(folder)?.versions.push(readVersion(join(source.absolute, inside), number));
    } catch (error) {
      problem(inside, error);
    }
  }
  return [...models.values()];
}

function readModel(folder: string): Omit<ImportedModel, 'versions'> {
  const meta = readMeta(join(folder, 'meta.yaml'), 'meta.yaml');
  const aliases: Record<string, number> = {};
  for (const [alias, text] of Object.entries(pairsIn(join(folder, 'aliases')))) {
    const version = wholeNumber(text.trim());
    if (version !== null) aliases[alias] = version;
  }
  return {
    name: meta.get('name') ?? folder.slice(folder.lastIndexOf('models') + 'models'.length + 1),
    description: meta.get('description') ?? '',
    ...timesOf(meta),
    tags: pairsIn(join(folder, 'tags')),
    aliases,
  };
}

function readVersion(folder: string, version: number): ImportedModelVersion {
  const meta = readMeta(join(folder, 'meta.yaml'), 'meta.yaml');
  return {
    version,
    description: meta.get('description') ?? '',
    user: meta.get('user_id') ?? '',
    stage: meta.get('current_stage') ?? 'None',
    source: meta.get('source') ?? '',
    storage: meta.get('storage_location') ?? null,
    runNativeId: meta.get('run_id') ?? null,
    runLink: meta.get('run_link') ?? null,
    status: meta.get('status') ?? 'READY',
    ...timesOf(meta),
    tags: pairsIn(join(folder, 'tags')),
  };
}

function timesOf(meta: Meta): { readonly createdAt: number; readonly updatedAt: number } {
  const createdAt = wholeNumber(meta.get('creation_timestamp')) ?? 0;
  return { createdAt, updatedAt: wholeNumber(meta.get('last_updated_timestamp')) ?? createdAt };
}

function pairsIn(folder: string): Record<string, string> {
  const pairs: Record<string, string> = Object.create(null) as Record<string, string>;
  eachKeyFile(folder, (key, absolute) => {
    pairs[key] = readBounded(absolute, mostValueBytes).text;
  });
  return pairs;
}

function modelFiles(source: SourceReader): string[] {
  return source.files.filter((path) => anyFile.test(insideOf(source, path)));
}

function insideOf(source: SourceReader, path: string): string {
  return source.path === '' ? path : path.slice(source.path.length + 1);
}
