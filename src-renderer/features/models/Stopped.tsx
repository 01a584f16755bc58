import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import css from './models.module.css';

/** Says that a comparison was stopped, and starts it again. */
export function Stopped({ onAgain }: { readonly onAgain: () => void }) {
  const { t } = useTranslation('models');
  return (
    <div className={css.stopped} role="status">
      {t('stopped')}
      <Button onClick={onAgain}>{t('again')}</Button>
    </div>
  );
}
