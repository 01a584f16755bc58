import { describe, expect, it } from 'vitest';
import { TestEndpoint } from '../../support/mlflow.ts';

const json = { 'Content-Type': 'application/json' };

describe('what is sent', () => {
  it('may be JSON inside a JSON string', async () => {
    const api = await TestEndpoint.open();
    const body = JSON.stringify(JSON.stringify({ name: 'double' }));
    const answer = await api.raw('POST', '/api/2.0/mlflow/experiments/create', {
      headers: json,
      body,
    });
    expect(answer.status).toBe(200);
    expect(api.experiments.list().map((row) => row.name)).toEqual(['double']);
  });

  it('may hold the bare NaN of Python’s json, but not in a string', async () => {
    const api = await TestEndpoint.open();
    const { info } = await api.createRun();
    const body = `{"run_id":"${info.run_id}","metrics":[{"key":"m","value":NaN,"timestamp":1},{"key":"n","value":-Infinity,"timestamp":1}],"params":[{"key":"p","value":"is NaN \\" NaN"}]}`;
    const answer = await api.raw('POST', '/api/2.0/mlflow/runs/log-batch', { headers: json, body });
    expect(answer.status).toBe(200);
    const { data } = await api.getRun(info.run_id);
    expect(data.metrics.map((metric) => metric.value).sort()).toEqual(['-Infinity', 'NaN']);
    expect(data.params).toEqual([{ key: 'p', value: 'is NaN " NaN' }]);
  });

  it('may have int64 as strings, fields that nobody knows, and nulls', async () => {
    const api = await TestEndpoint.open();
    const { info } = await api.createRun();
    await api.ok('POST', 'runs/log-metric', {
      run_uuid: info.run_id,
      key: 'm',
      value: 1,
      timestamp: '1700000000000',
      step: '12',
      model_id: null,
      whatever: { deep: [] },
    });
    expect((await api.getRun(info.run_id)).data.metrics).toEqual([
      { key: 'm', value: 1, timestamp: 1_700_000_000_000, step: 12 },
    ]);
  });

  it.each([
    ['not JSON', '{', 'MALFORMED_REQUEST'],
    ['a list', '[]', 'INVALID_PARAMETER_VALUE'],
    ['a number for a text', '{"name": 5}', 'INVALID_PARAMETER_VALUE'],
    ['nothing', '', 'INVALID_PARAMETER_VALUE'],
  ])('is refused when it is %s', async (_what, body, code) => {
    const api = await TestEndpoint.open();
    const answer = await api.raw('POST', '/api/2.0/mlflow/experiments/create', {
      headers: json,
      body,
    });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ error_code: code });
  });
});

describe('what clients ask first', () => {
  it('is answered', async () => {
    const api = await TestEndpoint.open();
    expect(await api.raw('GET', '/health')).toMatchObject({ status: 200, text: 'OK' });
    expect((await api.raw('GET', '/version')).text).toMatch(/^3\.\d+\.\d+$/);
    const info = await api.raw('GET', '/api/3.0/mlflow/server-info');
    expect(JSON.parse(info.text)).toEqual({ store_type: 'SqlStore', workspaces_enabled: false });
  });

  it('is answered under both prefixes', async () => {
    const api = await TestEndpoint.open();
    const answer = await api.raw('GET', '/ajax-api/2.0/mlflow/experiments/get?experiment_id=0');
    expect(answer.status).toBe(200);
  });

  it.each([
    ['GET', '/api/3.0/mlflow/traces/abc'],
    ['POST', '/api/2.0/mlflow/gateway/routes'],
    ['POST', '/v1/traces'],
    ['GET', '/api/2.0/mlflow/runs/create'],
    ['GET', '/api/2.0/mlflow/server-info'],
    ['GET', '/api/2.0/mlflow/__proto__'],
    ['PUT', '/api/2.0/mlflow-artifacts/whatever/x'],
  ])('%s %s is not here, said so that clients fall back', async (method, path) => {
    const api = await TestEndpoint.open();
    const answer = await api.raw(method, path);
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(JSON.parse(answer.text)).toMatchObject({ error_code: 'ENDPOINT_NOT_FOUND' });
  });
});
