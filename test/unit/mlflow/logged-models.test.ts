import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TestEndpoint } from '../../support/mlflow.ts';

interface Failure {
  error_code: string;
  message: string;
}

interface WireModel {
  info: {
    model_id: string;
    name: string;
    status: string;
    artifact_uri: string;
    tags?: { key: string; value: string }[];
    registrations?: { name: string; version: string }[];
  };
  data: {
    params?: { key: string; value: string }[];
    metrics?: { key: string; value: number | string; run_id: string; dataset_name?: string }[];
  };
}

async function open() {
  const api = await TestEndpoint.open();
  const { info } = await api.createRun();
  const create = async (fields: object = {}) =>
    (
      await api.ok<{ model: WireModel }>('POST', 'logged-models', {
        experiment_id: '0',
        source_run_id: info.run_id,
        ...fields,
      })
    ).model;
  const get = async (id: string) =>
    (await api.ok<{ model: WireModel }>('GET', `logged-models/${id}`)).model;
  const search = async (fields: object) =>
    (
      await api.ok<{ models: WireModel[] }>('POST', 'logged-models/search', {
        experiment_ids: ['0'],
        ...fields,
      })
    ).models.map((model) => model.info.name);
  const measure = (model: string, key: string, value: unknown, more: object = {}) =>
    api.ok('POST', 'runs/log-batch', {
      run_id: info.run_id,
      metrics: [{ key, value, timestamp: 5, step: 1, model_id: model, ...more }],
    });
  return { api, run: info.run_id, create, get, search, measure };
}

describe('logged models', () => {
  it('are made, finished and described', async () => {
    const { api, create, get } = await open();
    const made = await create({
      name: 'net',
      model_type: 'regressor',
      params: [{ key: 'lr', value: '0.1' }],
      tags: [{ key: '__proto__', value: 'x' }],
    });
    const id = made.info.model_id;
    expect(id).toMatch(/^m-[0-9a-f]{32}$/);
    expect(made.info).toMatchObject({
      status: 'LOGGED_MODEL_PENDING',
      artifact_uri: `mlflow-artifacts:/models/${id}`,
      model_type: 'regressor',
    });
    await api.ok('PATCH', `logged-models/${id}`, { model_id: id, status: 'LOGGED_MODEL_READY' });
    await api.ok('PATCH', `logged-models/${id}/tags`, {
      tags: [
        { key: 'a/b', value: '1' },
        { key: 'a/b', value: '2' },
      ],
    });
    await api.ok('POST', `logged-models/${id}/params`, { params: [{ key: 'depth', value: '3' }] });
    const found = await get(id);
    expect(found.info.status).toBe('LOGGED_MODEL_READY');
    expect(found.info.tags).toEqual([
      { key: '__proto__', value: 'x' },
      { key: 'a/b', value: '2' },
    ]);
    expect(found.data.params).toEqual([
      { key: 'depth', value: '3' },
      { key: 'lr', value: '0.1' },
    ]);
    await api.ok('DELETE', `logged-models/${id}/tags/a/b`);
    expect((await get(id)).info.tags).toEqual([{ key: '__proto__', value: 'x' }]);
    const gone = await api.call<Failure>('DELETE', `logged-models/${id}/tags/a%2Fb`);
    expect(gone).toMatchObject({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
  });

  it('get a name of their own, and params that never change', async () => {
    const { api, create } = await open();
    const { info } = await create();
    expect(info.name).toMatch(/^[a-z]+-[a-z]+-\d+$/);
    const log = (value: string) =>
      api.call<Failure>('POST', `logged-models/${info.model_id}/params`, {
        params: [
          { key: 'first', value: 'kept?' },
          { key: 'lr', value },
        ],
      });
    expect((await log('0.1')).status).toBe(200);
    expect((await log('0.1')).status).toBe(200);
    expect((await log('0.2')).body.message).toContain('Changing param values is not allowed');
  });

  it.each(['a/b', 'a:b', 'a.b', 'a%b', 'a"b', "a'b", 'a\u0000', 'x'.repeat(501)])(
    'are not called %j',
    async (name) => {
      const { api } = await open();
      const { status } = await api.call('POST', 'logged-models', { experiment_id: '0', name });
      expect(status).toBe(400);
    },
  );

  it.each([0, 4, -1, 'LOGGED_MODEL_STATUS_UNSPECIFIED', '__proto__', 'READYY', {}, null])(
    'have no status %j',
    async (status) => {
      const { api, create } = await open();
      const { info } = await create();
      const answer = await api.call<Failure>('PATCH', `logged-models/${info.model_id}`, { status });
      expect(answer.status).toBe(400);
    },
  );

  it('are gone once deleted, and read only by who asks for deleted ones', async () => {
    const { api, run, create, search } = await open();
    const { info } = await create({ name: 'net' });
    const id = info.model_id;
    await api.ok('DELETE', `logged-models/${id}`);
    for (const [method, path, fields] of [
      ['GET', `logged-models/${id}`, {}],
      ['DELETE', `logged-models/${id}`, {}],
      ['PATCH', `logged-models/${id}`, { status: 2 }],
      ['PATCH', `logged-models/${id}/tags`, { tags: [{ key: 'a', value: 'b' }] }],
      ['POST', `logged-models/${id}/params`, { params: [{ key: 'a', value: 'b' }] }],
      ['GET', `logged-models/${id}/artifacts/directories`, {}],
      ['POST', 'runs/outputs', { run_id: run, models: [{ model_id: id, step: 0 }] }],
      ['POST', 'runs/log-inputs', { run_id: run, models: [{ model_id: id }] }],
    ] as const) {
      expect((await api.call(method, path, fields)).status, path).toBe(404);
    }
    expect(await search({})).toEqual([]);
    await api.ok('GET', `logged-models/${id}`, { allow_deleted: true });
  });

  it('know what was measured, on which data, and which versions they became', async () => {
    const { api, run, create, get, measure } = await open();
    const { info } = await create({ name: 'net' });
    const id = info.model_id;
    await measure(id, 'acc', 0.5, { dataset_name: 'train', dataset_digest: 'd1' });
    await measure(id, 'acc', 0.4, { dataset_name: 'test', dataset_digest: 'd2' });
    await measure(id, 'acc', 0.4, { dataset_name: 'test', dataset_digest: 'd2' });
    await measure(id, 'nan', 'NaN');
    await api.ok('POST', 'registered-models/create', { name: 'kept' });
    await api.ok('POST', 'model-versions/create', { name: 'kept', source: `models:/${id}` });
    await api.ok('POST', 'registered-models/rename', { name: 'kept', new_name: 'renamed' });
    const found = await get(id);
    expect(found.data.metrics).toMatchObject([
      { key: 'acc', value: 0.4, run_id: run, dataset_name: 'test' },
      { key: 'acc', value: 0.5, run_id: run, dataset_name: 'train' },
      { key: 'nan', value: 'NaN', run_id: run },
    ]);
    expect(found.info.registrations).toEqual([{ name: 'renamed', version: '1' }]);
    expect(found.info.tags).toEqual([
      { key: 'mlflow.modelVersions', value: '[{"name":"renamed","version":"1"}]' },
    ]);
    const unknown = await api.call('POST', 'runs/log-metric', {
      run_id: run,
      key: 'acc',
      value: 1,
      timestamp: 1,
      model_id: 'm-nothing',
    });
    expect(unknown.status).toBe(404);
  });

  it('are found by what they are and what was measured on which data', async () => {
    const { create, search, measure } = await open();
    for (const [name, train, test] of [
      ['a', 0.9, 0.1],
      ['b', 0.5, 0.6],
      ['c', 'NaN', 0.3],
    ] as const) {
      const { info } = await create({ name, params: [{ key: 'my lr', value: name }] });
      await measure(info.model_id, 'acc', train, { dataset_name: 'train', dataset_digest: 'd' });
      await measure(info.model_id, 'acc', test, { dataset_name: 'test', dataset_digest: 'd' });
    }
    await create({ name: 'unmeasured' });
    const on = (dataset_name: string, dataset_digest = '') => [{ dataset_name, dataset_digest }];
    const by = (ascending: boolean, dataset_name: string) => [
      { field_name: 'metrics.acc', ascending, dataset_name },
      { field_name: 'name' },
    ];
    expect(await search({ order_by: [{ field_name: 'name' }] })).toEqual([
      'a',
      'b',
      'c',
      'unmeasured',
    ]);
    expect(
      await search({ filter: "name IN ('a', 'c')", order_by: [{ field_name: 'name' }] }),
    ).toEqual(['a', 'c']);
    expect(await search({ filter: "params.`my lr` = 'b' AND metrics.acc > 0.55" })).toEqual(['b']);
    expect(await search({ filter: 'metrics.acc > 0.8' })).toEqual(['a']);
    expect(await search({ filter: 'metrics.acc > 0.8', datasets: on('test') })).toEqual([]);
    expect(await search({ datasets: on('train', 'other') })).toEqual([]);
    expect(await search({ order_by: by(false, 'train') })).toEqual(['a', 'b', 'c', 'unmeasured']);
    expect(await search({ order_by: by(true, 'train') })).toEqual(['b', 'a', 'c', 'unmeasured']);
    expect(await search({ order_by: by(true, 'test') })).toEqual(['a', 'c', 'b', 'unmeasured']);
    expect(await search({ experiment_ids: ['none'] })).toEqual([]);
  });

  it('are found page by page', async () => {
    const { api, create } = await open();
    for (let index = 0; index < 5; index++) await create({ name: `m${index}` });
    const names: string[] = [];
    for (let token: string | undefined = ''; token !== undefined; ) {
      const page: { models: WireModel[]; next_page_token?: string } = await api.ok(
        'POST',
        'logged-models/search',
        {
          experiment_ids: ['0'],
          max_results: 2,
          page_token: token,
          order_by: [{ field_name: 'name' }],
        },
      );
      names.push(...page.models.map((model) => model.info.name));
      token = page.next_page_token;
    }
    expect(names).toEqual(['m0', 'm1', 'm2', 'm3', 'm4']);
  });

  it.each([
    { experiment_ids: [] },
    { experiment_ids: ['../x'] },
    { filter: 'nothing' },
    { filter: 'metrics.acc >' },
    { filter: "'; DROP TABLE runs; --" },
    { filter: 'name = name' },
    { order_by: [{ field_name: 'params.lr' }] },
    { order_by: [{ field_name: '__proto__' }] },
    { order_by: [{}] },
    { datasets: [{}] },
    { max_results: -1 },
    { page_token: 'eyJvZmZzZXQiOi0xfQ==' },
  ])('are not searched by %j', async (fields) => {
    const { api } = await open();
    const { status, body } = await api.call<Failure>('POST', 'logged-models/search', {
      experiment_ids: ['0'],
      ...fields,
    });
    expect(status).toBe(400);
    expect(body.error_code).toBe('INVALID_PARAMETER_VALUE');
  });

  it('keep their files to themselves', async () => {
    const { api, create } = await open();
    const [own, other] = [await create({ name: 'own' }), await create({ name: 'other' })];
    const id = own.info.model_id;
    const proxy = '/api/2.0/mlflow-artifacts/artifacts/models';
    const put = (target: string) => api.raw('PUT', target, { body: 'weights' });
    expect((await put(`${proxy}/${id}/data/model.pkl`)).status).toBe(200);
    const listed = await api.ok('GET', `logged-models/${id}/artifacts/directories`, {
      artifact_directory_path: 'data',
    });
    expect(listed).toEqual({
      root_uri: `mlflow-artifacts:/models/${id}`,
      files: [{ path: 'data/model.pkl', is_dir: false, file_size: 7 }],
    });
    const folder = join(api.storeDir, 'artifacts', 'models', id);
    const secret = join(api.storeDir, 'artifacts', 'secret');
    mkdirSync(secret);
    writeFileSync(join(secret, 'x'), 'secret');
    symlinkSync(secret, join(folder, 'away'));
    for (const way of [
      `${id}/../${other.info.model_id}/x`,
      `${id}/..%2f..%2fsecret%2fx`,
      `${id}/%252e%252e/%252e%252e/secret/x`,
      `${id}/away/x`,
      `${id}/..%5c..%5csecret`,
      `m-${'0'.repeat(32)}/x`,
      '../secret/x',
      '%2e%2e/secret/x',
      `m-%2e%2e/secret/x`,
      'nothing/x',
    ]) {
      expect((await put(`${proxy}/${way}`)).status, way).toBeGreaterThanOrEqual(400);
      const read = await api.raw('GET', `${proxy}/${way}`);
      expect(read.status, way).toBeGreaterThanOrEqual(400);
      expect(read.text).not.toContain('"secret"');
      await api.raw('DELETE', `${proxy}/${way}`);
    }
    expect(existsSync(join(secret, 'x'))).toBe(true);
    expect(existsSync(join(api.storeDir, 'artifacts', 'models', `m-${'0'.repeat(32)}`))).toBe(
      false,
    );
    for (const path of ['..', '../..', '%2e%2e', '/etc', 'away', 'away/../..', 'a\u0000']) {
      const answer = await api.call<{ files?: unknown[] }>(
        'GET',
        `logged-models/${id}/artifacts/directories`,
        { artifact_directory_path: path },
      );
      expect(answer.status === 400, path).toBe(true);
    }
  });
});
