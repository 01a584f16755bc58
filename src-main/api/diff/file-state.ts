/** What the files of a side say of params, metrics and data: its pipeline and what that names. */
import { CairnError } from '../../base/errors.ts';
import type { TrackedFile } from '../../contract/common.ts';
import { flattenParams, parseParams, readMetricsFile } from '../../pipelines/index.ts';
import { parseOuts, parsePipelineFile, resolvePath } from '../../workspace/index.ts';
import type { SideFiles } from './side-files.ts';

export interface ParamValue {
  /** Empty for one that a script logged. */
  readonly file: string;
  readonly key: string;
  readonly value: string;
}

/** What dvc.lock and .dvc files say that there is. */
export async function outsOf(files: SideFiles): Promise<Map<string, TrackedFile>> {
  const data = new Map<string, TrackedFile>();
  for (const file of files.pipelineFiles) {
    if (file.endsWith('dvc.yaml')) continue;
    const text = await files.text(file);
    if (text === null) continue;
    const outline = await files.text(file.replace(/dvc\.lock$/, 'dvc.yaml'));
    const { wdirs } = parsePipelineFile(file, file.endsWith('dvc.lock') ? (outline ?? '') : '');
    for (const out of parseOuts(file, text, wdirs)) {
      data.set(out.path, { ...out });
    }
  }
  return data;
}

/** Every value of the params files that the pipeline names, used or not. */
export async function paramsOf(files: SideFiles): Promise<ParamValue[]> {
  const params: ParamValue[] = [];
  for (const file of await namedFiles(files, 'params')) {
    const text = await files.text(file);
    const values = text === null ? null : readable(() => parseParams(text, file).values);
    if (values === null) continue;
    for (const param of flattenParams(values)) params.push({ file, ...param });
  }
  return params;
}

/**
 * Values of the metrics files that the pipeline names. A run knows its metrics by key alone; where
 * two files have the same key, the first has it.
 * @param tracked reads a file that is no code; null where its content is not on this machine
 */
export async function metricsOf(
  files: SideFiles,
  tracked: (path: string) => Promise<string | null>,
): Promise<Map<string, number | null>> {
  const metrics = new Map<string, number | null>();
  for (const file of await namedFiles(files, 'metrics')) {
    if (!/\.(json|ya?ml|toml)$/i.test(file)) continue;
    const text = (await files.text(file)) ?? (await tracked(file));
    const values = text === null ? null : readable(() => readMetricsFile(text, file));
    for (const { key, value } of values ?? []) {
      const name = metrics.has(key) ? `${file}:${key}` : key;
      metrics.set(name, Number.isFinite(value) ? value : null);
    }
  }
  return metrics;
}

/** Files that dvc.yaml and dvc.lock name, relative to the root. */
async function namedFiles(files: SideFiles, kind: 'params' | 'metrics'): Promise<Set<string>> {
  const named = new Set<string>();
  for (const file of files.pipelineFiles) {
    if (file.endsWith('.dvc')) continue;
    const text = await files.text(file);
    for (const { wdir, path } of text === null ? [] : parsePipelineFile(file, text)[kind]) {
      named.add(resolvePath(file, wdir, path));
    }
  }
  for (const extension of ['yaml', 'yml', 'json', 'toml']) named.add(`${kind}.${extension}`);
  return named;
}

/** Null for a file that is not what it says: the rest of the comparison is worth having. */
function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof CairnError) return null;
    throw error;
  }
}
