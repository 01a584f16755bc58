import { type KeyboardEvent, type MouseEvent, memo, type RefCallback, useState } from 'react';
import type { TimelineCell } from '../../client/index.ts';
import { useWords } from '../../i18n/index.ts';
import { dayOf, formatDay, RelativeTime } from '../../ui/index.ts';
import { CellView } from './CellView.tsx';
import { FoldRow } from './FoldRow.tsx';
import { GroupRow } from './GroupRow.tsx';
import type { Outline } from './outline.ts';
import type { TimelineRow } from './rows.ts';
import css from './timeline.module.css';

/** What happens to a row, by its key. The object never changes. */
export interface RowEvents {
  onKeyDown(event: KeyboardEvent): void;
  onClick(event: MouseEvent, key: string): void;
  onFocus(key: string): void;
  onOpen(key: string): void;
  onToggle(key: string): void;
  onEditing(key: string, editing: boolean): void;
}

export interface NotebookRowProps {
  readonly row: TimelineRow;
  /** Its place among the rows, and where it begins in pixels. */
  readonly index: number;
  readonly start: number;
  readonly measure: RefCallback<HTMLElement>;
  /** What it shows; undefined while that is on its way. */
  readonly cell: TimelineCell | undefined;
  /** Of a fold. */
  readonly subjects: string;
  readonly experiments: Outline['experiments'];
  /** Whether cells say their day: no heading does. */
  readonly withDate: boolean;
  /** Its place among the entries, from 1, and how many there are. */
  readonly position: number;
  readonly count: number;
  readonly active: boolean;
  readonly tabbable: boolean;
  readonly selected: boolean;
  readonly editing: boolean;
  readonly now: number;
  readonly locale: string;
  readonly events: RowEvents;
}

/** One row of the notebook. Drawn anew only when something of it changes. */
export const NotebookRow = memo(function NotebookRow(props: NotebookRowProps) {
  const { row, index, start, measure, active, tabbable, events } = props;
  const t = useWords('timeline');
  const common = useWords('common');
  const [pointed, setPointed] = useState(false);
  const place = {
    ref: measure,
    'data-index': index,
    'data-kind': row.kind,
    className: css.row,
    style: { transform: `translateY(${start}px)` },
  };
  if (row.kind === 'day') {
    return (
      // A feed holds articles only; their times say the day.
      <div {...place} aria-hidden>
        <DayName day={row.day} now={props.now} locale={props.locale} />
      </div>
    );
  }
  if (row.kind === 'visit') {
    return (
      <div {...place} aria-hidden>
        <span className={css.visit}>
          {t('visit.new', { count: row.count })} · {t('visit.last')} <RelativeTime at={row.at} />
        </span>
      </div>
    );
  }
  return (
    <article
      {...place}
      data-key={row.key}
      data-list={tabbable ? '' : undefined}
      data-active={active || undefined}
      data-selected={props.selected || undefined}
      aria-posinset={props.position}
      aria-setsize={props.count}
      aria-label={labelOf(props, t, common('loading'))}
      tabIndex={tabbable ? 0 : -1}
      onKeyDown={events.onKeyDown}
      onFocus={() => !active && events.onFocus(row.key)}
      onClick={(event) => events.onClick(event, row.key)}
      onDoubleClick={(event) => !isSelectingText(event.target) && events.onOpen(row.key)}
      onMouseEnter={() => setPointed(true)}
      onMouseLeave={() => setPointed(false)}
    >
      {row.kind === 'fold' ? (
        <FoldRow
          count={row.indexes.length}
          subjects={props.subjects}
          open={row.open}
          onToggle={() => events.onToggle(row.key)}
        />
      ) : row.kind === 'group' ? (
        <GroupRow
          experiment={props.experiments[row.experiment]}
          count={row.count}
          open={row.open}
          onToggle={() => events.onToggle(row.key)}
        />
      ) : props.cell === undefined ? (
        <div className={css.waiting} />
      ) : (
        <CellView
          cell={props.cell}
          handled={pointed || active}
          withDate={props.withDate}
          editing={props.editing}
          onEditing={(on) => events.onEditing(row.key, on)}
        />
      )}
    </article>
  );
});

/** `Today, Saturday 21 November`; the word only where there is one. */
function DayName({ day, now, locale }: { day: number; now: number; locale: string }) {
  const t = useWords('common');
  const date = formatDay(day, now, locale);
  if (day === dayOf(now)) return t('time.today', { date });
  if (day === dayOf(dayOf(now) - 1)) return t('time.yesterday', { date });
  return date;
}

/** What an entry is called, for those who move through the feed without seeing it. */
function labelOf(
  { row, cell, subjects, experiments }: NotebookRowProps,
  t: ReturnType<typeof useWords<'timeline'>>,
  loading: string,
): string {
  if (row.kind === 'fold') return `${t('commits', { count: row.indexes.length })}: ${subjects}`;
  if (row.kind === 'group') return experiments[row.experiment]?.name ?? t('noExperiment');
  switch (cell?.kind) {
    case 'run':
      return `${cell.run.label} ${cell.run.name}`;
    case 'commit':
      return cell.subject;
    case 'data':
      return cell.changes.map((change) => change.path).join(', ');
    case 'note':
      return cell.body.slice(0, 80);
    case 'bundle':
      return `${cell.label} ${cell.path}`;
    case 'promotion':
      return `${cell.name} ${cell.version} ${cell.value}`;
    case undefined:
      return loading;
  }
}

/** Notes and commands are there to be selected by double click. */
function isSelectingText(target: EventTarget): boolean {
  return target instanceof Element && target.closest('p, code, pre, textarea, button, a') !== null;
}
