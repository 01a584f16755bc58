import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import css from './runs.module.css';

/** A field for the number of a line; Enter goes there. */
export function GoToLine({ onGo }: { readonly onGo: (line: number) => void }) {
  const { t } = useTranslation('runs');
  const [text, setText] = useState('');
  return (
    <TextInput
      className={css.goToLine}
      aria-label={t('log.goToLine')}
      placeholder={t('log.goToLine')}
      inputMode="numeric"
      value={text}
      onChange={(event) => setText(event.currentTarget.value.replace(/\D/g, ''))}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && Number(text) >= 1) onGo(Number(text));
      }}
    />
  );
}
