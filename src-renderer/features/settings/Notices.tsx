import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../client/index.ts';
import { usePreferences } from '../../state/index.ts';
import { Section } from '../../ui/index.ts';
import css from './settings.module.css';

/** Whether the system says that a run has ended. A browser has the last word on its own messages. */
export function Notices() {
  const { t } = useTranslation('settings');
  const { bridge } = useClient();
  const { notifyRuns, set } = usePreferences();
  const [denied, setDenied] = useState(
    bridge === null && 'Notification' in window && Notification.permission === 'denied',
  );
  const choose = async (yes: boolean): Promise<void> => {
    const allowed =
      yes && bridge === null && 'Notification' in window
        ? (await Notification.requestPermission()) === 'granted'
        : yes;
    setDenied(yes && !allowed);
    set({ notifyRuns: allowed ? 'yes' : 'no' });
  };
  return (
    <Section title={t('notices')}>
      <p className={css.about}>{t('noticesText')}</p>
      <SegmentedControl
        aria-label={t('notices')}
        value={notifyRuns === 'yes' ? 'yes' : 'no'}
        onChange={(value) => void choose(value === 'yes')}
        data={[
          { value: 'yes', label: t('notice.yes') },
          { value: 'no', label: t('notice.no') },
        ]}
      />
      {denied && <p className={css.dim}>{t('noticesDenied')}</p>}
    </Section>
  );
}
