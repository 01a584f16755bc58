import { describe, expect, it } from 'vitest';
import {
  extent,
  moveCursor,
  nearestIndex,
  nearestValues,
  zoomRange,
} from '../../../../src-renderer/charts/keyboard.ts';
import { pointsFor } from '../../../../src-renderer/charts/refetch.ts';
import { dataUrlToBlob, fileName } from '../../../../src-renderer/charts/save.ts';
import type { Series } from '../../../../src-renderer/charts/types.ts';

function series(steps: number[], runId = 'a'): Series {
  return {
    runId,
    key: 'loss',
    label: runId,
    color: '#000',
    steps: Float64Array.from(steps),
    times: Float64Array.from(steps, (step) => step * 1000),
    values: Float64Array.from(steps, (step) => step * 2),
  };
}

const ten = [series([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])];

describe('moveCursor', () => {
  it('starts at the end one comes from and stops at the other', () => {
    expect(moveCursor(ten, 'step', null, null, 1)).toBe(0);
    expect(moveCursor(ten, 'step', null, null, -1)).toBe(9);
    expect(moveCursor(ten, 'step', null, 8, 10)).toBe(9);
  });

  it('keeps to what is visible', () => {
    expect(moveCursor(ten, 'step', { from: 3, to: 5 }, null, 1)).toBe(3);
    expect(moveCursor(ten, 'step', { from: 3, to: 5 }, 5, 1)).toBe(5);
  });

  it('follows the series with the most points, and none where there is none', () => {
    const two = [series([0, 9]), series([0, 2, 4, 6], 'b')];
    expect(moveCursor(two, 'step', null, 0, 1)).toBe(2);
    expect(moveCursor([], 'step', null, null, 1)).toBeNull();
    expect(moveCursor([series([Number.NaN])], 'step', null, null, 1)).toBeNull();
  });
});

it('finds what is nearest', () => {
  expect(nearestIndex([0, 10, 20], 14)).toBe(1);
  expect(nearestIndex([], 1)).toBe(-1);
  expect(nearestValues([series([0, 10]), series([], 'b')], 'step', 9)).toEqual([
    { runId: 'a', label: 'a', value: 20, index: 1 },
  ]);
});

describe('zoomRange', () => {
  it('halves around the cursor, and is all again when it would be wider', () => {
    expect(zoomRange(ten, 'step', null, 2, 0.5)).toEqual({ from: 0, to: 4.5 });
    expect(zoomRange(ten, 'step', null, null, 0.5)).toEqual({ from: 2.25, to: 6.75 });
    expect(zoomRange(ten, 'step', { from: 2, to: 7 }, null, 2)).toBeNull();
  });

  it('stays within the data', () => {
    expect(zoomRange(ten, 'step', { from: 8, to: 9 }, null, 4)).toEqual({ from: 5, to: 9 });
  });

  it('does nothing without a stretch to zoom', () => {
    expect(zoomRange([], 'step', null, null, 0.5)).toBeNull();
    expect(zoomRange([series([4])], 'step', null, null, 0.5)).toBeNull();
    expect(extent([series([4])], 'step')).toEqual({ from: 4, to: 4 });
  });
});

describe('pointsFor', () => {
  it('asks for more of the whole, the less of it is visible, in powers of two', () => {
    expect(pointsFor(null, ten, 'step')).toBe(1000);
    expect(pointsFor({ from: 0, to: 9 }, ten, 'step')).toBe(1000);
    expect(pointsFor({ from: 0, to: 3 }, ten, 'step')).toBe(4000);
    expect(pointsFor({ from: 0, to: 2.9 }, ten, 'step')).toBe(4000);
  });

  it('has a limit', () => {
    expect(pointsFor({ from: 0, to: 1e-9 }, ten, 'step')).toBe(200_000);
    expect(pointsFor({ from: 1, to: 1 }, ten, 'step')).toBe(200_000);
    expect(pointsFor({ from: 0, to: 1 }, [], 'step')).toBe(1000);
  });
});

describe('saving', () => {
  it('reads both kinds of data URL', async () => {
    expect(await dataUrlToBlob('data:image/svg+xml,%3Csvg%2F%3E').text()).toBe('<svg/>');
    const png = dataUrlToBlob('data:image/png;base64,iVBO');
    expect(png.type).toBe('image/png');
    expect([...new Uint8Array(await png.arrayBuffer())]).toEqual([0x89, 0x50, 0x4e]);
    expect(() => dataUrlToBlob('blob:x')).toThrow();
  });

  it('makes file names that every system takes', () => {
    expect(fileName('val/loss: 5 %', 'png')).toBe('val-loss-5.png');
    expect(fileName('../..', 'csv')).toBe('chart.csv');
    expect(fileName('准确率', 'svg')).toBe('准确率.svg');
    expect(fileName('x'.repeat(300), 'svg').length).toBeLessThan(100);
  });
});
