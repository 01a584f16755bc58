import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import css from './models.module.css';

/** The field that narrows tensors, layers or modules by what they are called; Escape empties it. */
export function NameSearch({
  text,
  onText,
}: {
  readonly text: string;
  readonly onText: (text: string) => void;
}) {
  const { t } = useTranslation('models');
  return (
    <TextInput
      className={css.search}
      leftSection={<IconSearch size={14} aria-hidden />}
      placeholder={t('search')}
      aria-label={t('search')}
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onText('');
      }}
    />
  );
}
