import {
  Button,
  Checkbox,
  Group,
  Popover,
  SegmentedControl,
  Switch,
  TextInput,
} from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToolButton } from '../ToolButton.tsx';
import { showColumns } from './change-columns.ts';
import css from './table.module.css';
import { type ColumnSpec, isShown, plainView, type Summary, type View } from './view.ts';
import { changeView } from './view-store.ts';

const mostListed = 100;
const kinds = ['attribute', 'metric', 'param', 'tag'] as const;

/** Which columns the table has, and which value of a metric they show. */
export function ColumnPicker({
  view,
  columns,
  shown,
}: {
  view: View;
  /** Every column there is. */
  columns: readonly ColumnSpec[];
  /** How many of them the table has. */
  shown: number;
}) {
  const { t } = useTranslation('runs');
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ToolButton icon={<IconColumns size={14} />} label={t('columns')} />
      </Popover.Target>
      <Popover.Dropdown w={320}>
        <PickerBody view={view} columns={columns} shown={shown} />
      </Popover.Dropdown>
    </Popover>
  );
}

function PickerBody({
  view,
  columns,
  shown,
}: {
  view: View;
  columns: readonly ColumnSpec[];
  shown: number;
}) {
  const { t } = useTranslation(['table', 'runs']);
  const [text, setText] = useState('');
  const nameOf = ({ kind, id, key }: ColumnSpec): string =>
    kind === 'attribute' ? t(`name.${id as 'status'}`) : key;
  const asked = text.trim().toLowerCase();
  const found = columns.filter(
    (column) =>
      column.kind !== 'run' && `${nameOf(column)} ${column.id}`.toLowerCase().includes(asked),
  );
  const listed = found.slice(0, mostListed);
  return (
    <>
      <Switch
        label={t('runs:onlyDiffering')}
        description={t('runs:onlyDifferingHint')}
        checked={view.onlyDiffering}
        onChange={(event) => {
          const onlyDiffering = event.currentTarget.checked;
          changeView((now) => ({ ...now, onlyDiffering }));
        }}
      />
      <p className={css.label}>{t('runs:aggregate')}</p>
      <SegmentedControl
        fullWidth
        aria-label={t('runs:aggregate')}
        value={view.summary}
        onChange={(summary) => changeView((now) => ({ ...now, summary: summary as Summary }))}
        data={(['last', 'best', 'min', 'max'] as const).map((value) => ({
          value,
          label: t(`summary.${value}`),
        }))}
      />
      <TextInput
        mt="sm"
        aria-label={t('runs:findColumn')}
        placeholder={t('runs:findColumn')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group gap={4} my={8}>
        <Button
          size="compact-xs"
          onClick={() => changeView((now) => showColumns(now, found, true))}
        >
          {t('runs:showAll')}
        </Button>
        <Button
          size="compact-xs"
          onClick={() => changeView((now) => showColumns(now, found, false))}
        >
          {t('runs:hideAll')}
        </Button>
        <Button
          size="compact-xs"
          onClick={() =>
            changeView((now) => ({ ...now, columns: plainView.columns, hidden: plainView.hidden }))
          }
        >
          {t('column.reset')}
        </Button>
        <span className={css.hint}>
          {t('column.shown', { shown: shown - 1, total: columns.length - 1 })}
        </span>
      </Group>
      <div className={css.columnList}>
        {found.length === 0 && <p className={css.hint}>{t('column.none')}</p>}
        {kinds.map((kind) => {
          const ofKind = listed.filter((column) => column.kind === kind);
          if (ofKind.length === 0) return null;
          return (
            <fieldset key={kind} className={css.columnKind}>
              <legend>{t(`kinds.${kind}`)}</legend>
              {ofKind.map((column) => (
                <Checkbox
                  key={column.id}
                  label={nameOf(column)}
                  checked={isShown(column, view)}
                  onChange={(event) => {
                    const isOn = event.currentTarget.checked;
                    changeView((now) => showColumns(now, [column], isOn));
                  }}
                />
              ))}
            </fieldset>
          );
        })}
        {found.length > listed.length && (
          <p className={css.hint}>{t('column.more', { count: found.length - listed.length })}</p>
        )}
      </div>
      <p className={css.hint}>{t('column.moveHint')}</p>
    </>
  );
}
