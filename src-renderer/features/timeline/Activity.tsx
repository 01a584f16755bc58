import { ActionIcon, Input } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../state/index.ts';
import { dayOf, formatDay } from '../../ui/index.ts';
import { daysOf, levelOf, moveDay } from './calendar.ts';
import { countByDay, type Outline } from './outline.ts';
import css from './timeline.module.css';

/** A year, a square for each day, darker where more happened. Enter goes to the day. */
export function Activity({ outline, onDay }: { outline: Outline; onDay: (day: number) => void }) {
  const { t } = useTranslation('timeline');
  const locale = usePreferences((state) => state.locale);
  const years = useMemo(() => yearsOf(outline.at), [outline]);
  const [chosen, setYear] = useState<number | null>(null);
  const year = chosen ?? years.last;
  const counts = useMemo(() => countByDay(outline.at, year, dayOf), [outline, year]);
  const days = useMemo(() => daysOf(year), [year]);
  const most = Math.max(1, ...counts.values());
  const newest = Math.max(...counts.keys(), new Date(year, 0, 1).getTime());
  const [moved, setCursor] = useState<number | null>(null);
  const cursor = moved !== null && new Date(moved).getFullYear() === year ? moved : newest;
  const grid = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moveDay(cursor, event.key);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setCursor(next);
    setYear(new Date(next).getFullYear());
    requestAnimationFrame(() =>
      grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus(),
    );
  };
  const words = (day: number): string =>
    `${formatDay(day, 0, locale)}: ${t('count', { count: counts.get(day) ?? 0 })}`;
  return (
    <section className={css.activity} aria-label={t('activity.title')}>
      <div className={css.controls}>
        <div className={css.years}>
          <ActionIcon
            aria-label={t('activity.yearBefore')}
            disabled={year <= years.first}
            onClick={() => setYear(year - 1)}
          >
            <IconChevronLeft size={14} />
          </ActionIcon>
          <strong>{year}</strong>
          <ActionIcon
            aria-label={t('activity.yearAfter')}
            disabled={year >= years.last}
            onClick={() => setYear(year + 1)}
          >
            <IconChevronRight size={14} />
          </ActionIcon>
        </div>
        <Input
          type="date"
          size="xs"
          aria-label={t('goToDate')}
          title={t('goToDate')}
          onChange={(event) => {
            // As the browser has it, the date is of no time zone; the timeline's days are local.
            const [y = 0, month = 1, day = 1] = event.currentTarget.value.split('-').map(Number);
            if (y > 1000) onDay(new Date(y, month - 1, day).getTime());
          }}
        />
      </div>
      <div
        ref={grid}
        className={css.calendar}
        role="toolbar"
        aria-label={t('activity.days', { year })}
        onKeyDown={onKeyDown}
      >
        {days.map(({ day, week, weekday }) => (
          <button
            key={day}
            type="button"
            className={css.dayDot}
            style={{ gridColumn: week + 1, gridRow: weekday + 1 }}
            data-level={levelOf(counts.get(day) ?? 0, most)}
            tabIndex={day === cursor ? 0 : -1}
            aria-label={words(day)}
            title={words(day)}
            onClick={() => {
              setCursor(day);
              onDay(day);
            }}
          />
        ))}
      </div>
    </section>
  );
}

function yearsOf(at: Float64Array): { first: number; last: number } {
  const now = new Date().getFullYear();
  const ends = [at[0], at.at(-1)].flatMap((moment) =>
    moment === undefined ? [] : new Date(moment).getFullYear(),
  );
  return { first: Math.min(now, ...ends), last: Math.max(now, ...ends) };
}
