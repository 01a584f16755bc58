import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useClient, useConnection } from '../client/index.ts';
import css from './Frame.module.css';

/** Says that what is shown may be out of date, while the core does not answer. */
export function OfflineStrip() {
  const { t } = useTranslation(['shell', 'common']);
  const { connection } = useClient();
  const { phase, attempt } = useConnection();
  // A connection that is back at once is not worth a word.
  if (phase === 'online' || attempt === 0) return null;
  return (
    <section className={css.banner} role="status">
      <IconPlugConnectedX size={18} aria-hidden />
      <div className={css.bannerText}>{t('common:stale')}</div>
      <Button onClick={connection.reconnect}>{t('status.reconnect')}</Button>
    </section>
  );
}
