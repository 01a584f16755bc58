import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Lineage } from '../../../src-main/lineage/index.ts';
import { Store } from '../../../src-main/store/index.ts';
import {
  bulkEdits,
  Experiments,
  layoutEdits,
  type NewRun,
  Tracking,
  UndoLog,
} from '../../../src-main/tracking/index.ts';
import { tempFolder } from '../../support/temp.ts';

/** A store in a new folder with the services over it. */
export function openServices(folder = tempFolder()) {
  const store = Store.open(join(folder, 'cairn.db'));
  onTestFinished(() => store.close());
  const experiments = new Experiments(store);
  return {
    folder,
    store,
    experiments,
    undo: new UndoLog(store, () => ({ layout: layoutEdits(store), runs: bulkEdits(store) })),
    tracking: new Tracking(store, experiments, folder),
    lineage: new Lineage(store),
  };
}

export function commandRun(change: Partial<NewRun> = {}): NewRun {
  return {
    spec: { kind: 'command', argv: ['python', 'train.py'], cwd: '.', metricsFiles: [] },
    command: 'python train.py',
    cwd: '.',
    kind: 'command',
    experiment: null,
    name: null,
    note: '',
    ...change,
  };
}
