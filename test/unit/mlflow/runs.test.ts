import { describe, expect, it } from 'vitest';
import { newId } from '../../../src-main/base/ids.ts';
import { TestEndpoint } from '../../support/mlflow.ts';

interface Failure {
  error_code: string;
  message: string;
}

const tagsOf = (run: { data: { tags: { key: string; value: string }[] } }) =>
  Object.fromEntries(run.data.tags.map(({ key, value }) => [key, value]));

describe('experiments', () => {
  it('are made, found by id and by name, and renamed', async () => {
    const api = await TestEndpoint.open();
    const { experiment_id: id } = await api.ok<{ experiment_id: string }>(
      'POST',
      'experiments/create',
      { name: 'digits', tags: [{ key: 'team', value: 'a' }] },
    );
    await api.ok('POST', 'experiments/update', { experiment_id: id, new_name: 'letters' });
    const byName = await api.ok('GET', 'experiments/get-by-name', { experiment_name: 'letters' });
    const byId = await api.ok('GET', 'experiments/get', { experiment_id: id });
    expect(byName).toEqual(byId);
    expect(byId).toMatchObject({
      experiment: {
        experiment_id: id,
        name: 'letters',
        lifecycle_stage: 'active',
        tags: [{ key: 'team', value: 'a' }],
      },
    });
    expect(api.experiments.list().map((row) => row.name)).toEqual(['letters']);
  });

  it('have unique names, those of deleted ones included', async () => {
    const api = await TestEndpoint.open();
    const { experiment_id: id } = await api.ok<{ experiment_id: string }>(
      'POST',
      'experiments/create',
      { name: 'digits' },
    );
    const again = () => api.call<Failure>('POST', 'experiments/create', { name: 'digits' });
    expect(await again()).toMatchObject({
      status: 400,
      body: { error_code: 'RESOURCE_ALREADY_EXISTS' },
    });
    await api.ok('POST', 'experiments/delete', { experiment_id: id });
    expect((await again()).body.message).toContain('deleted state');
  });

  it('take their runs to the trash and back, but not those that were there before', async () => {
    const api = await TestEndpoint.open();
    const { experiment_id: id } = await api.ok<{ experiment_id: string }>(
      'POST',
      'experiments/create',
      { name: 'digits' },
    );
    const [kept, deleted] = [
      await api.createRun({ experiment_id: id }),
      await api.createRun({ experiment_id: id }),
    ];
    await api.ok('POST', 'runs/delete', { run_id: deleted.info.run_id });
    await new Promise((resolve) => setTimeout(resolve, 5));
    await api.ok('POST', 'experiments/delete', { experiment_id: id });
    expect((await api.getRun(kept.info.run_id)).info.lifecycle_stage).toBe('deleted');
    const refused = await api.call<Failure>('POST', 'runs/create', { experiment_id: id });
    expect(refused.body.message).toContain("must be in the 'active' state");
    await api.ok('POST', 'experiments/restore', { experiment_id: id });
    expect((await api.getRun(kept.info.run_id)).info.lifecycle_stage).toBe('active');
    expect((await api.getRun(deleted.info.run_id)).info.lifecycle_stage).toBe('deleted');
  });

  it('“0” is Default, which is not there before something is logged to it', async () => {
    const api = await TestEndpoint.open();
    expect(await api.ok('GET', 'experiments/get', { experiment_id: '0' })).toMatchObject({
      experiment: { experiment_id: '0', name: 'Default' },
    });
    expect(api.experiments.list()).toEqual([]);
    const run = await api.createRun({});
    expect(run.info.experiment_id).toBe('0');
    expect(api.experiments.list()).toMatchObject([{ name: 'Default', runs: 1 }]);
    expect((await api.createRun({ experiment_id: '0' })).info.experiment_id).toBe('0');
  });

  it('are searched by name, tag and time', async () => {
    const api = await TestEndpoint.open();
    for (const name of ['alpha', 'beta', 'gamma']) {
      await api.ok('POST', 'experiments/create', {
        name,
        tags: [{ key: 'the group', value: name.slice(0, 1) }],
      });
    }
    const search = async (filter: string, more = {}) =>
      (
        await api.ok<{ experiments: { name: string }[] }>('POST', 'experiments/search', {
          filter,
          order_by: ['name ASC'],
          ...more,
        })
      ).experiments.map((experiment) => experiment.name);
    expect(await search("name LIKE '%a'")).toEqual(['alpha', 'beta', 'gamma']);
    expect(await search("name ILIKE 'B%'")).toEqual(['beta']);
    expect(await search("tags.`the group` = 'g' AND name != 'alpha'")).toEqual(['gamma']);
    expect(await search("name IN ('alpha', 'gamma')", { order_by: ['name DESC'] })).toEqual([
      'gamma',
      'alpha',
    ]);
    expect(await search(`creation_time > ${Date.now() + 1000}`)).toEqual([]);
    const bad = await api.call<Failure>('POST', 'experiments/search', { filter: 'lr = 1' });
    expect(bad).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
  });

  it('are searched page by page', async () => {
    const api = await TestEndpoint.open();
    for (let index = 0; index < 5; index++) {
      await api.ok('POST', 'experiments/create', { name: `e${index}` });
    }
    const names: string[] = [];
    for (let token: string | undefined = ''; token !== undefined; ) {
      const page: { experiments: { name: string }[]; next_page_token?: string } = await api.ok(
        'GET',
        'experiments/search',
        { max_results: 2, page_token: token, order_by: ['name ASC'] },
      );
      expect(page.experiments.length).toBeLessThanOrEqual(2);
      names.push(...page.experiments.map((experiment) => experiment.name));
      token = page.next_page_token;
    }
    expect(names).toEqual(['e0', 'e1', 'e2', 'e3', 'e4']);
  });
});

describe('runs', () => {
  it('are opened, ended, and described', async () => {
    const api = await TestEndpoint.open();
    const run = await api.createRun({
      user_id: 'ada',
      start_time: 1_700_000_000_000,
      run_name: 'first',
      tags: [
        { key: 'mlflow.source.name', value: 'train.py' },
        { key: 'mlflow.note.content', value: 'A note.' },
      ],
    });
    expect(run.info).toMatchObject({
      run_name: 'first',
      status: 'RUNNING',
      user_id: 'ada',
      start_time: 1_700_000_000_000,
      lifecycle_stage: 'active',
    });
    expect(tagsOf(run)).toMatchObject({ 'mlflow.runName': 'first', 'mlflow.user': 'ada' });
    const id = run.info.run_id;
    await api.ok('POST', 'runs/update', {
      run_id: id,
      status: 'FINISHED',
      end_time: 1_700_000_001_000,
    });
    expect((await api.getRun(id)).info).toMatchObject({
      status: 'FINISHED',
      end_time: 1_700_000_001_000,
    });
    expect(api.tracking.get(id)).toMatchObject({
      kind: 'logged',
      command: 'train.py',
      note: 'A note.',
      status: 'FINISHED',
    });
  });

  it('get a name of two words and a number', async () => {
    const api = await TestEndpoint.open();
    const { info } = await api.createRun();
    expect(info.run_name).toMatch(/^[a-z]+-[a-z]+-\d+$/);
    expect(info.run_name.length).toBeLessThanOrEqual(20);
  });

  it('refuse two names that differ', async () => {
    const api = await TestEndpoint.open();
    const { status, body } = await api.call<Failure>('POST', 'runs/create', {
      run_name: 'a',
      tags: [{ key: 'mlflow.runName', value: 'b' }],
    });
    expect(status).toBe(400);
    expect(body.message).toContain('different values');
  });

  it('follow the window, and the window follows them', async () => {
    const api = await TestEndpoint.open();
    const { info } = await api.createRun({ run_name: 'old' });
    api.tracking.update(info.run_id, { name: 'new', note: 'From the window.' });
    const run = await api.getRun(info.run_id);
    expect(run.info.run_name).toBe('new');
    expect(tagsOf(run)).toMatchObject({
      'mlflow.runName': 'new',
      'mlflow.note.content': 'From the window.',
    });
    await api.ok('POST', 'runs/set-tag', {
      run_id: info.run_id,
      key: 'mlflow.note.content',
      value: 'From the client.',
    });
    expect(api.tracking.get(info.run_id).note).toBe('From the client.');
  });

  it('have a parent, but never one that descends from them', async () => {
    const api = await TestEndpoint.open();
    const parent = await api.createRun();
    const child = await api.createRun({
      tags: [{ key: 'mlflow.parentRunId', value: parent.info.run_id }],
    });
    expect(api.tracking.get(child.info.run_id).parentId).toBe(parent.info.run_id);
    await api.ok('POST', 'runs/set-tag', {
      run_id: parent.info.run_id,
      key: 'mlflow.parentRunId',
      value: child.info.run_id,
    });
    expect(api.tracking.get(parent.info.run_id).parentId).toBeNull();
  });

  it('in the trash are not written to', async () => {
    const api = await TestEndpoint.open();
    const { info } = await api.createRun();
    await api.ok('POST', 'runs/delete', { run_id: info.run_id });
    const refused = await api.call<Failure>('POST', 'runs/log-parameter', {
      run_id: info.run_id,
      key: 'a',
      value: '1',
    });
    expect(refused).toMatchObject({ status: 400 });
    expect(refused.body.message).toContain("must be in the 'active' state");
    await api.ok('POST', 'runs/restore', { run_id: info.run_id });
    const twice = await api.call<Failure>('POST', 'runs/restore', { run_id: info.run_id });
    expect(twice.status).toBe(400);
  });

  it('that are not there are not found', async () => {
    const api = await TestEndpoint.open();
    expect(await api.call('GET', 'runs/get', { run_id: newId() })).toMatchObject({
      status: 404,
      body: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
    });
    expect(await api.call('GET', 'runs/get', { run_id: '../etc' })).toMatchObject({ status: 400 });
  });
});

describe('the run of a runner', () => {
  const ownRun = (api: TestEndpoint, experiment: string | null) => {
    const { id } = api.tracking.createRun({
      spec: { kind: 'command', argv: ['python', 'train.py'], cwd: '.', metricsFiles: [] },
      command: 'python train.py',
      cwd: '.',
      kind: 'command',
      experiment,
      name: null,
      note: '',
    });
    api.tracking.runnerStarted(id, { pid: process.pid, started: 'now' });
    return id;
  };

  it('does not end when the client says so, which is remembered', async () => {
    let id = '';
    const api = await TestEndpoint.open((made) => {
      id = ownRun(made, null);
      return { id, experimentGiven: false, nameGiven: false, shared: false };
    });
    await api.ok('POST', 'runs/update', { run_id: id, status: 'FAILED', end_time: 1 });
    expect(api.tracking.get(id).status).toBe('RUNNING');
    expect(api.tracking.loggedStatus(id)).toBe('FAILED');
  });

  it('is the parent of what the script opens after it', async () => {
    let id = '';
    const api = await TestEndpoint.open((made) => {
      id = ownRun(made, null);
      return { id, experimentGiven: false, nameGiven: false, shared: false };
    });
    const child = await api.createRun();
    expect(api.tracking.get(child.info.run_id).parentId).toBe(id);
  });

  it('moves to the experiment of set_experiment when the user named none', async () => {
    let id = '';
    const api = await TestEndpoint.open((made) => {
      id = ownRun(made, null);
      return { id, experimentGiven: false, nameGiven: false, shared: false };
    });
    const made = await api.ok<{ experiment_id: string }>('POST', 'experiments/create', {
      name: 'digits',
    });
    expect((await api.getRun(id)).info.experiment_id).toBe(made.experiment_id);
    await api.ok('POST', 'runs/update', { run_id: id, status: 'RUNNING' });
    // Resumed: from here on, looking at another experiment moves nothing.
    await api.ok('POST', 'experiments/create', { name: 'other' });
    expect((await api.getRun(id)).info.experiment_id).toBe(made.experiment_id);
  });

  it('stays where the user put it, whatever the script calls that', async () => {
    let id = '';
    const api = await TestEndpoint.open((made) => {
      id = ownRun(made, 'base');
      return { id, experimentGiven: true, nameGiven: true, shared: false };
    });
    const answered = await api.ok<{ experiment: { experiment_id: string; name: string } }>(
      'GET',
      'experiments/get-by-name',
      { experiment_name: 'digits' },
    );
    const run = await api.getRun(id);
    expect(answered.experiment).toMatchObject({
      name: 'base',
      experiment_id: run.info.experiment_id,
    });
    await api.ok('POST', 'runs/update', { run_id: id, status: 'RUNNING', run_name: 'x' });
    expect((await api.getRun(id)).info.run_name).not.toBe('x');
  });
});
