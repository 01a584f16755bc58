/** Datasets that a run read: `inputs/<id>/meta.yaml` points to `<experiment>/datasets/<id>`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '../../formats/yaml.ts';
import { readBounded } from '../read-bounded.ts';
import type { ImportedDataset } from '../types.ts';
import { eachKeyFile } from './key-files.ts';
import { readMeta } from './meta.ts';

const mostBytes = 2 ** 20;
/** Of one run. */
const mostInputs = 1000;

/** The datasets of one experiment are read once, however many runs read them. */
export type DatasetCache = Map<string, Omit<ImportedDataset, 'tags'> | null>;

/** @param experiment absolute folder of the experiment */
export function readInputs(
  run: string,
  experiment: string,
  cache: DatasetCache,
): ImportedDataset[] {
  const folder = join(run, 'inputs');
  if (!existsSync(folder)) return [];
  const found: ImportedDataset[] = [];
  eachKeyFile(folder, (key, absolute) => {
    if (!key.endsWith('/meta.yaml') || found.length >= mostInputs) return;
    const input = parseYaml(readBounded(absolute, mostBytes).text, `inputs/${key}`).value;
    if (!isMap(input) || input.source_type !== 'DATASET') return;
    const id = input.source_id;
    // An id is a name in a folder, never a way out of it.
    if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id)) return;
    const dataset = readDataset(join(experiment, 'datasets', id), cache);
    if (dataset === null) return;
    const tags = isMap(input.tags)
      ? Object.fromEntries(Object.entries(input.tags).map(([name, value]) => [name, String(value)]))
      : {};
    found.push({ ...dataset, tags });
  });
  return found;
}

function readDataset(folder: string, cache: DatasetCache): Omit<ImportedDataset, 'tags'> | null {
  const known = cache.get(folder);
  if (known !== undefined) return known;
  let read: Omit<ImportedDataset, 'tags'> | null = null;
  try {
    const meta = readMeta(join(folder, 'meta.yaml'), 'datasets/meta.yaml');
    const [name, digest] = [meta.get('name'), meta.get('digest')];
    if (name && digest) {
      read = {
        name,
        digest,
        sourceType: meta.get('source_type') ?? '',
        source: meta.get('source') ?? '',
        schema: meta.get('schema') ?? null,
        profile: meta.get('profile') ?? null,
      };
    }
  } catch {
    // A run whose dataset was removed is shown without it.
  }
  cache.set(folder, read);
  return read;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
