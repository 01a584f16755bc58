import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Outline } from './outline.ts';
import css from './timeline.module.css';

/** The heading of an experiment, with how much happened in it. */
export function GroupRow({
  experiment,
  count,
  open,
  onToggle,
}: {
  experiment: Outline['experiments'][number] | undefined;
  count: number;
  open: boolean;
  onToggle: () => void;
}) {
  const { t } = useTranslation('timeline');
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <button
      type="button"
      className={css.group}
      tabIndex={-1}
      aria-expanded={open}
      onClick={onToggle}
    >
      <Chevron size={14} aria-hidden />
      <strong>
        {experiment === undefined ? t('noExperiment') : `${experiment.label} ${experiment.name}`}
      </strong>
      <span className={css.dim}>{t('count', { count })}</span>
    </button>
  );
}
