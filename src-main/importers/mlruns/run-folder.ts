/** One run's folder as MLflow's FileStore lays it out. */
import { statSync } from 'node:fs';
import { sep } from 'node:path';
import { asCairnError, errnoOf } from '../../base/errors.ts';
import type { RunStatus } from '../../contract/common.ts';
import { readBounded } from '../read-bounded.ts';
import type { ImportedRun, ImportedSeries } from '../types.ts';
import { mlflowFields } from './fields.ts';
import { eachKeyFile } from './key-files.ts';
import { type Meta, wholeNumber } from './meta.ts';
import { parseMetricLines } from './metric-lines.ts';

/** MLflow allows 6 000 characters for a param and 8 000 for a tag; what autologging writes is larger. */
const mostValueBytes = 4 * 2 ** 20;
/** Of one metric: some millions of points. What is behind is read the next time. */
const mostMetricBytes = 256 * 2 ** 20;

/** The numbers of MLflow's `RunStatus`. */
const statuses: readonly RunStatus[] = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];

export interface ReadFolder {
  readonly run: ImportedRun;
  /** Bytes read of each metric file. */
  readonly offsets: Record<string, number>;
  /** What could not be read, in sentences. */
  readonly problems: readonly string[];
}

/** MLflow writes the status as a number, and tools that made such folders as a word. */
export function statusOf(written: string | null | undefined): RunStatus {
  const number = wholeNumber(written);
  if (number !== null) return statuses[number - 1] ?? 'FINISHED';
  return statuses.find((status) => status === written?.toUpperCase()) ?? 'FINISHED';
}

/**
 * Reads params, tags and metrics of a run.
 * @param offsets bytes read before of each metric file; null to read all from the beginning
 */
export function readRunFolder(
  folder: { readonly absolute: string; readonly path: string; readonly root: string },
  meta: Meta,
  id: string,
  offsets: Readonly<Record<string, number>> | null,
): ReadFolder {
  const problems: string[] = [];
  const status = statusOf(meta.get('status'));
  const read = <T>(what: string, action: () => T): T | null => {
    try {
      return action();
    } catch (error) {
      // Gone between the listing and the reading: the tool is at work.
      if (errnoOf(error) !== 'ENOENT') problems.push(`${what}: ${asCairnError(error).message}`);
      return null;
    }
  };
  const value = (kind: string, key: string, absolute: string): string | null =>
    read(`${kind} ${key}`, () => {
      const { text, cut } = readBounded(absolute, mostValueBytes);
      if (cut) problems.push(`${kind} ${key} is longer than 4 MB and was cut.`);
      return text;
    });

  const params: { key: string; value: string }[] = [];
  eachKeyFile(`${folder.absolute}${sep}params`, (key, absolute) => {
    const text = value('param', key, absolute);
    if (text !== null) params.push({ key, value: text });
  });
  const tags: Record<string, string> = Object.create(null) as Record<string, string>;
  eachKeyFile(`${folder.absolute}${sep}tags`, (key, absolute) => {
    const text = value('tag', key, absolute);
    if (text !== null) tags[key] = text;
  });
  const series: ImportedSeries[] = [];
  const reached: Record<string, number> = Object.create(null) as Record<string, number>;
  let writtenAt = wholeNumber(meta.get('end_time')) ?? wholeNumber(meta.get('start_time')) ?? 0;
  eachKeyFile(`${folder.absolute}${sep}metrics`, (key, absolute) => {
    const grown = read(`metric ${key}`, () =>
      readMetric(absolute, offsets?.[key] ?? 0, status !== 'RUNNING'),
    );
    if (grown === null) return;
    reached[key] = grown.offset;
    if (grown.bad > 0) {
      problems.push(
        `metric ${key}: ${grown.bad} lines that are not “time value step” were left out.`,
      );
    }
    const { points } = grown;
    if (points.values.length === 0 && !grown.reset) return;
    writtenAt = Math.max(writtenAt, points.times.at(-1) ?? 0);
    series.push({ key, points, reset: grown.reset });
  });

  const run: ImportedRun = {
    nativeId: id,
    status,
    startedAt: wholeNumber(meta.get('start_time')),
    endedAt: wholeNumber(meta.get('end_time')),
    deleted: meta.get('lifecycle_stage') === 'deleted',
    writtenAt,
    ...mlflowFields(folder.root, tags, {
      name: meta.get('run_name') ?? meta.get('name') ?? null,
      user: meta.get('user_id') ?? null,
      source: meta.get('source_name') ?? null,
    }),
    artifactRoot: isFolder(`${folder.absolute}${sep}artifacts`) ? `${folder.path}/artifacts` : null,
    params,
    tags,
    // One that could not be read is still there.
    allTags: !problems.some((problem) => problem.startsWith('tag ')),
    series,
  };
  return { run, offsets: reached, problems };
}

/** From an offset; from the beginning when the file became shorter. */
function readMetric(absolute: string, from: number, complete: boolean) {
  const shrunk = from > 0 && statSync(absolute).size < from;
  const start = shrunk ? 0 : from;
  const { text, bytes, cut } = readBounded(absolute, mostMetricBytes, start);
  const { points, whole, bad } = parseMetricLines(text, complete && !cut);
  // The lines are ASCII but for the names of datasets behind them.
  const consumed = bytes === text.length ? whole : Buffer.byteLength(text.slice(0, whole));
  return { points, bad, reset: start === 0, offset: start + consumed };
}

function isFolder(absolute: string): boolean {
  return statSync(absolute, { throwIfNoEntry: false })?.isDirectory() === true;
}
