import { CloseButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkspaceInfo } from '../client/index.ts';
import { localized } from '../i18n/index.ts';
import { CopyText } from '../ui/index.ts';
import css from './Frame.module.css';

/** Says what of the Git history is missing from the timeline, and why. */
export function HistoryBanner({ git }: { git: NonNullable<WorkspaceInfo['git']> }) {
  const { t } = useTranslation(['shell', 'common']);
  const problems = [...(git.problem === null ? [] : [git.problem]), ...git.unread];
  const text = problems.join('\n');
  const [hidden, setHidden] = useState('');
  if (problems.length === 0 || hidden === text) return null;
  return (
    <section className={css.banner} role="status" aria-label={t('problems.title')}>
      <IconAlertTriangle size={18} aria-hidden />
      <div className={css.bannerText}>
        <strong>{t('problems.title')}</strong>
        {git.problem === null ? t('problems.rest') : localized(git.problem)}
        {git.unread.length > 0 && (
          <details>
            <summary>{t('problems.details', { count: git.unread.length })}</summary>
            <ul>
              {git.unread.map((problem) => (
                <li key={problem}>{localized(problem)}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <CopyText text={text} />
      <CloseButton aria-label={t('common:close')} onClick={() => setHidden(text)} />
    </section>
  );
}
