import { ActionIcon } from '@mantine/core';
import { IconChartLine, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ClientError, Output } from '../../../client/index.ts';
import { filterRuns, to, useFilters, useGo, usePreferences } from '../../../state/index.ts';
import { FilterField, filterProblem, useRunCompletion } from '../../../ui/index.ts';
import { ToolButton } from '../ToolButton.tsx';
import { ColumnPicker } from './ColumnPicker.tsx';
import { FilterBuilder } from './FilterBuilder.tsx';
import { GroupMenu } from './GroupMenu.tsx';
import type { Places } from './lines.ts';
import { ViewMenu } from './ViewMenu.tsx';
import type { ColumnSpec, View } from './view.ts';

const typingDelayMs = 30;
const filterBy = (text: string): void => filterRuns({ text });

/** What the table is narrowed to, and how it is looked at. */
export function RunsToolbar({
  view,
  saved,
  columns,
  shown,
  places,
  filterError,
}: {
  view: View;
  /** Null until they have come. */
  saved: Output<'views.list'> | null;
  /** Every column there is, and how many of them the table has. */
  columns: readonly ColumnSpec[];
  shown: number;
  places: Places;
  /** Why the filter cannot be read. */
  filterError: ClientError | null;
}) {
  const { t } = useTranslation('runs');
  const go = useGo();
  const filter = useFilters((state) => state.runs.text);
  const runCharts = usePreferences((state) => state.runCharts);
  const set = usePreferences((state) => state.set);
  const complete = useRunCompletion();
  return (
    <>
      {saved !== null && <ViewMenu view={view} saved={saved} />}
      <FilterField
        label={t('filter')}
        hint={t('filterHelp')}
        value={filter}
        onChange={filterBy}
        delayMs={typingDelayMs}
        basis={180}
        maxWidth={720}
        problem={filterError === null ? null : filterProblem(filterError)}
        complete={complete}
      />
      <FilterBuilder filter={filter} onFilter={filterBy} complete={complete} />
      <GroupMenu view={view} columns={columns} places={places} />
      <ColumnPicker view={view} columns={columns} shown={shown} />
      <ToolButton
        icon={<IconChartLine size={14} />}
        label={t('charts')}
        variant={runCharts ? 'light' : 'default'}
        aria-pressed={runCharts}
        onClick={() => set({ runCharts: !runCharts })}
      />
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
