import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import css from './path-field.module.css';
import { type PathChoice, usePathChoice } from './use-path-choice.tsx';

export interface PathFieldProps extends PathChoice {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  readonly error?: string | null;
  readonly placeholder?: string;
}

/** A path that can be typed, or chosen in the system's dialog, or on a page in a list of folders. */
export function PathField(props: PathFieldProps) {
  const { t } = useTranslation();
  const { choose, browser } = usePathChoice(props, props.onChange);
  return (
    <div className={css.field}>
      <TextInput
        className={css.input}
        label={props.label}
        description={props.description}
        placeholder={props.placeholder}
        error={props.error}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
      />
      <Button onClick={() => void choose()}>{t('browse.choose')}</Button>
      {browser}
    </div>
  );
}
