import { describe, expect, it } from 'vitest';
import {
  extent,
  moveCursor,
  nearestIndex,
  nearestValues,
  nextRun,
  zoomRange,
} from '../../../../src-renderer/charts/keyboard.ts';
import { padded, withDetail } from '../../../../src-renderer/charts/refetch.ts';
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

describe('withDetail', () => {
  const stretch = padded({ from: 4, to: 6 });

  it('puts the detailed points between the coarse ones', () => {
    expect(stretch).toEqual({ from: 3, to: 7 });
    const fine = series([3, 3.5, 4, 6.9]);
    const [one] = withDetail(ten, [fine], stretch, 'step');
    expect([...(one?.steps ?? [])]).toEqual([0, 1, 2, 3, 3.5, 4, 6.9, 8, 9]);
    expect([...(one?.values ?? [])]).toEqual([0, 2, 4, 6, 7, 8, 13.8, 16, 18]);
    expect(one?.times).toHaveLength(9);
  });

  it('leaves series without detail as they are', () => {
    expect(withDetail(ten, [series([4], 'other')], stretch, 'step')[0]).toBe(ten[0]);
  });

  it('joins bands and means along', () => {
    const column = (...values: number[]): Float64Array => Float64Array.from(values);
    const with3 = (steps: number[], low: number): Series => {
      const values = column(...steps.map(() => low));
      const own = series(steps);
      return {
        ...own,
        x: own.steps,
        means: values,
        band: { low: values, high: values, counts: values },
      };
    };
    const [one] = withDetail([with3([0, 5, 9], 1)], [with3([4, 5, 6], 2)], stretch, 'step');
    expect([...(one?.x ?? [])]).toEqual([0, 4, 5, 6, 9]);
    expect([...(one?.means ?? [])]).toEqual([1, 2, 2, 2, 1]);
    expect([...(one?.band?.high ?? [])]).toEqual([1, 2, 2, 2, 1]);
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

describe('nextRun', () => {
  const values = [
    { runId: 'low', value: 1 },
    { runId: 'none', value: Number.NaN },
    { runId: 'high', value: 9 },
    { runId: 'mid', value: 5 },
  ];

  it('goes up and down by the values, and stays at the last', () => {
    expect(nextRun(values, null, 1)).toBe('high');
    expect(nextRun(values, 'high', 1)).toBe('mid');
    expect(nextRun(values, 'mid', 1)).toBe('low');
    expect(nextRun(values, 'low', 1)).toBe('none');
    expect(nextRun(values, 'none', 1)).toBe('none');
    expect(nextRun(values, 'mid', -1)).toBe('high');
    expect(nextRun(values, 'high', -1)).toBe('high');
  });

  it('begins at the far end, also where a run is gone', () => {
    expect(nextRun(values, null, -1)).toBe('none');
    expect(nextRun(values, 'gone', 1)).toBe('high');
    expect(nextRun([], null, 1)).toBeNull();
  });
});
