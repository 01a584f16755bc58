/** What the readers of small text files share: read when changed, whole, and no larger than sensible. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asCairnError } from '../base/errors.ts';
import { PointsParser } from '../formats/metric-lines.ts';
import { flattenParams, parseParams } from '../pipelines/index.ts';
import { PointColumns } from './points.ts';
import type { ImportedRun, ImportedSeries, RunSink, SourceReader } from './types.ts';

/** Nobody's text of metrics is larger. */
const largest = 256 << 20;

export interface ChangedFile {
  readonly text: string;
  readonly stamp: string;
  /** Epoch ms of its last change. */
  readonly modified: number;
}

/** A file that changed since it was last read; null when it did not, is gone, or is too large. */
export async function readChanged(
  source: SourceReader,
  sink: RunSink,
  path: string,
): Promise<ChangedFile | null> {
  const absolute = join(source.root, path);
  const info = await stat(absolute, { bigint: true }).catch(() => null);
  if (info === null || !info.isFile()) return null;
  const stamp = `${info.size}:${info.mtimeNs}`;
  if (source.item(path)?.stamp === stamp) return null;
  if (info.size > largest) {
    sink.skipped(path, `It is larger than ${largest >> 20} MB; no list of metrics is.`);
    return null;
  }
  try {
    return { text: await readFile(absolute, 'utf8'), stamp, modified: Number(info.mtimeMs) };
  } catch (error) {
    sink.skipped(path, asCairnError(error).message);
    return null;
  }
}

/** All points in the lines of a table or of JSONL; what has no time has that of the file. */
export function pointsOf(
  text: string,
  path: string,
  modified: number,
  options: { readonly keyOf?: (key: string) => string | null } = {},
): { series: ImportedSeries[]; first: number | null; last: number | null } {
  const { keyOf = (key: string) => key } = options;
  const parser = new PointsParser(path);
  const columns = new PointColumns();
  let [first, last]: [number | null, number | null] = [null, null];
  for (const line of text.split('\n')) {
    for (const { key, step, time, value } of parser.line(line)) {
      const named = keyOf(key);
      if (named === null) continue;
      columns.add(named, step, time ?? modified, value);
      if (time === null) continue;
      first = Math.min(first ?? time, time);
      last = Math.max(last ?? time, time);
    }
  }
  return { series: columns.series({ reset: true }), first, last };
}

/** Params of a YAML or JSON file, flattened; a broken file is skipped and has none. */
export function paramsOf(
  sink: RunSink,
  path: string,
  text: string,
): ImportedRun['params'] & object {
  try {
    return flattenParams(parseParams(text, path).values);
  } catch (error) {
    sink.skipped(path, asCairnError(error).message);
    return [];
  }
}

/** The folder of a path; `''` for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
