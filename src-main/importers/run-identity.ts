/** Which run of the store one of another tool is, and what it is called there. */
import { createHash } from 'node:crypto';
import type { ImportedRun } from './types.ts';

/** Of a run or an experiment. */
export const longestName = 500;

/** A source, told from others by these. */
interface SourceName {
  readonly kind: string;
  readonly path: string;
}

/** An id that MLflow gave stays what it is; others follow from where the run was found. */
export function idFor({ kind, path }: SourceName, run: ImportedRun): string {
  // A free one: findTarget has looked.
  const given = aliasesOf(run).find(isRunId);
  if (given !== undefined) return given;
  return createHash('sha256')
    .update(`${kind}\0${path}\0${run.nativeId}`)
    .digest('hex')
    .slice(0, 32);
}

export function aliasesOf(run: ImportedRun): readonly string[] {
  const aliases = run.aliases ?? [];
  return isRunId(run.nativeId) ? [run.nativeId, ...aliases] : aliases;
}

function isRunId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}

export function nameOf(run: ImportedRun): string {
  return (run.name?.trim() || run.nativeId).slice(0, longestName);
}

export function isOver(run: ImportedRun): boolean {
  return run.status !== undefined && run.status !== 'RUNNING' && run.status !== 'SCHEDULED';
}

/** Whole milliseconds, as the columns are; null for what is no time. */
export function timeOf(time: number | null | undefined): number | null {
  const known = typeof time === 'number' && Math.abs(time) < 8.64e15;
  return known ? Math.round(time) : null;
}
