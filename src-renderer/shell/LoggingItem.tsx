import { useClipboard } from '@mantine/hooks';
import { IconBroadcast } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Item } from './StatusLine.tsx';

/** Where MLflow's clients log to; a click copies the address. */
export function LoggingItem({ url }: { url: string }) {
  const { t } = useTranslation('shell');
  const clipboard = useClipboard();
  return (
    <Item title={t('status.mlflowHint', { url })} onClick={() => clipboard.copy(url)}>
      <IconBroadcast size={13} aria-hidden />
      {clipboard.copied ? t('status.mlflowCopied') : t('status.mlflow')}
    </Item>
  );
}
