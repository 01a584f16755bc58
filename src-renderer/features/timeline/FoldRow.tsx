import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import css from './timeline.module.css';

/** Commits in which nothing happened to the experiments, in one line. */
export function FoldRow({
  count,
  subjects,
  open,
  onToggle,
}: {
  count: number;
  /** Of the first of them. */
  subjects: string;
  open: boolean;
  onToggle: () => void;
}) {
  const { t } = useTranslation('timeline');
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div className={css.cell} data-fold>
      <div className={css.time} />
      <div className={css.mark}>
        <Chevron size={14} aria-hidden />
      </div>
      <button
        type="button"
        className={css.fold}
        tabIndex={-1}
        aria-expanded={open}
        onClick={onToggle}
      >
        <span className={css.foldCount}>{t('commits', { count })}</span>
        {!open && <span className={css.foldSubjects}>{subjects}</span>}
      </button>
    </div>
  );
}
