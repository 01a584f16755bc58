import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Field, type Fields, fieldName } from './fields.ts';

/** Chooses a param or a metric, by name. */
export function FieldSelect({
  label,
  value,
  fields,
  only,
  clearable = false,
  onChange,
}: {
  label: string;
  value: Field;
  fields: Fields;
  only?: 'params' | 'metrics';
  clearable?: boolean;
  onChange: (field: Field) => void;
}) {
  const { t } = useTranslation('charts');
  const data = useMemo(() => {
    const items = (all: readonly Field[]) =>
      all.map((field) => ({ value: field, label: fieldName(field) }));
    const known = new Set([...fields.params, ...fields.metrics]);
    return [
      ...(only === 'metrics' ? [] : [{ group: t('panel.params'), items: items(fields.params) }]),
      ...(only === 'params' ? [] : [{ group: t('panel.metrics'), items: items(fields.metrics) }]),
      // What was chosen stays chosen while the runs that have it are filtered out.
      ...(value === '' || known.has(value)
        ? []
        : [{ group: t('panel.absent'), items: items([value]) }]),
    ];
  }, [fields, only, value, t]);
  return (
    <Select
      size="xs"
      w={150}
      searchable
      limit={200}
      clearable={clearable}
      allowDeselect={clearable}
      aria-label={label}
      placeholder={label}
      title={`${label}${value === '' ? '' : `: ${fieldName(value)}`}`}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
      data={data}
    />
  );
}
