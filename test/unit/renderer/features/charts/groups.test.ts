import { describe, expect, it } from 'vitest';
import {
  curveKeys,
  groupEntries,
  looksOf,
  runEntries,
} from '../../../../../src-renderer/features/charts/curve-entries.ts';
import { isSeed } from '../../../../../src-renderer/features/charts/fields.ts';
import { differingParams, groupRuns } from '../../../../../src-renderer/features/charts/groups.ts';

const run = (number: number, params: Record<string, string>, experimentNumber = 1) => ({
  id: String(number),
  label: `0${experimentNumber}.${number}`,
  name: `run ${number}`,
  number,
  experimentNumber,
  experimentId: String(experimentNumber),
  experimentName: `experiment ${experimentNumber}`,
  params,
});
const words = { none: '–' };

it('knows seeds by their names', () => {
  for (const key of [
    'seed',
    'train.seed',
    'np_seed',
    'data/random_state',
    'RANDOM_SEED',
    'torch-seed',
  ])
    expect(isSeed(key), key).toBe(true);
  for (const key of ['seeds.count', 'proceed', 'lr', 'state', 'hidden_state'])
    expect(isSeed(key), key).toBe(false);
});

describe('groups', () => {
  const runs = [
    run(1, { lr: '0.1', seed: '1' }),
    run(2, { seed: '2', lr: '0.1' }),
    run(3, { lr: '0.01', seed: '1' }),
    run(4, { lr: '0.1', seed: '3' }, 2),
    run(5, { seed: '9' }),
  ];

  it('are runs of an experiment that differ only in their seed, in whatever order it was logged', () => {
    const groups = groupRuns(runs, 'seed', words);
    expect(groups.map((group) => group.runIds)).toEqual([['1', '2'], ['3'], ['4'], ['5']]);
    expect(groups.map((group) => group.label)).toEqual([
      '01.1 lr 0.1',
      '01.3 lr 0.01',
      '02.4 lr 0.1',
      '01.5 lr –',
    ]);
  });

  it('are runs with the same value, experiment or name', () => {
    expect(
      groupRuns(runs, 'param lr', words).map((group) => [group.label, group.runIds.length]),
    ).toEqual([
      ['lr = 0.1', 3],
      ['lr = 0.01', 1],
      ['lr = –', 1],
    ]);
    expect(groupRuns(runs, 'experiment', words).map((group) => group.label)).toEqual([
      'experiment 1',
      'experiment 2',
    ]);
    expect(groupRuns(runs, 'name', words)).toHaveLength(5);
    expect(groupRuns([], 'seed', words)).toEqual([]);
  });

  it('can be by the params that differ, seeds left out', () => {
    expect(differingParams(runs)).toEqual(['lr']);
    expect(differingParams(runs.slice(0, 2))).toEqual([]);
  });

  it('take the colours one after the other', () => {
    const entries = groupEntries(groupRuns(runs, 'param lr', words));
    expect(new Set(entries.map((entry) => entry.color)).size).toBe(3);
    expect(entries[0]).toMatchObject({ runId: '0.1', members: ['1', '2', '4'] });
  });
});

it('gives each run its colour, and a pattern of its own among nine of one experiment', () => {
  const nine = Array.from({ length: 9 }, (_, i) => run(i + 1, {}));
  const looks = looksOf(nine);
  expect(looks.get('1')?.color).toBe(looks.get('9')?.color);
  expect(looks.get('1')?.dash).not.toBe(looks.get('9')?.dash);
  expect(runEntries(nine, looks)[8]).toMatchObject({ runId: '9', label: '01.9 run 9' });
});

it('finds the metrics that are curves in any run', () => {
  const metric = (key: string, count: number) => ({
    key,
    count,
    last: 1,
    lastStep: 1,
    min: 1,
    max: 1,
  });
  expect(
    curveKeys([{ metrics: [metric('b', 2), metric('a', 1)] }, { metrics: [metric('a', 5)] }]),
  ).toEqual(['a', 'b']);
});
