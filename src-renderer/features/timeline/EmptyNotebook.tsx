import { Button } from '@mantine/core';
import { IconBook2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { showDialog } from '../../state/index.ts';
import { EmptyState, MiddleEllipsis } from '../../ui/index.ts';
import css from './timeline.module.css';

/** A folder in which nothing has happened yet: what was found in it, and how to begin. */
export function EmptyNotebook({ onNote }: { onNote: () => void }) {
  const { t } = useTranslation('timeline');
  const audit = useOperation('workspace.audit', {}, { topics: [topics.workspace] });
  // Where Cairn keeps its own records is nothing that was found.
  const items = (audit.data?.items ?? []).filter((item) => item.path !== '.cairn');
  return (
    <div className={css.scroller}>
      <EmptyState
        icon={<IconBook2 size={32} stroke={1.3} />}
        title={t('empty.title')}
        actions={
          <>
            <Button variant="filled" onClick={() => showDialog({ kind: 'new-run' })}>
              {t('empty.run')}
            </Button>
            <Button onClick={onNote}>{t('empty.note')}</Button>
          </>
        }
      >
        {t('empty.body')}
      </EmptyState>
      {items.length > 0 && (
        <section className={css.found}>
          <h2>{t('found')}</h2>
          <ul>
            {items.map((item) => (
              <li key={`${item.kind} ${item.path}`}>
                <MiddleEllipsis text={item.path} max={48} mono />
                <span className={item.problem === null ? css.dim : css.problem}>
                  {localized(item.problem ?? item.detail)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
