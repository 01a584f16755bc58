import { expect, it } from 'vitest';
import { endLoggedRun } from '../../../src-main/tracking/logged-runs.ts';
import { TestEndpoint } from '../../support/mlflow.ts';

it('ends a run that its client left open, once, and keeps what comes later', async () => {
  const api = await TestEndpoint.open();
  const { run_id } = (await api.createRun()).info;
  expect(endLoggedRun(api.store, run_id)).toBe(true);
  expect(endLoggedRun(api.store, run_id)).toBe(false);
  expect(api.tracking.get(run_id)).toMatchObject({
    status: 'KILLED',
    error: 'Marked as ended by hand; the program that logged it may still be running.',
  });
  await api.ok('POST', 'runs/log-metric', { run_id, key: 'm', value: 1, timestamp: 1, step: 1 });
  expect((await api.getRun(run_id)).data.metrics).toHaveLength(1);
});

it('leaves runs to the runner that they have', async () => {
  const api = await TestEndpoint.open();
  const { id } = api.tracking.createRun({
    spec: { kind: 'command', argv: ['true'], cwd: '.', metricsFiles: [] },
    command: 'true',
    cwd: '.',
    kind: 'command',
    experiment: null,
    name: null,
    note: '',
  });
  expect(endLoggedRun(api.store, id)).toBe(false);
  expect(api.tracking.get(id).status).toBe('SCHEDULED');
});
