import { CloseButton, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The filter above a list: takes what is typed at once, and hands it on when the typing pauses. */
export function FilterField({
  label,
  hint,
  value,
  onChange,
  delayMs,
  basis,
  maxWidth,
}: {
  label: string;
  /** How to write a filter, on hover. */
  hint?: string;
  value: string;
  onChange: (text: string) => void;
  delayMs: number;
  /** Width from which it grows and shrinks, in pixels. */
  basis: number;
  maxWidth: number;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), delayMs);
    return () => clearTimeout(timer);
  }, [text, value, onChange, delayMs]);
  return (
    <TextInput
      data-filter
      aria-label={label}
      title={hint}
      placeholder={label}
      leftSection={<IconFilter size={14} />}
      rightSection={
        text !== '' && <CloseButton size="xs" aria-label={t('clear')} onClick={() => setText('')} />
      }
      value={text}
      flex={`1 1 ${basis}px`}
      maw={maxWidth}
      spellCheck={false}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
    />
  );
}
