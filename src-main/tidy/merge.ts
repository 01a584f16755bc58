/** Runs that are the same run seen twice, made one: as one edit that can be undone. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CairnError } from '../base/errors.ts';
import { type MovedRows, moveRows, moveRowsBack } from '../store/merge-runs.ts';
import { type NumberedRunRecord, type RunChange, readRun, updateRun } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { readProtected, setDeleted } from '../store/trash.ts';
import { type EditKind, recordEdit } from '../tracking/index.ts';
import { linkMissing, removeLinked } from './link-artifacts.ts';

interface MergeContext {
  readonly store: Store;
  readonly storeDir: string;
}

/** What a merge needs to be done again. */
interface Wanted {
  readonly ids: readonly string[];
  readonly into: string;
}

/** What it takes to take a merge back, the last run first. */
interface Merged {
  /** Every run concerned: once one is gone for good, this cannot be taken back. */
  readonly ids: readonly string[];
  readonly into: string;
  readonly steps: readonly Step[];
}

interface Step {
  readonly from: string;
  readonly moved: MovedRows;
  /** What `into` said before of what it was given. */
  readonly fields: RunChange;
  /** Artifacts that `into` was given, relative to its folder. */
  readonly artifacts: readonly string[];
}

/** What a run may lack that the other knows. */
const fields = [
  'note',
  'command',
  'started_at',
  'ended_at',
  'exit_code',
  'error',
  'base_commit',
  'branch',
  'environment_id',
  'peak_memory',
  'cpu_seconds',
  'user_name',
  'notebook',
  'parent_id',
] as const satisfies readonly (keyof NumberedRunRecord & keyof RunChange)[];

/**
 * Gives `into` what it lacks of the others' params, tags, metrics, sources, lineage and artifacts,
 * and moves the others to the trash.
 * @throws CairnError `not-found`, or `invalid` for runs that are no duplicates of it
 */
export function mergeDuplicates(context: MergeContext, wanted: Wanted): string[] {
  const ids = [...new Set(wanted.ids)].filter((id) => id !== wanted.into);
  if (ids.length === 0) throw new CairnError('invalid', 'Choose at least two runs to merge.');
  return context.store.transaction(() => {
    const before = merge(context, { ids, into: wanted.into });
    recordEdit(context.store, {
      kind: 'merge',
      label: 'Merge runs',
      before,
      after: { ids, into: wanted.into },
    });
    return ids;
  });
}

/** Merges, as the undo log knows them. */
export function mergeEdits(context: MergeContext): EditKind {
  return {
    inStore: (state: Wanted | Merged) => {
      if (!('steps' in state)) return merge(context, state);
      for (const step of state.steps) takeBack(context, state.into, step);
      return undefined;
    },
  };
}

function merge(context: MergeContext, { ids, into: intoId }: Wanted): Merged {
  const { store } = context;
  const into = requireRun(store, intoId);
  if (into.deleted_at !== null) {
    throw new CairnError('invalid', 'The run to merge into is in the trash. Restore it first.');
  }
  const runs = ids.map((id) => requireRun(store, id));
  for (const run of runs) requireDuplicate(context, run, into);
  const steps = runs.map((run) => mergeOne(context, run, into.id));
  setDeleted(store, ids, Date.now());
  return { ids: [intoId, ...ids], into: intoId, steps: steps.reverse() };
}

function mergeOne(context: MergeContext, from: NumberedRunRecord, intoId: string): Step {
  const { store } = context;
  // Again for each: the one before may have brought what was missing.
  const into = requireRun(store, intoId);
  const change: RunChange = {};
  const then: RunChange = {};
  const give = <K extends keyof RunChange & keyof NumberedRunRecord>(
    key: K,
    value: NumberedRunRecord[K] & RunChange[K],
  ) => {
    change[key] = value;
    then[key] = into[key] as RunChange[K];
  };
  for (const key of fields) {
    if (key === 'ended_at' && into.status === 'RUNNING') continue;
    const lacks = into[key] === null || into[key] === '';
    if (lacks && from[key] !== null && from[key] !== '') give(key, from[key]);
  }
  if (from.starred === 1 && into.starred === 0) give('starred', 1);
  const elsewhere = from.artifact_root !== null;
  if (elsewhere && into.artifact_root === null && !existsSync(artifacts(context, into.id))) {
    if (into.kind === 'imported') give('artifact_root', from.artifact_root);
  }
  updateRun(store, into.id, change);
  const moved = moveRows(store, from, into);
  const linked = elsewhere
    ? []
    : linkMissing(artifacts(context, from.id), artifacts(context, into.id));
  return { from: from.id, moved, fields: then, artifacts: linked };
}

function takeBack(context: MergeContext, intoId: string, step: Step): void {
  const { store } = context;
  const [from, into] = [requireRun(store, step.from), requireRun(store, intoId)];
  setDeleted(store, [from.id], null);
  moveRowsBack(store, from, into, step.moved);
  updateRun(store, into.id, step.fields);
  removeLinked(artifacts(context, into.id), step.artifacts);
}

function requireDuplicate(
  { store, storeDir }: MergeContext,
  run: NumberedRunRecord,
  into: NumberedRunRecord,
): void {
  const label = `${String(run.experiment_number).padStart(2, '0')}.${run.number}`;
  const why = readProtected(store, [run.id]).get(run.id);
  if (why === 'running') {
    throw new CairnError('invalid', `${label} is still running. Merge it once it has ended.`);
  }
  if (why === 'registered' || why === 'bundled') {
    throw new CairnError(
      'invalid',
      `${label} has a registered model or a bundle that names it. Merge the others into it instead.`,
    );
  }
  if (run.spec !== '') {
    throw new CairnError(
      'invalid',
      `${label} was started here, so it is no copy of another run. Merge the others into it instead.`,
    );
  }
  if (run.deleted_at !== null) {
    throw new CairnError('invalid', `${label} is in the trash. Restore it first.`);
  }
  if (isAbove(store, run.id, into.id) || isAbove(store, into.id, run.id)) {
    throw new CairnError('invalid', `${label} is nested in the other run, or around it.`);
  }
  const own = run.artifact_root === null && existsSync(join(storeDir, 'artifacts', run.id));
  if (own && into.artifact_root !== null) {
    throw new CairnError(
      'invalid',
      `The artifacts of ${label} are kept here, those of the other run elsewhere. Merge the other way round.`,
    );
  }
}

function isAbove(store: Store, above: string, below: string): boolean {
  const seen = new Set<string>();
  let at = readRun(store, below)?.parent_id ?? null;
  while (at !== null && !seen.has(at)) {
    if (at === above) return true;
    seen.add(at);
    at = readRun(store, at)?.parent_id ?? null;
  }
  return false;
}

function artifacts({ storeDir }: MergeContext, id: string): string {
  return join(storeDir, 'artifacts', id);
}

function requireRun(store: Store, id: string): NumberedRunRecord {
  const run = readRun(store, id);
  if (run === undefined) throw new CairnError('not-found', `There is no run with the id ${id}.`);
  return run;
}
