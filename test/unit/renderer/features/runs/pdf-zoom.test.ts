import { expect, test } from 'vitest';
import { pageAt, zoomStep } from '../../../../../src-renderer/features/runs/files/pdf/zoom.ts';

test('a zoom goes to the next step from wherever it is, and no further than the last', () => {
  expect(zoomStep(1, 1)).toBe(1.25);
  expect(zoomStep(1.09, 1)).toBe(1.25);
  expect(zoomStep(1.09, -1)).toBe(1);
  // 0.6667 is shown as 67 %, as the step is.
  expect(zoomStep(0.6667, -1)).toBe(0.5);
  expect(zoomStep(4, 1)).toBeNull();
  expect(zoomStep(0.25, -1)).toBeNull();
});

test('the page at a height is the last that begins above it', () => {
  expect(pageAt([12, 500, 1000], 0)).toBe(1);
  expect(pageAt([12, 500, 1000], 500)).toBe(2);
  expect(pageAt([12, 500, 1000], 5000)).toBe(3);
});
