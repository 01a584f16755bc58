import { expect, it } from 'vitest';
import {
  attentionOf,
  commonMetric,
  type Known,
  lowerIsBetter,
  metricField,
  uncommittedCode,
} from '../../../../src-renderer/features/overview/attention.ts';

const day = 86_400_000;
const now = 100 * day;

function run(label: string, status: string, endedAt: number | null = now - day) {
  return {
    id: label,
    label,
    status,
    endedAt,
    createdAt: now - 2 * day,
  } as Known['lastRuns'][number];
}

const calm: Known = { status: undefined, audit: [], lastRuns: [], best: [], now };
const kinds = (change: Partial<Known>): string[] =>
  attentionOf({ ...calm, ...change }).map((item) => item.kind);

it('is calm when nothing is wrong', () => {
  expect(kinds({})).toEqual([]);
  const clean = { clean: true, stages: [], code: [], problem: null };
  const best = [{ run: run('1.1', 'FINISHED'), uncommitted: 0 }];
  expect(kinds({ status: clean, lastRuns: [run('1.1', 'FINISHED')], best })).toEqual([]);
});

it('names stale stages, but not those that only wait for one', () => {
  const stage = (address: string, state: 'stale' | 'upstream stale' | 'fresh' | 'failed') => ({
    address,
    state,
    reasons: [],
  });
  const stages = [
    stage('a', 'fresh'),
    stage('b', 'stale'),
    stage('c', 'upstream stale'),
    stage('d', 'failed'),
  ];
  const status = { clean: false, stages, code: [], problem: null };
  expect(attentionOf({ ...calm, status })).toEqual([{ kind: 'stale', stages: ['b', 'd'] }]);
  expect(kinds({ status: { ...status, stages: [], problem: 'dvc.yaml:3:1' } })).toEqual([
    'pipeline',
  ]);
});

it('names failures of late, code that was never committed, and what cannot be read', () => {
  const lastRuns = [
    run('1.2', 'FAILED'),
    run('1.1', 'FAILED', now - 30 * day),
    run('1.3', 'KILLED'),
  ];
  const [failed] = attentionOf({ ...calm, lastRuns });
  expect(failed).toMatchObject({ kind: 'failed', runs: [{ label: '1.2' }] });
  const best = [{ run: run('1.4', 'FINISHED'), uncommitted: 3 }];
  expect(attentionOf({ ...calm, best })).toMatchObject([{ kind: 'uncommitted', files: 3 }]);
  const audit = [
    { kind: 'params', path: 'params.yaml', detail: '', problem: 'It is broken.' },
    { kind: 'git', path: '.git', detail: 'fine', problem: null },
  ] as const;
  expect(attentionOf({ ...calm, audit })).toMatchObject([{ kind: 'found', items: [audit[0]] }]);
});

it('takes the metric that most runs have', () => {
  const metrics = (...keys: string[]) => ({ metrics: keys.map((key) => ({ key })) });
  const runs = [metrics('loss', 'acc'), metrics('acc'), metrics('zeta', 'loss')];
  expect(commonMetric(runs as unknown as Parameters<typeof commonMetric>[0])).toBe('acc');
  expect(commonMetric([])).toBeNull();
});

it('writes names so that the filter language reads them', () => {
  expect(metricField('val loss "x"')).toBe('metrics."val loss ""x"""');
  expect(lowerIsBetter('val/loss')).toBe(true);
  expect(lowerIsBetter('accuracy')).toBe(false);
});

it('counts as uncommitted code neither what a run wrote itself nor its lock', () => {
  const file = (path: string, role: 'dep' | 'out') =>
    ({ path, role, hash: null, size: 1, files: null, stage: '', available: true }) as const;
  const dirtyFiles = ['params.yaml', 'sub/dvc.lock', 'plots/roc.json', 'train.py', 'metrics.json'];
  const files = [file('plots', 'out'), file('metrics.json', 'out'), file('train.py', 'dep')];
  expect(uncommittedCode({ dirtyFiles, files })).toEqual(['params.yaml', 'train.py']);
});
