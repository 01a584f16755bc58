import { describe, expect, it } from 'vitest';
import { LogBuffer } from '../../../../../src-renderer/features/runs/log-buffer.ts';
import { timeAt } from '../../../../../src-renderer/features/runs/use-log-times.ts';

describe('the time of a line', () => {
  const known = {
    ends: Float64Array.of(0, 10, 25, 40),
    times: Float64Array.of(Number.NaN, 1000, 2000, 3000),
  };

  it('is the first moment at which the log was longer than up to its beginning', () => {
    expect([0, 9, 10, 24, 25, 39].map((offset) => timeAt(known, offset))).toEqual([
      ...[1000, 1000, 2000, 2000, 3000, 3000],
    ]);
    expect(timeAt(known, 40)).toBeNull();
    expect(timeAt({ ends: new Float64Array(0), times: new Float64Array(0) }, 0)).toBeNull();
  });

  it('is looked up by the byte that a line begins at, also in a part of a log', () => {
    const buffer = new LogBuffer(true, 100);
    buffer.push(new TextEncoder().encode('rest\nüber\nopen'));
    expect([buffer.startOf(0), buffer.startOf(1)]).toEqual([105, 111]);
    expect(buffer.line(1).text).toBe('open');
  });
});
