import { expect, it } from 'vitest';
import { sparkedKeys } from '../../../src-main/api/timeline/run-cells.ts';

const metric = (key: string) => ({
  key,
  last: 1,
  lastStep: 1,
  min: 0,
  max: 1,
  count: 2,
});

it('draws sparklines of the first metrics of each run, however many it logs', () => {
  const many = { metrics: Array.from({ length: 5000 }, (_, index) => metric(`layer.${index}`)) };
  const few = { metrics: [metric('loss'), metric('layer.1'), metric('system/cpu')] };
  const keys = sparkedKeys([many, few]);
  expect(keys).toHaveLength(9);
  expect(keys).toContain('loss');
  expect(keys).not.toContain('system/cpu');
  expect(sparkedKeys([])).toEqual([]);
});
