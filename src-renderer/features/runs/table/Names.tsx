import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { Cell } from '../../../client/index.ts';
import { useWords } from '../../../i18n/index.ts';
import { RunLabel } from '../../../ui/index.ts';
import type { GroupLine, RunLine } from './lines.ts';
import css from './table.module.css';

/** What a run is called, as deep as it is nested. */
export function RunName({ line, onFold }: { line: RunLine; onFold: (key: string) => void }) {
  const t = useWords('runs');
  const { row, depth, open } = line;
  return (
    <span className={css.name} style={{ paddingInlineStart: depth * 16 }}>
      {open === null ? null : <Fold open={open} onFold={() => onFold(line.key)} />}
      {row === null ? (
        <span className={css.loading} />
      ) : (
        <>
          <RunLabel label={row.head.label} name={row.head.name} />
          {row.head.starred && (
            <span className={css.star} role="img" aria-label={t('starred')}>
              ★
            </span>
          )}
        </>
      )}
    </span>
  );
}

/** What the runs of a group have in common, and how many there are. */
export function GroupName({ line, onFold }: { line: GroupLine; onFold: (key: string) => void }) {
  const t = useWords('table');
  const { values, ids, open, row } = line;
  return (
    <span className={css.name}>
      <Fold open={open} onFold={() => onFold(line.key)} />
      {values.length > 0 ? (
        <span
          className={css.groupName}
          title={values.map((value) => shown(value, '–')).join(' · ')}
        >
          {values.map((value) => shown(value, t('noValue'))).join(' · ')}
        </span>
      ) : row === null ? (
        <span className={css.loading} />
      ) : (
        <RunLabel label={row.head.label} name={row.head.name} />
      )}
      <span className={css.count} title={t('runsInGroup', { count: ids.length })}>
        {values.length > 0 ? ids.length : `n=${ids.length}`}
      </span>
    </span>
  );
}

function shown(value: Cell, none: string): string {
  return value === null || value === '' ? none : String(value);
}

function Fold({ open, onFold }: { open: boolean; onFold: () => void }) {
  const t = useWords('table');
  return (
    <button
      type="button"
      tabIndex={-1}
      className={css.fold}
      aria-expanded={open}
      aria-label={t(open ? 'fold' : 'unfold')}
      onClick={onFold}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
    </button>
  );
}
