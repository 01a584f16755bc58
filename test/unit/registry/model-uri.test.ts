import { expect, it } from 'vitest';
import {
  createLoggedModel,
  createModelVersion,
  createRegisteredModel,
  placeOfVersion,
  requireModelVersion,
  resolveModelUri,
  setAlias,
} from '../../../src-main/registry/index.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { openServices } from '../tracking/support.ts';

const run = 'a'.repeat(32);

function register(store: Store, storageLocation: string, modelId: string | null = null): void {
  const origin = { source: 'x', storageLocation, runId: null, modelId };
  createModelVersion(store, 'penguins', { origin, description: '', runLink: null, tags: {} });
}

function prepared() {
  const services = openServices();
  const { store } = services;
  createRegisteredModel(store, { name: 'penguins', description: '', tags: {} });
  register(store, `mlflow-artifacts:/${run}/model`);
  register(store, 's3://bucket/model');
  setAlias(store, 'penguins', 'champion', '1');
  return services;
}

it('finds a version by number, alias and as the latest, with what follows as a path in it', () => {
  const { store } = prepared();
  const first = {
    title: 'penguins v1',
    place: { kind: 'run', runId: run, path: 'model' },
    path: '',
  };
  expect(resolveModelUri(store, 'models:/penguins/1')).toEqual(first);
  expect(resolveModelUri(store, 'models:/penguins@champion')).toEqual(first);
  expect(resolveModelUri(store, 'models:/penguins@champion/data/model.pth').path).toBe(
    'data/model.pth',
  );
  expect(resolveModelUri(store, 'models:/penguins/latest/MLmodel')).toEqual({
    title: 'penguins v2',
    place: { kind: 'address', address: 's3://bucket/model' },
    path: 'MLmodel',
  });
});

it('finds a logged model by its id, and a version by the model that it is of', () => {
  const { store, experiments } = prepared();
  const experimentId = experiments.findOrCreate('nets').id;
  const named = { experimentId, name: 'net', type: '', runId: null, location: null };
  const model = createLoggedModel(store, { ...named, params: [], tags: [] });
  const place = { kind: 'model', model };
  expect(resolveModelUri(store, `models:/${model.id}/data`)).toEqual({
    ...{ title: 'net', place, path: 'data' },
  });
  register(store, 's3://elsewhere', model.id);
  expect(placeOfVersion(store, requireModelVersion(store, 'penguins', '3'))).toEqual(place);
});

it('says what is not there', () => {
  const { store } = prepared();
  const failing = (uri: string) => expect(() => resolveModelUri(store, uri));
  failing('models:/penguins').toThrow('names no version');
  failing('models:/penguins/7').toThrow('not found');
  failing('models:/other/1').toThrow('not found');
  failing('models:/penguins@nobody').toThrow('not found');
  failing(`models:/m-${'0'.repeat(32)}`).toThrow('not found');
});
