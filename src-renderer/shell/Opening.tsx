import { useTranslation } from 'react-i18next';
import { localized } from '../i18n/index.ts';
import type { Opening as OpeningState } from '../state/index.ts';
import { MiddleEllipsis, ProgressBar } from '../ui/index.ts';
import css from './Frame.module.css';

/** How far the opening of a folder is. */
export function Opening({ opening }: { opening: OpeningState }) {
  const { t } = useTranslation('welcome');
  return (
    <div className={css.opening} role="status">
      <h1 style={{ fontSize: '1.25rem', margin: 0 }}>{t('opening')}</h1>
      <MiddleEllipsis text={opening.path} max={64} mono />
      <ProgressBar
        label={opening.progress === null ? t('reading') : localized(opening.progress.phase)}
        report={opening.progress}
        onCancel={opening.cancel}
      />
    </div>
  );
}
