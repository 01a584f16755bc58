import { describe, expect, it } from 'vitest';
import { localTime } from '../../../../src-main/shells/cli/output.ts';

describe('times on the command line', () => {
  it('are the same whatever the locale, by the clock of this machine', () => {
    const at = new Date(2026, 10, 3, 4, 5, 6).getTime();
    expect(localTime(at)).toBe('2026-11-03 04:05:06');
  });

  it('are empty for what is no time', () => {
    expect(localTime(Number.NaN)).toBe('');
    expect(localTime(1e19)).toBe('');
  });
});
