/** A year as a grid of weeks, Monday first, as ISO 8601 has it. Days are the epoch ms of their start. */

export interface CalendarDay {
  readonly day: number;
  /** From 0, the first of them the one with 1 January. */
  readonly week: number;
  /** 0 is Monday. */
  readonly weekday: number;
}

export function daysOf(year: number): CalendarDay[] {
  const days: CalendarDay[] = [];
  const lead = (new Date(year, 0, 1).getDay() + 6) % 7;
  for (let place = lead; ; place++) {
    const date = new Date(year, 0, place - lead + 1);
    if (date.getFullYear() !== year) return days;
    days.push({ day: date.getTime(), week: Math.floor(place / 7), weekday: place % 7 });
  }
}

const moves: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  ArrowLeft: -7,
  ArrowRight: 7,
  PageUp: -28,
  PageDown: 28,
};

/** The day that a key moves to; null for other keys. Home and End are those of the year. */
export function moveDay(day: number, key: string): number | null {
  const date = new Date(day);
  const year = date.getFullYear();
  if (key === 'Home') return new Date(year, 0, 1).getTime();
  if (key === 'End') return new Date(year, 11, 31).getTime();
  const by = moves[key];
  if (by === undefined) return null;
  return new Date(year, date.getMonth(), date.getDate() + by).getTime();
}

/** 0 for nothing, 1…4 by how much, on a scale on which doubling is a step. */
export function levelOf(count: number, most: number): number {
  if (count === 0) return 0;
  return Math.min(4, 1 + Math.floor((4 * Math.log2(count)) / (Math.log2(most) + 1)));
}
