import { useTranslation } from 'react-i18next';
import type { VerifyReport } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { MiddleEllipsis, Size } from '../../ui/index.ts';
import css from './bundles.module.css';

/** What the bundle names with its hash, but does not hold. */
export function Omitted({ items }: { items: VerifyReport['omitted'] }) {
  const { t } = useTranslation('bundles');
  if (items.length === 0) return null;
  return (
    <details className={css.omitted}>
      <summary>{t('omitted', { count: items.length })}</summary>
      <ul className={css.fileList}>
        {items.map((item) => (
          <li key={item.path} className={css.fileRow}>
            <MiddleEllipsis text={item.path} max={64} mono />
            <span className={css.dim}>{localized(item.reason)}</span>
            <span className={css.fileSize}>
              {item.size === null ? '' : <Size bytes={item.size} />}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
