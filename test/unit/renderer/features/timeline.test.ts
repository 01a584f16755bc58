import { describe, expect, it } from 'vitest';
import { daysOf, levelOf, moveDay } from '../../../../src-renderer/features/timeline/calendar.ts';
import { countByDay, type Outline } from '../../../../src-renderer/features/timeline/outline.ts';
import {
  buildRows,
  type RowOptions,
  rowOfDay,
} from '../../../../src-renderer/features/timeline/rows.ts';
import { dayOf } from '../../../../src-renderer/ui/format.ts';

const noon = new Date(2026, 10, 18, 12).getTime();
const hour = 3_600_000;

/** `c` is a quiet commit, `C` one with something to say, a digit a run of that experiment, `-` the next day down. */
function outlineOf(text: string): Outline {
  const cells: { key: string; at: number; experiment: number; quiet: boolean }[] = [];
  let days = 0;
  for (const [place, sign] of [...text].entries()) {
    if (sign === '-') days += 1;
    else
      cells.push({
        key: `${sign}${place}`,
        at: noon - days * 24 * hour - place * 1000,
        experiment: /\d/.test(sign) ? Number(sign) : -1,
        quiet: sign === 'c',
      });
  }
  return {
    keys: cells.map((cell) => cell.key),
    at: Float64Array.from(cells, (cell) => cell.at),
    experiment: Float64Array.from(cells, (cell) => cell.experiment),
    quiet: Uint8Array.from(cells, (cell) => Number(cell.quiet)),
    experiments: [],
  };
}

const usual: RowOptions = {
  group: 'day',
  toggled: new Set(),
  lastVisit: null,
  newestFirst: true,
  dayOf,
};
const lay = (text: string, options: Partial<RowOptions> = {}): string[] =>
  buildRows(outlineOf(text), { ...usual, ...options }).map((row) =>
    row.kind === 'cell' ? row.key : row.kind,
  );

describe('by day', () => {
  it('folds three or more commits in which nothing happened', () => {
    expect(lay('ccc')).toEqual(['day', 'fold']);
    expect(lay('cc')).toEqual(['day', 'c0', 'c1']);
    expect(lay('ccc', { toggled: new Set(['fold c0']) })).toEqual([
      'day',
      'fold',
      'c0',
      'c1',
      'c2',
    ]);
  });

  it('folds neither across something that happened nor across days', () => {
    expect(lay('ccCcc')).toEqual(['day', 'c0', 'c1', 'C2', 'c3', 'c4']);
    expect(lay('cc1ccc')).toEqual(['day', 'c0', 'c1', '12', 'fold']);
    expect(lay('cc-cc')).toEqual(['day', 'c0', 'c1', 'day', 'c3', 'c4']);
  });

  it('marks where the last visit ended, in either direction', () => {
    const outline = outlineOf('12-1');
    const lastVisit = noon - 5 * hour;
    const rows = buildRows(outline, { ...usual, lastVisit });
    expect(rows.map((row) => row.kind)).toEqual(['day', 'cell', 'cell', 'visit', 'day', 'cell']);
    expect(rows[3]).toMatchObject({ count: 2, at: lastVisit });
    // Nothing is new, or all of it is.
    expect(lay('12', { lastVisit: noon + hour })).not.toContain('visit');
    expect(lay('12', { lastVisit: noon - 90 * 24 * hour })).not.toContain('visit');
  });

  it('lays out nothing', () => {
    expect(lay('')).toEqual([]);
  });

  it('lays 50 000 cells out between two frames', () => {
    const outline = outlineOf('cC1ccc-'.repeat(8400));
    const start = performance.now();
    const rows = buildRows(outline, usual);
    expect(performance.now() - start).toBeLessThan(500);
    expect(rows.length).toBeGreaterThan(30_000);
  });
});

describe('by experiment', () => {
  it('begins with the one in which something happened last, and ends with the rest', () => {
    const group = 'experiment';
    expect(lay('C2-12c', { group })).toEqual([
      'group',
      '21',
      '24',
      'group',
      '13',
      'group',
      'C0',
      'c5',
    ]);
    expect(lay('C2-12c', { group, toggled: new Set(['group 2']) })).toEqual([
      'group',
      'group',
      '13',
      'group',
      'C0',
      'c5',
    ]);
  });
});

describe('going to a day', () => {
  const find = (text: string, day: number, newestFirst = true): number => {
    const outline = outlineOf(text);
    return rowOfDay(buildRows(outline, usual), outline.at, day, newestFirst);
  };

  it('finds the day, or the next one in which something happened', () => {
    const day = dayOf(noon);
    expect(find('12-1--2', day)).toBe(0);
    expect(find('12-1--2', dayOf(noon - 24 * hour))).toBe(3);
    expect(find('12-1--2', dayOf(noon - 48 * hour))).toBe(5);
    expect(find('12-1--2', dayOf(noon - 480 * hour))).toBe(6);
    expect(find('12-1--2', dayOf(noon + 480 * hour))).toBe(0);
    expect(find('', day)).toBe(-1);
  });
});

describe('the year of activity', () => {
  it('has every day once, in weeks that begin on Monday', () => {
    for (const year of [2024, 2025, 2026]) {
      const days = daysOf(year);
      expect(days).toHaveLength(year === 2024 ? 366 : 365);
      expect(new Set(days.map(({ week, weekday }) => week * 7 + weekday)).size).toBe(days.length);
      for (const { day, weekday } of days) expect((new Date(day).getDay() + 6) % 7).toBe(weekday);
    }
  });

  it('counts by local days of that year alone', () => {
    const at = Float64Array.of(
      new Date(2026, 0, 1).getTime(),
      new Date(2026, 0, 1, 23, 59, 59, 999).getTime(),
      new Date(2025, 11, 31, 23, 59).getTime(),
      new Date(2027, 0, 1).getTime(),
    );
    expect([...countByDay(at, 2026, dayOf)]).toEqual([[new Date(2026, 0, 1).getTime(), 2]]);
  });

  it('is moved through by keys, over changes of the clock too', () => {
    const march = new Date(2026, 2, 29).getTime();
    expect(moveDay(march, 'ArrowDown')).toBe(new Date(2026, 2, 30).getTime());
    expect(moveDay(march, 'ArrowLeft')).toBe(new Date(2026, 2, 22).getTime());
    expect(moveDay(new Date(2026, 0, 1).getTime(), 'ArrowUp')).toBe(
      new Date(2025, 11, 31).getTime(),
    );
    expect(moveDay(march, 'End')).toBe(new Date(2026, 11, 31).getTime());
    expect(moveDay(march, 'a')).toBeNull();
  });

  it('has four shades', () => {
    expect([0, 1, 2, 8, 64].map((count) => levelOf(count, 64))).toEqual([0, 1, 1, 2, 4]);
    expect(levelOf(1, 1)).toBe(1);
  });
});
