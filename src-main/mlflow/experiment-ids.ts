/**
 * Ids of experiments on the wire. They are Cairn's own, but for one: a client that names no
 * experiment uses "0", which MLflow calls "Default".
 */

import { insertExperiment, nextExperimentNumber } from '../store/experiments.ts';
import type { LoggedExperimentRecord } from '../store/logged-experiments.ts';
import { readExperimentByName, readLoggedExperiment } from '../store/logged-experiments.ts';
import type { Store } from '../store/store.ts';
import { invalid, missing } from './errors.ts';

const defaultId = '0'.repeat(32);
const defaultWireId = '0';
const defaultName = 'Default';

export function wireExperimentId(id: string): string {
  return id === defaultId ? defaultWireId : id;
}

/** @throws MlflowError for what cannot be an id */
export function storedExperimentId(wire: string): string {
  if (!/^[a-zA-Z0-9][\w-]{0,63}$/.test(wire))
    throw invalid(`Invalid experiment ID: '${wire.slice(0, 100)}'`);
  return wire === defaultWireId ? defaultId : wire;
}

/**
 * @throws MlflowError `RESOURCE_DOES_NOT_EXIST`; never for "0", which is answered as it would be
 *   before anything was logged to it
 */
export function readWireExperiment(store: Store, wire: string): LoggedExperimentRecord {
  const id = storedExperimentId(wire);
  const found = readLoggedExperiment(store, id);
  if (found !== undefined) return found;
  if (id === defaultId) return blankDefault(store);
  throw missing(`No Experiment with id=${wire} exists`);
}

/** As {@link readWireExperiment}, and makes the default one when it is needed first. In a transaction. */
export function experimentForWriting(store: Store, wire: string): LoggedExperimentRecord {
  const found = readWireExperiment(store, wire);
  if (found.number === 0) {
    found.number = nextExperimentNumber(store);
    insertExperiment(store, found);
  }
  return found;
}

/** What to answer for the name "Default" while there is no such experiment. */
export function readWireExperimentByName(
  store: Store,
  name: string,
): LoggedExperimentRecord | undefined {
  const found = readExperimentByName(store, name);
  if (found !== undefined || name !== defaultName) return found;
  return readLoggedExperiment(store, defaultId) === undefined ? blankDefault(store) : undefined;
}

/** The default experiment before anything was logged to it; its number is 0. */
function blankDefault(store: Store): LoggedExperimentRecord {
  const taken = readExperimentByName(store, defaultName) !== undefined;
  const now = Date.now();
  return {
    id: defaultId,
    number: 0,
    // An experiment of the user's own may have that name already.
    name: taken ? `${defaultName} (MLflow)` : defaultName,
    note: '',
    created_at: now,
    updated_at: now,
    deleted_at: null,
  };
}
