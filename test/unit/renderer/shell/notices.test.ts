import { describe, expect, it } from 'vitest';
import { fractionOf, isWorthAWord, step } from '../../../../src-renderer/shell/notices/ends.ts';

const run = (status: 'FINISHED' | 'RUNNING' | 'FAILED', seconds: number | null) => ({
  id: 'a',
  label: '02.7',
  name: 'wider-net',
  status,
  startedAt: 1_000_000,
  endedAt: seconds === null ? null : 1_000_000 + seconds * 1000,
});

describe('the end of a run', () => {
  it('is seen when a run that was running is not among those any more', () => {
    const first = step(new Set(), ['a', 'b']);
    expect(first.gone).toEqual([]);
    const second = step(first.seen, ['b', 'c']);
    expect(second.gone).toEqual(['a']);
    expect(step(second.seen, []).gone).toEqual(['b', 'c']);
  });

  it('is worth a word when somebody may have gone elsewhere meanwhile', () => {
    expect(isWorthAWord(run('FINISHED', 60))).toBe(true);
    expect(isWorthAWord(run('FAILED', 10))).toBe(true);
    expect(isWorthAWord(run('FINISHED', 9))).toBe(false);
    expect(isWorthAWord(run('FINISHED', null))).toBe(false);
    // It fell out of the list of the newest, and goes on.
    expect(isWorthAWord(run('RUNNING', 60))).toBe(false);
  });
});

describe('how far a run is', () => {
  const stages = (...states: string[]) => ({ stages: states.map((state) => ({ state })) });

  it('is known of a pipeline, by its stages', () => {
    expect(fractionOf([stages('cached', 'done', 'running', 'waiting')])).toBe(0.5);
    expect(fractionOf([stages('waiting', 'waiting')])).toBe(0);
  });

  it('is not known of anything else', () => {
    expect(fractionOf([])).toBeNull();
    expect(fractionOf([stages('running')])).toBeNull();
    expect(fractionOf([stages('done', 'running'), stages('done', 'running')])).toBeNull();
  });
});
