import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import css from '../compare.module.css';

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Narrows what is below; Escape shows all again. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <TextInput
      className={css.search}
      leftSection={<IconSearch size={14} aria-hidden />}
      placeholder={label}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onChange('');
      }}
    />
  );
}
