import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../client/index.ts';
import { formatSize, Written } from '../../ui/index.ts';
import css from './bundles.module.css';
import { Omitted } from './Omitted.tsx';

/** The bundle that was written, and what to do with it now. */
export function WrittenBundle({
  result,
  onVerify,
}: {
  readonly result: Output<'bundles.export'>;
  readonly onVerify: () => void;
}) {
  const { t } = useTranslation('bundles');
  return (
    <div className={css.result} data-tone="good">
      <Written
        path={result.path}
        bytes={result.bytes}
        title={<b>{t('written', { count: result.files, size: formatSize(result.bytes) })}</b>}
        actions={<Button onClick={onVerify}>{t('verifyIt')}</Button>}
      />
      <p className={css.dim}>{t('colleague')}</p>
      <Omitted items={result.omitted} />
    </div>
  );
}
