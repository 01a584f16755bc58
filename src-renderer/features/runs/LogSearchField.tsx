import { ActionIcon, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { localized } from '../../i18n/index.ts';
import css from './runs.module.css';
import type { LogSearch } from './use-log-search.ts';

export interface LogSearchFieldProps extends Pick<LogSearch, 'cut' | 'progress' | 'error'> {
  readonly needle: string;
  readonly onNeedle: (text: string) => void;
  readonly total: number;
  /** From 0. */
  readonly at: number;
  readonly onGo: (way: 1 | -1) => void;
}

/** What is looked for in a log, how often it is there, and the way from one to the next. */
export function LogSearchField(props: LogSearchFieldProps) {
  const { t } = useTranslation('runs');
  const { needle, onNeedle, onGo } = props;
  return (
    <>
      <TextInput
        data-filter
        aria-label={t('log.search')}
        placeholder={t('log.search')}
        leftSection={<IconSearch size={14} />}
        value={needle}
        onChange={(event) => onNeedle(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onGo(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape') onNeedle('');
        }}
      />
      {needle !== '' && (
        <>
          <span className={css.dim} role="status">
            <Found {...props} />
          </span>
          <ActionIcon aria-label={t('log.previous')} onClick={() => onGo(-1)}>
            <IconChevronUp size={16} />
          </ActionIcon>
          <ActionIcon aria-label={t('log.next')} onClick={() => onGo(1)}>
            <IconChevronDown size={16} />
          </ActionIcon>
        </>
      )}
    </>
  );
}

function Found({ total, at, cut, progress, error }: LogSearchFieldProps) {
  const { t } = useTranslation('runs');
  if (error !== null) return localized(error);
  if (progress !== null) return t('log.searching', { percent: Math.floor(progress * 100) });
  if (total === 0) return t('log.noMatches');
  return `${at + 1} / ${t('log.matches', { count: total })}${cut ? '+' : ''}`;
}
