import { describe, expect, it } from 'vitest';
import { readSeries } from '../../../src-main/store/metrics.ts';
import { TestEndpoint } from '../../support/mlflow.ts';

interface Failure {
  error_code: string;
  message: string;
}
interface History {
  metrics: { key: string; value: number | string; timestamp: number; step: number }[];
  next_page_token?: string;
}

async function withRun() {
  const api = await TestEndpoint.open();
  const { info } = await api.createRun();
  return { api, run_id: info.run_id };
}

describe('params', () => {
  it('never change: the same value passes, another does not', async () => {
    const { api, run_id } = await withRun();
    const log = (value: string) =>
      api.call<Failure>('POST', 'runs/log-parameter', { run_id, key: 'lr', value });
    expect((await log('0.1')).status).toBe(200);
    expect((await log('0.1')).status).toBe(200);
    const changed = await log('0.2');
    expect(changed).toMatchObject({
      status: 400,
      body: { error_code: 'INVALID_PARAMETER_VALUE' },
    });
    expect(changed.body.message).toContain('Changing param values is not allowed');
    expect((await api.getRun(run_id)).data.params).toEqual([{ key: 'lr', value: '0.1' }]);
  });

  it('of a command say what its script says of them, once', async () => {
    let run_id = '';
    const api = await TestEndpoint.open(({ tracking }) => {
      const argv = ['python', 'train.py', '--lr', '1e-3'];
      const spec = { kind: 'command' as const, argv, cwd: '.', metricsFiles: [] };
      const told = { experiment: null, name: null, note: '', kind: 'command', cwd: '.' } as const;
      run_id = tracking.createRun({ ...told, spec, command: argv.join(' ') }).id;
      tracking.setParams(run_id, [{ file: '', key: 'lr', value: '1e-3' }]);
      return null;
    });
    const log = (value: string) =>
      api.call<Failure>('POST', 'runs/log-parameter', { run_id, key: 'lr', value });
    expect((await log('0.001')).status).toBe(200);
    expect((await log('0.002')).status).toBe(400);
    expect((await api.getRun(run_id)).data.params).toEqual([{ key: 'lr', value: '0.001' }]);
  });

  it('are cut at 6000 characters, a pair of surrogates counting as one', async () => {
    const { api, run_id } = await withRun();
    const value = '🏔'.repeat(6001);
    await api.ok('POST', 'runs/log-parameter', { run_id, key: 'long', value });
    const [param] = (await api.getRun(run_id)).data.params;
    expect(Array.from(param?.value ?? '')).toHaveLength(6000);
    // The same again is still the same.
    await api.ok('POST', 'runs/log-parameter', { run_id, key: 'long', value });
  });

  it.each([
    ['a/../b', false],
    ['/a', false],
    ['..', false],
    ['a#b', false],
    ['a\nb', false],
    ['x'.repeat(251), false],
    ['a/b c.d-e:f_g', true],
    ['größe', true],
    ['__proto__', true],
  ])('%s is a name: %s', async (key, good) => {
    const { api, run_id } = await withRun();
    const { status } = await api.call('POST', 'runs/log-parameter', { run_id, key, value: '1' });
    expect(status).toBe(good ? 200 : 400);
    if (good) expect((await api.getRun(run_id)).data.params).toEqual([{ key, value: '1' }]);
  });
});

describe('metrics', () => {
  it('keep NaN and the infinities, and whole numbers come back as numbers', async () => {
    const { api, run_id } = await withRun();
    for (const [key, value] of Object.entries({
      nan: 'NaN',
      up: 'Infinity',
      down: '-Infinity',
      big: 1e308,
    })) {
      await api.ok('POST', 'runs/log-metric', { run_id, key, value, timestamp: 5, step: -3 });
    }
    const { metrics } = (await api.getRun(run_id)).data;
    expect(metrics.toSorted((a, b) => a.key.localeCompare(b.key))).toEqual([
      { key: 'big', value: 1e308, timestamp: 5, step: -3 },
      { key: 'down', value: '-Infinity', timestamp: 5, step: -3 },
      { key: 'nan', value: 'NaN', timestamp: 5, step: -3 },
      { key: 'up', value: 'Infinity', timestamp: 5, step: -3 },
    ]);
  });

  it('are not doubled by a client that sends them again', async () => {
    const { api, run_id } = await withRun();
    const metrics = Array.from({ length: 1000 }, (_, step) => ({
      key: step % 2 ? 'a' : 'b',
      value: step === 7 ? 'NaN' : step / 3,
      timestamp: 1000 + Math.floor(step / 10),
      step,
    }));
    await api.ok('POST', 'runs/log-batch', { run_id, metrics });
    await api.ok('POST', 'runs/log-batch', { run_id, metrics });
    await api.ok('POST', 'runs/log-batch', { run_id, metrics: metrics.slice(100, 200) });
    for (const series of readSeries(api.store, [run_id])) expect(series.count).toBe(500);
  });

  it('have the value of the highest step, then time, then value', async () => {
    const { api, run_id } = await withRun();
    for (const [step, timestamp, value] of [
      [2, 10, 1],
      [1, 99, 2],
      [2, 11, 3],
      [2, 11, 4],
      [2, 11, 3.5],
    ]) {
      await api.ok('POST', 'runs/log-metric', { run_id, key: 'm', value, timestamp, step });
    }
    expect((await api.getRun(run_id)).data.metrics).toEqual([
      { key: 'm', value: 4, timestamp: 11, step: 2 },
    ]);
  });

  it('come back by time, in pages', async () => {
    const { api, run_id } = await withRun();
    const metrics = [5, 3, 4, 1, 2].map((n) => ({ key: 'm', value: n, timestamp: n, step: -n }));
    await api.ok('POST', 'runs/log-batch', { run_id, metrics });
    const values: (number | string)[] = [];
    for (let token: string | undefined = ''; token !== undefined; ) {
      const page: History = await api.ok('GET', 'metrics/get-history', {
        run_id,
        metric_key: 'm',
        max_results: 2,
        page_token: token,
      });
      values.push(...page.metrics.map((metric) => metric.value));
      token = page.next_page_token;
    }
    expect(values).toEqual([1, 2, 3, 4, 5]);
    const all = await api.ok<History>('GET', 'metrics/get-history', {
      run_uuid: run_id,
      metric_key: 'm',
    });
    expect(all.metrics).toHaveLength(5);
    expect(all.next_page_token).toBeUndefined();
    const none = await api.ok<History>('GET', 'metrics/get-history', { run_id, metric_key: 'no' });
    expect(none.metrics).toEqual([]);
  });

  it('are thinned out for many runs at once, with no spike lost', async () => {
    const { api, run_id } = await withRun();
    const metrics = Array.from({ length: 1000 }, (_, step) => ({
      key: 'm',
      value: step === 617 ? 1e6 : 0,
      timestamp: step,
      step,
    }));
    await api.ok('POST', 'runs/log-batch', { run_id, metrics });
    const thinned = await api.ok<History>('GET', 'metrics/get-history-bulk-interval', {
      run_ids: run_id,
      metric_key: 'm',
      max_results: 20,
    });
    expect(thinned.metrics.length).toBeLessThanOrEqual(20);
    expect(thinned.metrics.map((metric) => metric.value)).toContain(1e6);
    const part = await api.ok<History>('GET', 'metrics/get-history-bulk-interval', {
      run_ids: run_id,
      metric_key: 'm',
      start_step: 10,
      end_step: 12,
    });
    expect(part.metrics.map((metric) => metric.step)).toEqual([10, 11, 12]);
  });
});

describe('a batch', () => {
  it('is stored as a whole or not at all', async () => {
    const { api, run_id } = await withRun();
    await api.ok('POST', 'runs/log-parameter', { run_id, key: 'lr', value: '1' });
    const { status } = await api.call('POST', 'runs/log-batch', {
      run_id,
      metrics: [{ key: 'm', value: 1, timestamp: 1, step: 1 }],
      tags: [{ key: 't', value: 'x' }],
      params: [
        { key: 'new', value: '1' },
        { key: 'lr', value: '2' },
      ],
    });
    expect(status).toBe(400);
    const { data } = await api.getRun(run_id);
    expect(data.metrics).toEqual([]);
    expect(data.params).toEqual([{ key: 'lr', value: '1' }]);
    expect(data.tags.map((tag) => tag.key)).toEqual(['mlflow.runName']);
    // The names it would have made are made by the next one, and nothing is mixed up.
    await api.ok('POST', 'runs/log-batch', {
      run_id,
      metrics: [{ key: 'other', value: 5, timestamp: 1, step: 1 }],
      params: [{ key: 'm', value: 'a param' }],
    });
    const after = (await api.getRun(run_id)).data;
    expect(after.metrics.map((metric) => metric.key)).toEqual(['other']);
    expect(after.params).toContainEqual({ key: 'm', value: 'a param' });
  });

  it.each([
    ['metrics', 1001],
    ['params', 101],
    ['tags', 101],
  ])('has at most so many %s: %i is one too many', async (what, count) => {
    const { api, run_id } = await withRun();
    const items = Array.from({ length: count }, (_, index) => ({
      key: `k${index}`,
      value: what === 'metrics' ? 1 : '1',
      timestamp: 1,
      step: 1,
    }));
    const answer = await api.call<Failure>('POST', 'runs/log-batch', { run_id, [what]: items });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain(`Got ${count}`);
  });

  it('names no param twice', async () => {
    const { api, run_id } = await withRun();
    const params = [
      { key: 'a', value: '1' },
      { key: 'a', value: '1' },
    ];
    const answer = await api.call<Failure>('POST', 'runs/log-batch', { run_id, params });
    expect(answer.body.message).toContain('Duplicate parameter keys');
  });

  it('of others who write at the same time stays whole when one is refused', async () => {
    const { api, run_id } = await withRun();
    await api.ok('POST', 'runs/log-parameter', { run_id, key: 'fixed', value: '0' });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        api.call('POST', 'runs/log-batch', {
          run_id,
          metrics: [{ key: `m${index}`, value: index, timestamp: 1, step: 0 }],
          params: index % 3 === 0 ? [{ key: 'fixed', value: String(index + 1) }] : [],
        }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 400)).toHaveLength(20);
    const { metrics } = (await api.getRun(run_id)).data;
    expect(metrics).toHaveLength(40);
    for (const { key, value } of metrics) expect(key).toBe(`m${value}`);
  });
});

describe('tags', () => {
  it('change, and go away', async () => {
    const { api, run_id } = await withRun();
    for (const value of ['1', '2']) {
      await api.ok('POST', 'runs/set-tag', { run_id, key: 'try', value });
    }
    expect((await api.getRun(run_id)).data.tags).toContainEqual({ key: 'try', value: '2' });
    await api.ok('POST', 'runs/delete-tag', { run_id, key: 'try' });
    const again = await api.call('POST', 'runs/delete-tag', { run_id, key: 'try' });
    expect(again).toMatchObject({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
  });
});
