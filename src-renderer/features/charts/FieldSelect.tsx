import { Select } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Field,
  type Fields,
  fieldName,
  isOfRun,
  runNumbers,
  runTexts,
  seedField,
} from './fields.ts';

/** What a field is called. */
export function useFieldTitle(): (field: Field) => string {
  const { t } = useTranslation('charts');
  return useCallback(
    (field) => {
      if (field === seedField) return t('panel.seedGroups');
      const name = fieldName(field);
      return isOfRun(field) ? t(`panel.ofRun.${name as 'experiment'}`) : name;
    },
    [t],
  );
}

/** One choice of a chart: which of its options, and what can be chosen. */
export interface FieldChoice {
  readonly option: string;
  readonly label: string;
  /** `groups`: what runs can be told apart by, among it `seed`. All without. */
  readonly only?: 'metrics' | 'groups';
  readonly clearable?: boolean;
}

/** The choices of a chart, side by side. */
export function FieldSelects({
  choices,
  options,
  onOptions,
  fields,
}: {
  choices: readonly FieldChoice[];
  options: Readonly<Record<string, string>>;
  onOptions: (change: Record<string, string>) => void;
  fields: Fields;
}) {
  return choices.map(({ option, ...choice }) => (
    <FieldSelect
      key={option}
      {...choice}
      value={options[option] ?? ''}
      fields={fields}
      onChange={(next) => onOptions({ [option]: next })}
    />
  ));
}

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
  only?: FieldChoice['only'];
  clearable?: boolean;
  onChange: (field: Field) => void;
}) {
  const { t } = useTranslation('charts');
  const title = useFieldTitle();
  const data = useMemo(() => {
    const items = (all: readonly Field[]) =>
      all.map((field) => ({
        value: field,
        label: field === seedField ? t('view.group.seed') : title(field),
      }));
    const ofRun = [
      ...(only === 'groups' ? [seedField] : []),
      ...runTexts.map((name) => `run ${name}`),
      ...(only === 'groups' ? [] : runNumbers.map((name) => `run ${name}`)),
    ];
    const groups = [
      ...(only === 'metrics' ? [] : [{ group: t('panel.params'), items: items(fields.params) }]),
      ...(only === 'groups' ? [] : [{ group: t('panel.metrics'), items: items(fields.metrics) }]),
      ...(only === 'metrics'
        ? []
        : [
            { group: t('panel.run'), items: items(ofRun) },
            { group: t('panel.tags'), items: items(fields.tags) },
          ]),
    ];
    // What was chosen stays chosen while the runs that have it are filtered out.
    const known = groups.some((group) => group.items.some((item) => item.value === value));
    return [
      ...groups,
      ...(value === '' || known ? [] : [{ group: t('panel.absent'), items: items([value]) }]),
    ];
  }, [fields, only, value, title, t]);
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
      title={`${label}${value === '' ? '' : `: ${title(value)}`}`}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
      data={data}
    />
  );
}
