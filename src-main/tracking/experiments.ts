/** Experiments, and the numbers over runs: order, move, merge, undo. */
import { CairnError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { ExperimentRow, UndoState } from '../contract/experiments.ts';
import * as experimentStore from '../store/experiments.ts';
import type { Store } from '../store/store.ts';
import { experimentLabel } from './labels.ts';
import { applyLayout, type Layout, layoutBefore, planMove } from './layout.ts';
import { readUndoState, recordEdit } from './undo.ts';

/** What an experiment is called when the first run names none. */
const firstName = 'first look';

export class Experiments {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  list(): ExperimentRow[] {
    return experimentStore.readExperiments(this.#store).map(toRow);
  }

  create(name: string): ExperimentRow {
    return this.#store.transaction(() => this.#create(name));
  }

  update(id: string, change: { name?: string | undefined; note?: string | undefined }): void {
    const found = this.#store.transaction(() =>
      experimentStore.updateExperiment(this.#store, id, change),
    );
    if (!found) throw noExperiment(id);
  }

  /**
   * The experiment that a new run joins: by number, id or name; a name that is new makes one, null
   * means the one used last. Call inside a transaction.
   * @throws CairnError `not-found` for a number that is not there
   */
  findOrCreate(reference: string | null): ExperimentRow {
    if (reference === null) {
      const latest = experimentStore.readLatestExperimentId(this.#store);
      const all = this.list();
      return all.find((row) => row.id === latest) ?? all.at(-1) ?? this.#create(firstName);
    }
    const found = this.find(reference);
    if (found !== undefined) return found;
    if (/^#?\d+$/.test(reference)) throw noExperiment(reference);
    return this.#create(reference);
  }

  find(reference: string): ExperimentRow | undefined {
    const all = this.list();
    const digits = /^#?(\d+)$/.exec(reference);
    if (digits !== null) return all.find((row) => row.number === Number(digits[1]));
    return all.find((row) => row.id === reference) ?? all.find((row) => row.name === reference);
  }

  /** Gives the experiments the numbers 1… in this order; those left out keep their order behind. */
  reorder(ids: readonly string[]): UndoState {
    return this.#edit('Reorder experiments', (all) => {
      const order = completeOrder(
        ids,
        all.map((row) => row.id),
      );
      return {
        experiments: order.map((id, index) => ({ ...pick(all, id), number: index + 1 })),
        runs: [],
      };
    });
  }

  /** Gives the runs of one experiment the numbers 1… in this order; the rest follows. */
  reorderRuns(experimentId: string, ids: readonly string[]): UndoState {
    return this.#edit('Renumber runs', (all) => {
      pick(all, experimentId);
      const places = experimentStore.readPlaces(this.#store, experimentId);
      const order = completeOrder(
        ids,
        places.map((place) => place.id),
      );
      return {
        experiments: [],
        runs: order.map((id, index) => ({ id, experiment_id: experimentId, number: index + 1 })),
      };
    });
  }

  /** Moves runs to the end of another experiment, in the order given. */
  moveRuns(runIds: readonly string[], experimentId: string): UndoState {
    return this.#edit('Move runs', (all) => {
      pick(all, experimentId);
      return planMove(this.#store, runIds, experimentId);
    });
  }

  /** Moves all runs of `from` behind those of `into` and removes the empty experiment. */
  merge(from: string, into: string): UndoState {
    if (from === into)
      throw new CairnError('invalid', 'An experiment cannot be merged with itself.');
    return this.#edit('Merge experiments', (all) => {
      const source = pick(all, from);
      pick(all, into);
      let number = experimentStore.nextRunNumber(this.#store, into);
      return {
        experiments: [{ ...source, removed: true }],
        runs: experimentStore
          .readPlaces(this.#store, from)
          .map((place) => ({ id: place.id, experiment_id: into, number: number++ })),
      };
    });
  }

  #edit(label: string, plan: (all: experimentStore.ExperimentRecord[]) => Layout): UndoState {
    return this.#store.transaction(() => {
      const all = experimentStore.readExperiments(this.#store).map(toRecord);
      const after = plan(all);
      const before = layoutBefore(this.#store, after);
      recordEdit(this.#store, { kind: 'layout', label, before, after });
      applyLayout(this.#store, after);
      return readUndoState(this.#store);
    });
  }

  #create(name: string): ExperimentRow {
    const trimmed = name.trim();
    if (trimmed === '') throw new CairnError('invalid', 'An experiment needs a name.');
    const record = {
      id: newId(),
      number: experimentStore.nextExperimentNumber(this.#store),
      name: trimmed,
      note: '',
      created_at: Date.now(),
    };
    experimentStore.insertExperiment(this.#store, record);
    return toRow({ ...record, runs: 0, running: 0, last_run_at: null });
  }
}

function toRow(record: experimentStore.ExperimentListRecord): ExperimentRow {
  return {
    id: record.id,
    number: record.number,
    label: experimentLabel(record.number),
    name: record.name,
    note: record.note,
    createdAt: record.created_at,
    runs: record.runs,
    running: record.running,
    lastRunAt: record.last_run_at,
  };
}

function toRecord(row: experimentStore.ExperimentListRecord): experimentStore.ExperimentRecord {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    note: row.note,
    created_at: row.created_at,
  };
}

function pick(
  all: experimentStore.ExperimentRecord[],
  id: string,
): experimentStore.ExperimentRecord {
  const found = all.find((row) => row.id === id);
  if (found === undefined) throw noExperiment(id);
  return found;
}

/** `wanted` first, then what it left out, in today's order. Unknown ids are an error. */
function completeOrder(wanted: readonly string[], present: readonly string[]): string[] {
  const unknown = wanted.find((id) => !present.includes(id));
  if (unknown !== undefined) {
    throw new CairnError('not-found', `${unknown} is not there any more. Look again and repeat.`);
  }
  return [...new Set([...wanted, ...present])];
}

function noExperiment(reference: string): CairnError {
  return new CairnError(
    'not-found',
    `There is no experiment “${reference}”. “cairn experiments” lists them; a new name makes a new one.`,
  );
}
