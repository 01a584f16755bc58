import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  locateModelUri,
  registeredModelHandlers,
  weightsOf,
} from '../../../src-main/api/registered-models.ts';
import type { Session } from '../../../src-main/api/session.ts';
import {
  createLoggedModel,
  createModelVersion,
  createRegisteredModel,
  setAlias,
  setRegisteredModelTag,
} from '../../../src-main/registry/index.ts';
import type { HandlerContext } from '../../../src-main/rpc/index.ts';
import { commandRun, openServices } from '../tracking/support.ts';

function files(...paths: ReadonlyArray<string | readonly [path: string, size: number]>) {
  return paths.map((one) =>
    typeof one === 'string' ? { path: one, size: 100 } : { path: one[0], size: one[1] },
  );
}

it.each([
  [
    'PyTorch',
    files('MLmodel', 'conda.yaml', 'data/model.pth', 'data/pickle_module_info.txt'),
    'data/model.pth',
  ],
  ['scikit-learn', files('MLmodel', 'model.pkl', ['input_example.json', 9e9]), 'model.pkl'],
  ['XGBoost', files('MLmodel', 'model.ubj', 'requirements.txt'), 'model.ubj'],
  ['CatBoost', files('MLmodel', 'model.cb', 'python_env.yaml'), 'model.cb'],
  ['LightGBM', files('MLmodel', 'model.lgb', 'model.txt'), 'model.lgb'],
  [
    'Transformers in shards',
    files(
      ['model/model-00001-of-00002.safetensors', 9e9],
      'model/model.safetensors.index.json',
      'model/tokenizer.json',
    ),
    'model/model.safetensors.index.json',
  ],
  [
    'TensorFlow',
    files('data/model/saved_model.pb', 'data/model/variables/variables.index'),
    'data/model/saved_model.pb',
  ],
  ['the largest of several', files(['a.pt', 1], ['b.pt', 2]), 'b.pt'],
  ['the one that was named', files('MLmodel'), 'MLmodel'],
  ['nothing', files('MLmodel', 'input_example.json', 'requirements.txt'), null],
] as const)('opens the weights of %s', (_, listed, chosen) => {
  expect(weightsOf(listed)).toBe(chosen);
});

/** A registry with a model whose first version is here and whose second is elsewhere, and a prompt. */
function registry() {
  const { folder, store, tracking } = openServices();
  const run = tracking.get(tracking.createRun(commandRun({ name: 'wider' })).id);
  const model = createLoggedModel(store, {
    ...{ experimentId: run.experimentId, name: 'net', type: '', runId: run.id, location: null },
    ...{ params: [], tags: [] },
  });
  const data = join(folder, 'artifacts', 'models', model.id, 'data');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'model.pth'), 'weights');
  writeFileSync(join(data, '..', 'MLmodel'), 'flavors: {}');
  for (const name of ['penguins', 'greeting']) {
    createRegisteredModel(store, { name, description: '', tags: {} });
  }
  setRegisteredModelTag(store, 'greeting', 'mlflow.prompt.is_prompt', 'true');
  const register = (name: string, modelId: string | null, storageLocation: string) =>
    createModelVersion(store, name, {
      origin: { source: storageLocation, storageLocation, runId: run.id, modelId },
      ...{ description: '', runLink: null, tags: {} },
    });
  register('penguins', model.id, `models:/${model.id}`);
  register('penguins', null, 's3://bucket/model');
  register('greeting', null, 'dummy-source');
  setAlias(store, 'penguins', 'champion', '1');
  const workspace = { storeDir: folder, root: folder };
  const session = { store, tracking, workspace } as unknown as Session;
  return { session, model, run, data };
}

it('lists versions with their run and whether their files are here, and no prompts', async () => {
  const { session, run } = registry();
  const handlers = registeredModelHandlers({ session: () => session });
  const call = {} as HandlerContext<'models.registered'>;
  const list = async (limit: number) => await handlers['models.registered']({ limit }, call);
  const all = await list(200);
  expect(all.registered.map(({ name }) => name)).toEqual(['penguins']);
  expect(
    all.registered[0]?.versions.map(({ version, here, aliases, run: by, uri }) => {
      return [version, here, aliases, by?.id, uri];
    }),
  ).toEqual([
    [2, false, [], run.id, 'models:/penguins/2'],
    [1, true, ['champion'], run.id, 'models:/penguins/1'],
  ]);
  // The one that was logged is a version now.
  expect([all.logged, all.leftOut]).toEqual([[], 0]);
  const one = await list(1);
  expect([one.registered[0]?.versions.length, one.leftOut]).toEqual([1, 1]);
});

it('opens the weights of a version, or a file of it, and nothing outside', async () => {
  const { session, model, data } = registry();
  const weights = { path: join(data, 'model.pth'), title: 'penguins v1: data/model.pth' };
  expect(await locateModelUri(session, 'models:/penguins@champion')).toEqual(weights);
  expect((await locateModelUri(session, `models:/${model.id}`)).path).toBe(weights.path);
  expect((await locateModelUri(session, 'models:/penguins/1/MLmodel')).title).toBe(
    'penguins v1: MLmodel',
  );
  const failing = (uri: string) => expect(locateModelUri(session, uri)).rejects;
  await failing('models:/penguins/1/gone.pt').toThrow('There is no gone.pt in penguins v1.');
  await failing('models:/penguins/1/../../../../cairn.db').toThrow('There is no');
  await failing('models:/penguins/2').toThrow('not on this machine');
});
