import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Popover,
  SegmentedControl,
  Switch,
  TextInput,
} from '@mantine/core';
import { IconChartLine, IconColumns, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientError } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { filterRuns, to, useFilters, useGo, usePreferences } from '../../state/index.ts';
import { FilterField, Spacer } from '../../ui/index.ts';
import type { Aggregate, RunKeys } from './columns.tsx';
import css from './runs.module.css';

const typingDelayMs = 80;
const filterBy = (text: string): void => filterRuns({ text });

interface RunsToolbarProps {
  readonly keys: RunKeys;
  readonly aggregate: Aggregate;
  readonly onAggregate: (aggregate: Aggregate) => void;
}

interface FilterProps {
  /** Why the filter cannot be read. */
  readonly filterError: ClientError | null;
}

/** What the table is narrowed to and which columns it has. */
export function RunsToolbar({
  keys,
  aggregate,
  onAggregate,
  filterError,
}: RunsToolbarProps & FilterProps) {
  const { t } = useTranslation('runs');
  const go = useGo();
  const filter = useFilters((state) => state.runs.text);
  const onlyDiffering = usePreferences((state) => state.onlyDiffering);
  const runCharts = usePreferences((state) => state.runCharts);
  const set = usePreferences((state) => state.set);
  return (
    <>
      <FilterField
        label={t('filter')}
        hint={t('filterHelp')}
        value={filter}
        onChange={filterBy}
        delayMs={typingDelayMs}
        basis={240}
        maxWidth={640}
        problem={filterError === null ? null : problemOf(filterError)}
      />
      <Switch
        label={t('onlyDiffering')}
        title={t('onlyDifferingHint')}
        checked={onlyDiffering}
        onChange={(event) => set({ onlyDiffering: event.currentTarget.checked })}
      />
      <Spacer />
      <ColumnPicker keys={keys} aggregate={aggregate} onAggregate={onAggregate} />
      <Button
        leftSection={<IconChartLine size={14} />}
        variant={runCharts ? 'light' : 'default'}
        aria-pressed={runCharts}
        onClick={() => set({ runCharts: !runCharts })}
      >
        {t('charts')}
      </Button>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={t('bulk.toTrash')}
        title={t('bulk.toTrash')}
        onClick={() => go(to('tidy'))}
      >
        <IconTrash size={14} />
      </ActionIcon>
    </>
  );
}

function problemOf(error: ClientError): { sentence: string; at: number | null } {
  const column = error.place?.file === 'filter' ? error.place.column : null;
  return { sentence: localized(error.message), at: column === null ? null : column - 1 };
}

const shownColumns = 100;

function ColumnPicker({ keys, aggregate, onAggregate }: RunsToolbarProps) {
  const { t } = useTranslation('runs');
  const hidden = usePreferences((state) => state.hiddenColumns);
  const set = usePreferences((state) => state.set);
  const [text, setText] = useState('');
  const columns = [
    ...keys.metrics.map((key) => ({ id: `metric ${key}`, key })),
    ...keys.params.map((key) => ({ id: `param ${key}`, key })),
  ];
  const found = columns.filter(({ key }) => key.toLowerCase().includes(text.toLowerCase()));
  const ids = found.map(({ id }) => id);
  const show = (shown: readonly string[]): void =>
    set({ hiddenColumns: hidden.filter((id) => !shown.includes(id)) });
  const hide = (gone: readonly string[]): void =>
    set({ hiddenColumns: [...new Set([...hidden, ...gone])] });
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button leftSection={<IconColumns size={14} />}>{t('columns')}</Button>
      </Popover.Target>
      <Popover.Dropdown w={300}>
        <p className={css.hint}>{t('aggregate')}</p>
        <SegmentedControl
          fullWidth
          mb="sm"
          aria-label={t('aggregate')}
          value={aggregate}
          onChange={(value) => onAggregate(value as Aggregate)}
          data={[
            { value: 'last', label: t('last') },
            { value: 'min', label: t('min') },
            { value: 'max', label: t('max') },
          ]}
        />
        <TextInput
          aria-label={t('findColumn')}
          placeholder={t('findColumn')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group gap={4} my={8}>
          <Button size="compact-xs" onClick={() => show(ids)}>
            {t('showAll')}
          </Button>
          <Button size="compact-xs" onClick={() => hide(ids)}>
            {t('hideAll')}
          </Button>
        </Group>
        <div className={css.columnList}>
          {found.slice(0, shownColumns).map(({ id, key }) => (
            <Checkbox
              key={id}
              label={key}
              checked={!hidden.includes(id)}
              onChange={(event) => (event.currentTarget.checked ? show([id]) : hide([id]))}
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
