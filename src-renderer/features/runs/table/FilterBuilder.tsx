import {
  ActionIcon,
  Autocomplete,
  Button,
  Group,
  NativeSelect,
  Popover,
  TextInput,
} from '@mantine/core';
import { IconFilterPlus, IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../client/index.ts';
import type { Complete } from '../../../ui/index.ts';
import { type BuilderRow, emptyRow, operators, takesValue, toFilter, toRows } from './builder.ts';
import css from './table.module.css';

/** The filter as rows of field, comparison and value: reads the text of the field and writes it. */
export function FilterBuilder({
  filter,
  onFilter,
  complete,
}: {
  filter: string;
  onFilter: (filter: string) => void;
  complete: Complete;
}) {
  const { t } = useTranslation('table');
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('build.open')}
          title={t('build.open')}
          onClick={() => setOpened(!opened)}
        >
          <IconFilterPlus size={15} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={css.builder}>
        {opened && <BuilderRows filter={filter} onFilter={onFilter} complete={complete} />}
      </Popover.Dropdown>
    </Popover>
  );
}

type NumberedRow = BuilderRow & { readonly id: number };

function BuilderRows({
  filter,
  onFilter,
  complete,
}: {
  filter: string;
  onFilter: (filter: string) => void;
  complete: Complete;
}) {
  const { t } = useTranslation('table');
  const call = useCall();
  const [rows, setRows] = useState<readonly NumberedRow[] | null>(null);
  const [broken, setBroken] = useState(false);
  const [nextId, setNextId] = useState(1000);
  // Read once: from then on the rows are what is meant, and the text follows.
  useEffect(() => {
    let gone = false;
    call('table.outline', { filter }).then(
      ({ parts }) => {
        if (gone) return;
        const read = toRows(parts);
        const shown = read.length === 0 ? [emptyRow] : read;
        setRows((before) => before ?? shown.map((row, id) => ({ ...row, id })));
      },
      () => !gone && setBroken(true),
    );
    return () => {
      gone = true;
    };
  }, [call, filter]);
  const change = (next: readonly NumberedRow[]): void => {
    setRows(next);
    onFilter(toFilter(next));
  };
  const add = (): void => {
    setRows([...(rows ?? []), { ...emptyRow, id: nextId }]);
    setNextId(nextId + 1);
  };
  if (broken && rows === null) {
    return (
      <>
        <p className={css.hint}>{t('build.broken')}</p>
        <Button onClick={() => setRows([{ ...emptyRow, id: 0 }])}>{t('build.fresh')}</Button>
      </>
    );
  }
  return (
    <fieldset className={css.builderRows} aria-label={t('build.title')}>
      {(rows ?? []).map((row, index) => (
        <BuilderRowFields
          key={row.id}
          row={row}
          first={index === 0}
          complete={complete}
          onChange={(changed) =>
            change(
              (rows ?? []).map((one) => (one.id === row.id ? { ...changed, id: row.id } : one)),
            )
          }
          onRemove={() => change((rows ?? []).filter((one) => one.id !== row.id))}
        />
      ))}
      <Group justify="space-between" mt={4}>
        <Button leftSection={<IconPlus size={14} />} onClick={add}>
          {t('build.add')}
        </Button>
      </Group>
      <p className={css.hint}>{t('build.hint')}</p>
    </fieldset>
  );
}

function BuilderRowFields({
  row,
  first,
  complete,
  onChange,
  onRemove,
}: {
  row: BuilderRow;
  first: boolean;
  complete: Complete;
  onChange: (row: BuilderRow) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('table');
  const [fields, setFields] = useState<readonly string[]>([]);
  const [values, setValues] = useState<readonly string[]>([]);
  const suggest = (text: string, take: (found: readonly string[]) => void): void => {
    complete(text, text.length).then(
      ({ items }) => take([...new Set(items.map((item) => item.text))]),
      () => take([]),
    );
  };
  return (
    <div className={css.builderRow}>
      {first ? (
        <span className={css.builderJoin} />
      ) : (
        <NativeSelect
          aria-label={t('build.join')}
          className={css.builderJoin}
          value={row.join}
          onChange={(event) =>
            onChange({ ...row, join: event.currentTarget.value as 'and' | 'or' })
          }
          data={[
            { value: 'and', label: t('build.and') },
            { value: 'or', label: t('build.or') },
          ]}
        />
      )}
      {row.text !== '' ? (
        <TextInput
          aria-label={t('build.text')}
          className={css.builderText}
          value={row.text}
          spellCheck={false}
          onChange={(event) => onChange({ ...row, text: event.currentTarget.value })}
        />
      ) : (
        <>
          <Autocomplete
            aria-label={t('build.field')}
            placeholder={t('build.field')}
            className={css.builderField}
            value={row.field}
            data={[...fields]}
            filter={({ options }) => options}
            spellCheck={false}
            onFocus={() => suggest(row.field, setFields)}
            onChange={(field) => {
              suggest(field, setFields);
              onChange({ ...row, field });
            }}
          />
          <NativeSelect
            aria-label={t('build.operator')}
            className={css.builderOperator}
            value={row.operator}
            data={[...new Set([...operators, row.operator])]}
            onChange={(event) => onChange({ ...row, operator: event.currentTarget.value })}
          />
          <Autocomplete
            aria-label={t('build.value')}
            placeholder={takesValue(row.operator) ? t('build.value') : ''}
            className={css.builderValue}
            disabled={!takesValue(row.operator)}
            value={takesValue(row.operator) ? row.value : ''}
            data={[...values]}
            filter={({ options }) => options}
            spellCheck={false}
            onFocus={() => suggest(`${row.field} = ${row.value}`, setValues)}
            onChange={(value) => {
              suggest(`${row.field} = ${value}`, setValues);
              onChange({ ...row, value });
            }}
          />
        </>
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={t('build.remove')} onClick={onRemove}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}
