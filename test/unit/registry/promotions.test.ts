import { expect, it } from 'vitest';
import {
  createModelVersion,
  createRegisteredModel,
  removeAlias,
  renameRegisteredModel,
  setAlias,
  transitionStage,
} from '../../../src-main/registry/index.ts';
import { readCellKeys } from '../../../src-main/store/cells.ts';
import { readPromotions } from '../../../src-main/store/promotions.ts';
import { openServices } from '../tracking/support.ts';

it('keeps when versions were made and where stages and aliases went, and nothing that changed nothing', () => {
  const { store } = openServices();
  createRegisteredModel(store, { name: 'penguins', description: '', tags: {} });
  const origin = { source: 'x', storageLocation: 'x', runId: null, modelId: null };
  const version = { origin, description: '', runLink: null, tags: {} };
  for (let n = 0; n < 2; n++) createModelVersion(store, 'penguins', version);
  transitionStage(store, 'penguins', '1', { stage: 'Staging', archiveOthers: false });
  transitionStage(store, 'penguins', '1', { stage: 'Staging', archiveOthers: false });
  setAlias(store, 'penguins', 'champion', '1');
  setAlias(store, 'penguins', 'champion', '2');
  setAlias(store, 'penguins', 'champion', '2');
  removeAlias(store, 'penguins', 'champion');
  removeAlias(store, 'penguins', 'champion');
  renameRegisteredModel(store, 'penguins', 'birds');

  const filter = { newestFirst: false, kinds: ['promotion'], experimentId: null, text: '' };
  const keys = readCellKeys(store, { ...filter, after: null, limit: 100 });
  const rows = readPromotions(
    store,
    keys.map((key) => key.id),
  );
  expect(
    rows
      .toSorted((a, b) => a.id - b.id)
      .map(({ change, name, version, value, before }) => [change, name, version, value, before]),
  ).toEqual([
    ['version', 'birds', 1, '', ''],
    ['version', 'birds', 2, '', ''],
    ['stage', 'birds', 1, 'Staging', 'None'],
    ['alias', 'birds', 1, 'champion', ''],
    ['alias', 'birds', 2, 'champion', '1'],
    ['unalias', 'birds', 2, 'champion', ''],
  ]);
  store.prepare("DELETE FROM registered_models WHERE name = 'birds'").run();
  expect(readCellKeys(store, { ...filter, after: null, limit: 100 })).toEqual([]);
});
