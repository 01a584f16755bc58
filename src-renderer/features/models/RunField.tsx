import { Autocomplete } from '@mantine/core';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';

const shown = 50;

/** A run by its number; what is typed finds runs by number and name. */
export function RunField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  const { t } = useTranslation('models');
  const typed = useDeferredValue(value.trim());
  const runs = useOperation(
    'runs.list',
    { filter: filterFor(typed), limit: shown },
    { topics: [topics.runs], keepPrevious: true },
  );
  const options = (runs.data?.rows ?? []).map(({ label, name }) => `${label} ${name}`.trim());
  return (
    <Autocomplete
      size="xs"
      label={t('series.run')}
      placeholder={t('series.runPlaceholder')}
      data={[...new Set(options)]}
      // What fits was found by the core.
      filter={({ options: all }) => all}
      limit={shown}
      value={value}
      onChange={onChange}
      spellCheck={false}
      autoComplete="off"
    />
  );
}

/** The number at the beginning of what was typed or chosen. */
export function runReference(text: string): string {
  return text.trim().split(/\s/)[0] ?? '';
}

/** A run that was chosen is found by its number; otherwise part of a number or a name. */
function filterFor(typed: string): string {
  if (typed === '') return '';
  const [first = ''] = typed.split(/\s/);
  const word = (text: string) => `"%${text.replaceAll('"', '""')}%"`;
  return /^\d+\.\d+$/.test(first)
    ? `label LIKE "${first}%"`
    : `label LIKE ${word(typed)} OR name ILIKE ${word(typed)}`;
}
