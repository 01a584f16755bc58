/** One run of another tool into the store: made, found again, or merged with what is there. */
import { newId } from '../base/ids.ts';
import { insertExperiment, nextExperimentNumber, nextRunNumber } from '../store/experiments.ts';
import {
  addDataset,
  addMedia,
  addParam,
  findExperimentByName,
  findSeries,
  insertImportedRun,
  isShared,
} from '../store/imported-runs.ts';
import { isKept } from '../store/kept-runs.ts';
import { appendPoints, deleteSeries, sealRun, writeWholeSeries } from '../store/metric-writing.ts';
import { nameId } from '../store/names.ts';
import { type RunChange, readRun, updateRun, upsertParam } from '../store/runs.ts';
import {
  findRunByAlias,
  insertAlias,
  insertRunSource,
  readOrigins,
  readRunSource,
  readSeriesSource,
  setSeriesSource,
  updateRunSource,
} from '../store/sources.ts';
import type { Store } from '../store/store.ts';
import { aliasesOf, idFor, isOver, longestName, nameOf, timeOf } from './run-identity.ts';
import type { ImportedRun, ImportedSeries } from './types.ts';
import { writeLoggedModels } from './write-logged-models.ts';
import { writeStages } from './write-stages.ts';
import { type SeenTags, writeTags } from './write-tags.ts';

export interface WriteContext {
  readonly store: Store;
  readonly sourceId: number;
  readonly kind: string;
  /** The source's path in the workspace; with the kind it tells sources apart. */
  readonly path: string;
  /** Runs and experiments made by this reading, which are numbered in order at its end. */
  readonly newRuns: Set<string>;
  readonly newExperiments: Set<string>;
  /** Children whose parent was not there yet. */
  readonly orphans: Map<string, string>;
  /** Set when the source is read from its beginning: then series are begun anew, once each. */
  readonly begun: Set<number> | null;
  /** The next free number by experiment; valid within one transaction. */
  readonly numbers: Map<string, number>;
  /** Experiments by name; valid within one transaction. */
  readonly experiments: Map<string, string>;
}

interface Target {
  readonly id: string;
  readonly seq: number;
  readonly experimentId: string;
  /** Whether another source, or Cairn itself, made the run: then only what is missing is added. */
  readonly secondary: boolean;
  readonly shared: boolean;
  readonly isNew: boolean;
  readonly seen: Seen;
  /** Keys of series written with this part of the run. */
  readonly written: Set<string>;
}

/** What the source said last of what a user may change. */
interface Seen {
  readonly name?: string;
  readonly note?: string;
  readonly deleted?: boolean;
  readonly status?: string;
  readonly tags?: SeenTags;
}

/**
 * Writes one run, whole or in part. Call inside a transaction.
 * @returns the run's id
 */
export function writeRun(context: WriteContext, run: ImportedRun): string {
  const { store, sourceId } = context;
  const target = findTarget(context, run) ?? makeRun(context, run);
  // What was taken into the store for good is the store's: no source speaks for it any more.
  if (!target.isNew && isKept(store, target.id)) return target.id;
  if (!target.isNew) updateFields(context, target, run);
  writeParams(store, target, run);
  const tags =
    run.tags === undefined ? null : writeTags(store, target, run, target.seen.tags ?? {});
  for (const series of run.series ?? []) writeSeries(context, target, series, isOver(run));
  for (const dataset of run.datasets ?? []) {
    addDataset(store, target.seq, target.experimentId, dataset);
  }
  writeLoggedModels(store, target, run.loggedModels ?? []);
  if (run.stages !== undefined && !target.secondary) writeStages(store, target.id, run.stages);
  for (const { key, offset, ...media } of run.media ?? []) {
    addMedia(store, target.seq, { ...media, name: nameId(store, key), at: offset ?? -1 });
  }
  if (isOver(run) && !target.isNew) sealRun(store, target.seq);
  const parent = run.parentNativeId;
  if (parent !== undefined && parent !== null) linkParent(context, target.id, parent);
  updateRunSource(store, sourceId, run.nativeId, {
    seen: JSON.stringify({
      ...target.seen,
      ...(run.name === undefined ? {} : { name: nameOf(run) }),
      ...(run.note === undefined ? {} : { note: run.note }),
      ...(run.deleted === undefined ? {} : { deleted: run.deleted }),
      ...(run.status === undefined ? {} : { status: run.status }),
      ...(tags === null ? {} : { tags }),
    }),
    writtenAt: run.writtenAt ?? null,
  });
  return target.id;
}

/** Gives children their parents, where both are there by now. Call inside a transaction. */
export function adoptOrphans(context: WriteContext): void {
  for (const [child, parent] of context.orphans) linkParent(context, child, parent);
}

function findTarget(context: WriteContext, run: ImportedRun): Target | null {
  const { store, sourceId } = context;
  const known = readRunSource(store, sourceId, run.nativeId);
  const id = known?.run_id ?? findRunByAlias(store, [...aliasesOf(run), idFor(context, run)]);
  const record = id === undefined ? undefined : readRun(store, id);
  if (record === undefined) return null;
  // Nobody else speaks for a run whose source was forgotten.
  const secondary = known?.secondary ?? (hasPrimary(store, record.id, record.kind) ? 1 : 0);
  if (known === undefined) {
    insertRunSource(store, {
      source_id: sourceId,
      native_id: run.nativeId,
      run_id: record.id,
      secondary,
    });
    for (const alias of aliasesOf(run)) insertAlias(store, alias, record.id);
  }
  return {
    id: record.id,
    seq: record.seq,
    experimentId: record.experiment_id,
    secondary: secondary === 1,
    shared: isShared(store, record.id),
    isNew: false,
    seen: JSON.parse(known?.seen ?? '{}') as Seen,
    written: new Set(),
  };
}

function hasPrimary(store: Store, runId: string, kind: string): boolean {
  return kind !== 'imported' || readOrigins(store, runId).some((origin) => origin.secondary === 0);
}

function makeRun(context: WriteContext, run: ImportedRun): Target {
  const { store, sourceId } = context;
  const experimentId = experimentFor(context, run.experiment?.trim() || defaultExperiment(context));
  const createdAt =
    timeOf(run.createdAt) ?? timeOf(run.startedAt) ?? timeOf(run.writtenAt) ?? Date.now();
  const id = idFor(context, run);
  const number = context.numbers.get(experimentId) ?? nextRunNumber(store, experimentId);
  context.numbers.set(experimentId, number + 1);
  const seq = insertImportedRun(store, {
    id,
    experiment_id: experimentId,
    number,
    name: nameOf(run),
    status: run.status ?? 'FINISHED',
    command: run.command ?? '',
    created_at: createdAt,
    started_at: timeOf(run.startedAt),
    ended_at: timeOf(run.endedAt),
    note: run.note ?? '',
    deleted_at: run.deleted === true ? Date.now() : null,
    snapshot: run.snapshot ?? null,
    dirty_files: JSON.stringify(run.dirtyFiles ?? []),
    base_commit: run.commit ?? null,
    user_name: run.user ?? '',
    notebook: run.notebook ?? null,
    artifact_root: run.artifactRoot ?? null,
  });
  insertRunSource(store, {
    source_id: sourceId,
    native_id: run.nativeId,
    run_id: id,
    secondary: 0,
  });
  for (const alias of aliasesOf(run)) if (alias !== id) insertAlias(store, alias, id);
  context.newRuns.add(id);
  return {
    id,
    seq,
    experimentId,
    secondary: false,
    shared: false,
    isNew: true,
    seen: {},
    written: new Set(),
  };
}

/** What the source says now, except where the user has said something else since. */
function updateFields(context: WriteContext, target: Target, run: ImportedRun): void {
  const record = readRun(context.store, target.id);
  if (record === undefined) return;
  const { seen } = target;
  const change: RunChange = {};
  const fill = <K extends keyof RunChange>(key: K, value: RunChange[K] | undefined) => {
    if (value === undefined) return;
    const empty = record[key] === null || record[key] === '';
    if (!target.secondary || empty) change[key] = value;
  };
  if (run.name !== undefined && record.name === seen.name) fill('name', nameOf(run));
  if (run.note !== undefined && record.note === (seen.note ?? '')) fill('note', run.note);
  if (!target.secondary) {
    // What the user ended stays so for as long as the tool says nothing new of it.
    const isEndedHere = record.status !== seen.status && run.status === seen.status;
    if (run.status !== undefined && !isEndedHere) change.status = run.status;
    if (run.deleted !== undefined && run.deleted !== (seen.deleted ?? false)) {
      change.deleted_at = run.deleted ? Date.now() : null;
    }
  }
  fill('command', run.command);
  fill('started_at', run.startedAt === undefined ? undefined : timeOf(run.startedAt));
  fill('ended_at', run.endedAt === undefined ? undefined : timeOf(run.endedAt));
  if (record.kind === 'imported' && run.snapshot != null) {
    change.snapshot = run.snapshot;
    change.dirty_files = JSON.stringify(run.dirtyFiles ?? []);
  }
  fill('base_commit', run.commit);
  fill('user_name', run.user);
  fill('notebook', run.notebook);
  if (record.kind === 'imported') fill('artifact_root', run.artifactRoot);
  updateRun(context.store, target.id, change);
}

function writeParams(store: Store, target: Target, run: ImportedRun): void {
  const { seq, secondary } = target;
  for (const { key, value, file = '' } of run.params ?? []) {
    if (secondary) addParam(store, seq, nameId(store, key), file, value);
    else upsertParam(store, seq, { key, value, file });
  }
}

/** A series belongs to the source that brought it first; the others' points are left out. */
function writeSeries(
  context: WriteContext,
  target: Target,
  series: ImportedSeries,
  whole: boolean,
): void {
  const { store, sourceId } = context;
  if (target.isNew && whole && !target.written.has(series.key)) {
    target.written.add(series.key);
    writeWholeSeries(store, target.seq, series.key, series.points);
    return;
  }
  const name = nameId(store, series.key);
  if (target.shared || target.secondary) {
    const existing = findSeries(store, target.seq, name);
    if (existing !== undefined) {
      const owner = readSeriesSource(store, existing);
      const mine = target.secondary ? owner === sourceId : owner === undefined;
      if (!mine) return;
    }
  }
  if (!target.isNew && (series.reset === true || isFirst(context, target, name))) {
    deleteSeries(store, target.seq, series.key);
  }
  appendPoints(store, target.seq, series.key, series.points, { whole });
  const restarted = context.begun !== null && !context.newRuns.has(target.id);
  if (!target.secondary && !restarted) return;
  const made = findSeries(store, target.seq, name);
  if (made === undefined) return;
  if (restarted) context.begun?.add(made);
  if (target.secondary) setSeriesSource(store, made, sourceId);
}

/** Whether a series that was there before this reading is handed over for the first time in it. */
function isFirst({ store, begun, newRuns }: WriteContext, target: Target, name: number): boolean {
  if (begun === null || newRuns.has(target.id)) return false;
  const series = findSeries(store, target.seq, name);
  return series !== undefined && !begun.has(series);
}

function linkParent(context: WriteContext, childId: string, parentNativeId: string): void {
  const { store, sourceId, orphans } = context;
  const parent =
    readRunSource(store, sourceId, parentNativeId)?.run_id ??
    findRunByAlias(store, [parentNativeId]);
  if (parent === undefined) orphans.set(childId, parentNativeId);
  else if (parent !== childId) {
    orphans.delete(childId);
    updateRun(store, childId, { parent_id: parent });
  }
}

function experimentFor(context: WriteContext, name: string): string {
  const { store } = context;
  const shortened = name.slice(0, longestName);
  const known = context.experiments.get(shortened);
  if (known !== undefined) return known;
  const found = findExperimentByName(store, shortened);
  if (found !== undefined) {
    context.experiments.set(shortened, found);
    return found;
  }
  const id = newId();
  insertExperiment(store, {
    id,
    number: nextExperimentNumber(store),
    name: shortened,
    note: '',
    created_at: Date.now(),
  });
  context.newExperiments.add(id);
  context.experiments.set(shortened, id);
  return id;
}

/** The folder that holds the source names the experiment of runs that name none. */
function defaultExperiment({ kind, path }: WriteContext): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === '' ? kind : name;
}
