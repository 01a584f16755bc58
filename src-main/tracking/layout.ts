/**
 * Changing numbers safely. An edit is described by where it leaves the rows it touches; the same
 * description of how they were before undoes it. Rows made since then make way.
 */
import { CairnError } from '../base/errors.ts';
import * as experimentStore from '../store/experiments.ts';
import type { Store } from '../store/store.ts';
import { keepReferences } from './run-references.ts';
import type { EditKind } from './undo.ts';

/** Where an edit leaves the experiments and runs that it touches. */
export interface Layout {
  experiments: Array<experimentStore.ExperimentRecord & { removed?: boolean }>;
  runs: experimentStore.PlaceRecord[];
}

/** Numbers no row ever has, to step through while others still hold the target. */
const parking = 1_000_000_000;

/** How the rows that a layout touches are now: what takes it back. */
export function layoutBefore(store: Store, after: Layout): Layout {
  return {
    experiments: after.experiments.map((wanted) => {
      const now = experimentStore.readExperiment(store, wanted.id);
      return now ?? { ...wanted, removed: true };
    }),
    runs: after.runs.map((wanted) => currentPlace(store, wanted.id)),
  };
}

/** Where runs come to lie that move to the end of another experiment, in the order given. */
export function planMove(store: Store, runIds: readonly string[], experimentId: string): Layout {
  let number = experimentStore.nextRunNumber(store, experimentId);
  const runs = [...new Set(runIds)]
    .map((id) => currentPlace(store, id))
    .filter((place) => place.experiment_id !== experimentId)
    .map(({ id }) => ({ id, experiment_id: experimentId, number: number++ }));
  return { experiments: [], runs };
}

/** Renumbering, moving and merging, as the undo log knows it. */
export function layoutEdits(store: Store): EditKind {
  return { inStore: (layout: Layout) => applyLayout(store, layout) };
}

/** Brings the rows to where the layout wants them, and notes with them. Call inside a transaction. */
export function applyLayout(store: Store, layout: Layout): void {
  if (layout.experiments.length === 0 && layout.runs.length === 0) return;
  keepReferences(store, () => moveRows(store, layout));
}

function moveRows(store: Store, layout: Layout): void {
  const kept = layout.experiments.filter((row) => row.removed !== true);
  kept.forEach((row, index) => {
    if (experimentStore.readExperiment(store, row.id) === undefined) {
      const { removed: _, ...record } = row;
      experimentStore.insertExperiment(store, { ...record, number: parking + index });
    } else {
      experimentStore.updateExperiment(store, row.id, { number: parking + index });
    }
  });
  for (const row of kept) takeExperimentNumber(store, row.id, row.number);
  const there = layout.runs.filter((place) => findPlace(store, place.id) !== undefined);
  there.forEach((place, index) => {
    experimentStore.setPlace(store, { ...place, number: parking + index });
  });
  for (const place of there) takeRunNumber(store, place);
  for (const row of layout.experiments.filter((row) => row.removed === true)) {
    // Runs that came in since the edit keep the experiment alive.
    if (experimentStore.readPlaces(store, row.id).length === 0) {
      experimentStore.deleteExperiment(store, row.id);
    }
  }
}

/** Where a run lies, or undefined once it is gone for good. */
function findPlace(store: Store, id: string): experimentStore.PlaceRecord | undefined {
  return store
    .prepare<[string], experimentStore.PlaceRecord>(
      'SELECT id, experiment_id, number FROM runs WHERE id = ?',
    )
    .get(id);
}

function currentPlace(store: Store, id: string): experimentStore.PlaceRecord {
  const place = findPlace(store, id);
  if (place === undefined) throw new CairnError('not-found', `There is no run with the id ${id}.`);
  return place;
}

function takeExperimentNumber(store: Store, id: string, number: number): void {
  const holder = store
    .prepare<[number], { id: string }>('SELECT id FROM experiments WHERE number = ?')
    .get(number);
  if (holder !== undefined && holder.id !== id) {
    experimentStore.updateExperiment(store, holder.id, { number: freeExperimentNumber(store) });
  }
  experimentStore.updateExperiment(store, id, { number });
}

function takeRunNumber(store: Store, place: experimentStore.PlaceRecord): void {
  const holder = store
    .prepare<[string, number], experimentStore.PlaceRecord>(
      'SELECT id, experiment_id, number FROM runs WHERE experiment_id = ? AND number = ?',
    )
    .get(place.experiment_id, place.number);
  if (holder !== undefined && holder.id !== place.id) {
    experimentStore.setPlace(store, {
      ...holder,
      number: freeRunNumber(store, place.experiment_id),
    });
  }
  experimentStore.setPlace(store, place);
}

function freeExperimentNumber(store: Store): number {
  const row = store
    .prepare<[number], { last: number | null }>(
      'SELECT max(number) AS last FROM experiments WHERE number < ?',
    )
    .get(parking);
  return (row?.last ?? 0) + 1;
}

function freeRunNumber(store: Store, experimentId: string): number {
  const row = store
    .prepare<[string, number], { last: number | null }>(
      'SELECT max(number) AS last FROM runs WHERE experiment_id = ? AND number < ?',
    )
    .get(experimentId, parking);
  return (row?.last ?? 0) + 1;
}
