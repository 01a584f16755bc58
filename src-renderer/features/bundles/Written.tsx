import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Output, useClient } from '../../client/index.ts';
import { Badge, CopyText, formatSize, notifyError } from '../../ui/index.ts';
import css from './bundles.module.css';
import { Omitted } from './Omitted.tsx';

/** What was written where, and what to do with it now. */
export function Written({
  result,
  onVerify,
}: {
  readonly result: Output<'bundles.export'>;
  readonly onVerify: () => void;
}) {
  const { t } = useTranslation('bundles');
  const { bridge } = useClient();
  return (
    <section className={css.result} data-tone="good" role="status">
      <Badge tone="good" shape="✓">
        <b>{t('written', { count: result.files, size: formatSize(result.bytes) })}</b>
      </Badge>
      <code className={css.path}>{result.path}</code>
      <div className={css.actions}>
        <Button onClick={onVerify}>{t('verifyIt')}</Button>
        {bridge !== null && (
          <Button onClick={() => void bridge.revealPath(result.path).catch(notifyError)}>
            {t('reveal')}
          </Button>
        )}
        <CopyText text={result.path} label={t('copyPath')} />
      </div>
      <p className={css.dim}>{t('colleague')}</p>
      <Omitted items={result.omitted} />
    </section>
  );
}
