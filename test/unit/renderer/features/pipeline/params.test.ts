import { expect, it } from 'vitest';
import { setParamsOf } from '../../../../../src-renderer/features/pipeline/params.ts';
import { countStates, shownState } from '../../../../../src-renderer/features/pipeline/states.ts';
import { smoothPath } from '../../../../../src-renderer/ui/graph/layout.ts';

it('passes on only params whose text was changed, with their file', () => {
  const params = [
    { file: 'params.yaml', key: 'train.lr', value: '1e-05' },
    { file: 'conf/a.yaml', key: 'depth', value: '3' },
    { file: 'params.yaml', key: 'name', value: 'x' },
  ];
  const edited = new Map([
    ['params.yaml:train.lr', '1e-05 '],
    ['conf/a.yaml:depth', ' 4'],
    ['params.yaml:name', 'a=b'],
    ['params.yaml:gone', '1'],
  ]);
  expect(setParamsOf(params, edited)).toEqual(['conf/a.yaml:depth=4', 'params.yaml:name=a=b']);
});

it('lets a run under way speak before the folder', () => {
  const stage = { address: 'train', state: 'stale' } as const;
  expect(shownState(stage, new Map())).toBe('stale');
  expect(shownState(stage, new Map([['train', 'running']]))).toBe('running');
  expect(shownState(stage, new Map([['train', 'killed']]))).toBe('failed');
  expect(shownState(stage, new Map([['train', 'skipped']]))).toBe('stale');
  expect([...countStates(['fresh', 'stale', 'fresh'])]).toEqual([
    ['fresh', 2],
    ['stale', 1],
  ]);
});

it('draws a path from the first point to the last, through none in particular', () => {
  expect(smoothPath([])).toBe('');
  expect(
    smoothPath([
      { x: 0, y: 0 },
      { x: 10, y: 20 },
    ]),
  ).toBe('M 0 0 L 10 20');
  const path = smoothPath([
    { x: 0, y: 0 },
    { x: 0, y: 10 },
    { x: 10, y: 10 },
    { x: 10, y: 20 },
  ]);
  expect(path.startsWith('M 0 0 ')).toBe(true);
  expect(path.endsWith(' 10 20')).toBe(true);
});
