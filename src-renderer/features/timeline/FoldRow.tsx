import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CommitCell } from '../../client/index.ts';
import css from './timeline.module.css';

/** Commits in which nothing happened to the experiments, in one line. */
export function FoldRow({
  commits,
  open,
  onToggle,
}: {
  commits: readonly CommitCell[];
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
        <span className={css.foldCount}>{t('commits', { count: commits.length })}</span>
        {!open && (
          <span className={css.foldSubjects}>
            {commits.map((commit) => commit.subject).join(' · ')}
          </span>
        )}
      </button>
    </div>
  );
}
