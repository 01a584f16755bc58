import { expect, it } from 'vitest';
import { bundleFor } from '../../../../src-renderer/charts/plotly.ts';

it('takes the small bundle where it can draw all of the traces', () => {
  expect(bundleFor([])).toBe('flat');
  expect(bundleFor([{ type: 'scatter' }, { y: [1] }, { type: 'heatmap' }])).toBe('flat');
  expect(bundleFor([{ type: 'scatter' }, { type: 'surface' }])).toBe('full');
  expect(bundleFor([{ type: 'scattergl' }])).toBe('full');
  expect(bundleFor([{ type: 7 }])).toBe('full');
});
