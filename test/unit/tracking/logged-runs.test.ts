import { expect, it, onTestFinished, vi } from 'vitest';
import { silentAfterMs } from '../../../src-main/contract/silence.ts';
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

it('says when a run was last heard of, and ends one that fell silent as of then', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 });
  onTestFinished(() => void vi.useRealTimers());
  const api = await TestEndpoint.open();
  const { run_id } = (await api.createRun()).info;
  const begun = Date.now();
  expect(api.tracking.get(run_id).lastSignAt).toBe(begun);
  vi.setSystemTime(begun + 3_600_000);
  // The client's own clock says nothing of it: it may be anywhere.
  await api.ok('POST', 'runs/set-tag', { run_id, key: 'epoch', value: '7' });
  await api.ok('POST', 'runs/log-metric', { run_id, key: 'm', value: 1, timestamp: 9e12, step: 1 });
  expect(api.tracking.get(run_id).lastSignAt).toBe(begun + 3_600_000);
  vi.setSystemTime(begun + 3_600_000 + 2 * silentAfterMs);
  expect(api.tracking.list()[0]).toMatchObject({
    status: 'RUNNING',
    lastSignAt: begun + 3_600_000,
  });
  expect(endLoggedRun(api.store, run_id)).toBe(true);
  const ended = api.tracking.get(run_id);
  expect(ended).toMatchObject({ status: 'KILLED', endedAt: begun + 3_600_000 });
  expect(ended).not.toHaveProperty('lastSignAt');
});
