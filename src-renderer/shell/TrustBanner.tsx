import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkspaceInfo } from '../client/index.ts';
import { useCommand } from '../ui/index.ts';
import css from './Frame.module.css';

/** Says that the folder is only read, and lets the person trust it. */
export function TrustBanner({ workspace }: { workspace: WorkspaceInfo }) {
  const { t } = useTranslation('shell');
  const [hiddenFor, setHiddenFor] = useState<string | null>(null);
  const trust = useCommand('workspace.setTrust');
  if (workspace.trusted || hiddenFor === workspace.root) return null;
  return (
    <section className={css.banner} aria-label={t('trust.title')}>
      <IconLock size={18} aria-hidden />
      <div className={css.bannerText}>
        <strong>{t('trust.title')}</strong>
        {t('trust.body')}
      </div>
      <Button
        variant="filled"
        loading={trust.busy}
        onClick={async () => {
          // The button goes, and the keyboard with it.
          if ((await trust.run({ trusted: true })) !== null) focusView();
        }}
      >
        {t('trust.trust')}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        onClick={() => {
          setHiddenFor(workspace.root);
          focusView();
        }}
      >
        {t('trust.later')}
      </Button>
    </section>
  );
}

function focusView(): void {
  document.getElementById('main-view')?.focus({ preventScroll: true });
}
