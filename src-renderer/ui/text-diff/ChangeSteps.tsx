import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import css from './text-diff.module.css';

export interface ChangeStepsProps {
  /** The change that is shown, from 1; 0 for none. */
  readonly at: number;
  readonly total: number;
  readonly onStep: (way: 1 | -1) => void;
}

/** Which change of how many, and the way to the next. */
export function ChangeSteps({ at, total, onStep }: ChangeStepsProps) {
  const { t } = useTranslation('compare');
  return (
    <>
      <span className={css.dim} aria-live="polite">
        {at === 0 ? t('changes', { count: total }) : t('changeOf', { at, count: total })}
      </span>
      <ActionIcon aria-label={t('previous')} title={t('previous')} onClick={() => onStep(-1)}>
        <IconArrowUp size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('next')} title={t('next')} onClick={() => onStep(1)}>
        <IconArrowDown size={16} />
      </ActionIcon>
    </>
  );
}
