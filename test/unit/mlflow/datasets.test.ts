import { describe, expect, it } from 'vitest';
import { TestEndpoint } from '../../support/mlflow.ts';

interface Inputs {
  inputs?: {
    dataset_inputs?: {
      tags: { key: string; value: string }[];
      dataset: { name: string; digest: string; source: string; schema?: string };
    }[];
    model_inputs?: { model_id: string }[];
  };
  outputs?: { model_outputs: { model_id: string; step: number }[] };
}

const dataset = (more: object = {}) => ({
  name: 'iris',
  digest: 'abc',
  source_type: 'local',
  source: '{"uri":"iris.csv"}',
  ...more,
});
const context = (value: string) => [{ key: 'mlflow.data.context', value }];

async function open() {
  const api = await TestEndpoint.open();
  const { info } = await api.createRun();
  const log = (datasets: unknown, run = info.run_id) =>
    api.call<{ error_code: string; message: string }>('POST', 'runs/log-inputs', {
      run_id: run,
      datasets,
    });
  const get = async (id = info.run_id) => (await api.getRun(id)) as unknown as Inputs;
  return { api, run: info.run_id, log, get };
}

describe('datasets', () => {
  it('are inputs of the run, each once, as they were said first', async () => {
    const { log, get } = await open();
    const train = { tags: context('training'), dataset: dataset({ schema: '{}' }) };
    expect((await log([train, train])).status).toBe(200);
    await log([{ tags: context('other'), dataset: dataset({ source: 'changed' }) }]);
    await log([{ tags: [{ key: '__proto__', value: 'x' }], dataset: dataset({ digest: 'def' }) }]);
    expect((await get()).inputs?.dataset_inputs).toEqual([
      { tags: context('training'), dataset: dataset({ schema: '{}' }) },
      { tags: [{ key: '__proto__', value: 'x' }], dataset: dataset({ digest: 'def' }) },
    ]);
  });

  it('are shared by the runs of an experiment, and summed up for it', async () => {
    const { api, log } = await open();
    const second = await api.createRun();
    await log([{ tags: context('training'), dataset: dataset() }]);
    await log([{ tags: context('training'), dataset: dataset() }], second.info.run_id);
    await log([{ dataset: dataset({ name: 'bare' }) }]);
    expect(api.store.prepare('SELECT count(*) AS n FROM datasets').get()).toEqual({ n: 2 });
    const summaries = (ids: string[]) =>
      api.call<{ dataset_summaries: unknown[] }>('POST', 'experiments/search-datasets', {
        experiment_ids: ids,
      });
    expect((await summaries(['0'])).body.dataset_summaries).toEqual([
      { experiment_id: '0', name: 'bare', digest: 'abc' },
      { experiment_id: '0', name: 'iris', digest: 'abc', context: 'training' },
    ]);
    expect((await summaries([])).status).toBe(400);
    expect((await summaries(Array.from({ length: 21 }, (_, index) => String(index)))).status).toBe(
      400,
    );
  });

  it('find runs', async () => {
    const { api, run, log } = await open();
    const other = await api.createRun();
    await log([{ tags: context('training'), dataset: dataset() }]);
    await log(
      [{ tags: context('testing'), dataset: dataset({ name: 'mnist' }) }],
      other.info.run_id,
    );
    const search = async (filter: string) => {
      const { runs } = await api.ok<{ runs: { info: { run_id: string }; inputs?: object }[] }>(
        'POST',
        'runs/search',
        { experiment_ids: ['0'], filter },
      );
      return runs.map((found) => found.info.run_id);
    };
    expect(await search("dataset.name = 'iris'")).toEqual([run]);
    expect(await search("dataset.context = 'testing'")).toEqual([other.info.run_id]);
    expect(await search("datasets.digest IN ('abc')")).toHaveLength(2);
    expect(await search("dataset.name LIKE 'm%' AND dataset.context = 'training'")).toEqual([]);
  });

  it.each([
    [{}],
    [{ dataset: {} }],
    [{ dataset: dataset({ name: '' }) }],
    [{ dataset: dataset({ digest: null }) }],
    [{ dataset: dataset({ source: undefined }) }],
    [{ dataset: dataset({ name: 7 }) }],
    [{ dataset: dataset({ name: 'x'.repeat(501) }) }],
    [{ dataset: dataset({ digest: 'x'.repeat(37) }) }],
    [{ dataset: dataset({ source: 'x'.repeat(65_536) }) }],
    [{ dataset: dataset({ schema: 'x'.repeat(1 << 20) }) }],
    [{ dataset: dataset(), tags: [{ key: 'k', value: 'x'.repeat(501) }] }],
    [{ dataset: dataset(), tags: [{ key: 'x'.repeat(256), value: '' }] }],
    [{ dataset: dataset(), tags: 'x' }],
    ['x'],
    Array.from({ length: 1001 }, () => ({ dataset: dataset() })),
  ])('are refused when they are wrong (%#)', async (...datasets) => {
    const { api, log } = await open();
    const { status, body } = await log(datasets);
    expect(status).toBe(400);
    expect(body.error_code).toBe('INVALID_PARAMETER_VALUE');
    expect(api.store.prepare('SELECT 1 FROM datasets').all()).toEqual([]);
  });

  it('may have a profile of nearly 16 MiB', async () => {
    const { log, get } = await open();
    const profile = 'x'.repeat((1 << 24) - 1);
    expect((await log([{ dataset: dataset({ profile }) }])).status).toBe(200);
    expect((await log([{ dataset: dataset({ name: 'b', profile: `${profile}x` }) }])).status).toBe(
      400,
    );
    expect((await get()).inputs?.dataset_inputs).toHaveLength(1);
  });

  it('are not logged to a run in the trash, nor to none', async () => {
    const { api, run, log } = await open();
    await api.ok('POST', 'runs/delete', { run_id: run });
    const { body } = await log([{ dataset: dataset() }]);
    expect(body.message).toContain("must be in the 'active' state");
    expect((await log([{ dataset: dataset() }], '0'.repeat(32))).status).toBe(404);
  });
});

describe('models of a run', () => {
  it('go in and come out', async () => {
    const { api, run, get } = await open();
    const made = async () =>
      (
        await api.ok<{ model: { info: { model_id: string } } }>('POST', 'logged-models', {
          experiment_id: '0',
        })
      ).model.info.model_id;
    const [used, first, second] = [await made(), await made(), await made()];
    await api.ok('POST', 'runs/log-inputs', { run_id: run, models: [{ model_id: used }] });
    await api.ok('POST', 'runs/outputs', {
      run_id: run,
      models: [
        { model_id: second, step: 9 },
        { model_id: first, step: 3 },
        { model_id: first, step: 3 },
      ],
    });
    const found = await get();
    expect(found.inputs?.model_inputs).toEqual([{ model_id: used }]);
    expect(found.outputs?.model_outputs).toEqual([
      { model_id: first, step: 3 },
      { model_id: second, step: 9 },
    ]);
    const unknown = { run_id: run, models: [{ model_id: 'm-nothing', step: 0 }] };
    expect((await api.call('POST', 'runs/outputs', unknown)).status).toBe(404);
  });
});
