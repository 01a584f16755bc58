import { describe, expect, it } from 'vitest';
import { TestEndpoint } from '../../support/mlflow.ts';

describe('data and models of a run', () => {
  it('are what its client said: datasets, models, the versions that they became', async () => {
    const api = await TestEndpoint.open();
    const { info } = await api.createRun();
    const other = await api.createRun();
    const id = info.run_id;
    const make = async (name: string, run: string) =>
      (
        await api.ok<{ model: { info: { model_id: string } } }>('POST', 'logged-models', {
          experiment_id: '0',
          name,
          model_type: 'sklearn',
          source_run_id: run,
        })
      ).model.info.model_id;
    const net = await make('net', id);
    const elsewhere = await make('elsewhere', other.info.run_id);
    const deleted = await make('deleted', id);
    await api.ok('PATCH', `logged-models/${net}`, { status: 'LOGGED_MODEL_READY' });
    await api.ok('POST', 'runs/outputs', {
      run_id: id,
      models: [{ model_id: net, step: 1 }],
    });
    await api.ok('POST', 'runs/log-inputs', {
      run_id: id,
      models: [{ model_id: elsewhere }],
      datasets: [
        {
          tags: [{ key: 'mlflow.data.context', value: 'training' }],
          dataset: { name: 'iris', digest: 'd', source_type: 'local', source: '{}' },
        },
        { dataset: { name: 'test', digest: 'd', source_type: 'http', source: '{}' } },
      ],
    });
    await api.ok('DELETE', `logged-models/${deleted}`);
    await api.ok('POST', 'registered-models/create', { name: 'kept' });
    await api.ok('POST', 'model-versions/create', { name: 'kept', source: `models:/${net}` });
    await api.ok('POST', 'model-versions/create', { name: 'kept', source: `runs:/${id}/model` });
    await api.ok('POST', 'registered-models/alias', { name: 'kept', alias: 'best', version: '1' });
    const { datasets, loggedModels, modelVersions } = api.tracking.get(id);
    expect(datasets).toEqual([
      { name: 'iris', digest: 'd', sourceType: 'local', context: 'training' },
      { name: 'test', digest: 'd', sourceType: 'http', context: null },
    ]);
    expect(loggedModels).toEqual([{ id: net, name: 'net', type: 'sklearn', status: 'READY' }]);
    expect(modelVersions).toEqual([
      { name: 'kept', version: 1, stage: 'None', aliases: ['best'], modelId: net },
      { name: 'kept', version: 2, stage: 'None', aliases: [], modelId: null },
    ]);
    await expect.poll(() => api.changed).toContain(`run:${id}`);
  });
});
