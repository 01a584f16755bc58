import { MultiSelect, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type TableDiff as Answer,
  type ContentSource,
  type Input,
  topics,
  useOperation,
} from '../../../../client/index.ts';
import { localized } from '../../../../i18n/index.ts';
import { ErrorState, Spacer } from '../../../../ui/index.ts';
import compare from '../../compare.module.css';
import { Waiting } from '../../Waiting.tsx';
import css from '../content.module.css';
import { SearchField } from '../SearchField.tsx';
import { ColumnsTable } from './ColumnsTable.tsx';
import { RowsTable } from './RowsTable.tsx';

export interface TableDiffProps {
  readonly left: ContentSource;
  readonly right: ContentSource;
}

type Only = Exclude<Input<'diff.table'>['only'], undefined>;
const changes = ['modified', 'added', 'removed'] as const;

/** Two tables: rows under a key that can be changed, and what became of the columns. */
export function TableDiff({ left, right }: TableDiffProps) {
  const { t } = useTranslation('contents');
  const [key, setKey] = useState<string[] | null>(null);
  const [only, setOnly] = useState<Only>(null);
  const [view, setView] = useState<'rows' | 'columns'>('rows');
  const [search, setSearch] = useState('');
  const [stopped, setStopped] = useState(false);
  const query = useOperation(
    'diff.table',
    { left, right, key, only },
    { topics: [topics.workspace, topics.runs], enabled: !stopped, keepPrevious: true },
  );
  const { data } = query;
  if (query.error !== null) return <ErrorState error={query.error} onRetry={query.reload} />;
  if (data === undefined) {
    return (
      <Waiting
        label={t('readingTables')}
        item={query.item}
        stopped={stopped}
        onStop={() => setStopped(true)}
        onResume={() => setStopped(false)}
      />
    );
  }
  return (
    <>
      <div className={compare.diffTools}>
        <SegmentedControl
          aria-label={t('tableView')}
          value={view}
          onChange={(value) => setView(value as 'rows' | 'columns')}
          data={[
            { value: 'rows', label: t('rows') },
            { value: 'columns', label: t('columns') },
          ]}
        />
        <MultiSelect
          className={css.keySelect}
          aria-label={t('key')}
          placeholder={data.key.length === 0 ? t('byPosition') : undefined}
          leftSection={<span className={css.dim}>{t('key')}</span>}
          leftSectionWidth={44}
          searchable
          clearable
          limit={200}
          data={data.columns.filter((one) => one.left && one.right).map((one) => one.name)}
          value={data.key}
          onChange={setKey}
        />
        {data.keyGuessed && <span className={css.dim}>{t('keyGuessed')}</span>}
        <Spacer />
        <SearchField label={t(`search.${view}`)} value={search} onChange={setSearch} />
      </div>
      <div className={css.totalsLine}>
        <span className={css.totals}>
          {t('rowTotals', { left: data.rows.left, right: data.rows.right, same: data.rows.same })}
        </span>
        {view === 'rows' && <OnlyControl data={data} only={only} onChange={setOnly} />}
      </div>
      {data.notes.map((note) => (
        <p key={note} className={css.note}>
          {localized(note)}
        </p>
      ))}
      {view === 'rows' ? (
        <RowsTable diff={data} search={search} only={only} />
      ) : (
        <ColumnsTable columns={data.columns} keys={data.key} search={search} />
      )}
    </>
  );
}

/** How many rows of each change there are; choosing one shows only those. */
function OnlyControl({
  data,
  only,
  onChange,
}: {
  readonly data: Answer;
  readonly only: Only;
  readonly onChange: (only: Only) => void;
}) {
  const { t } = useTranslation('contents');
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('onlyChange')}
      value={only ?? 'all'}
      onChange={(value) => onChange(changes.find((one) => one === value) ?? null)}
      data={[
        { value: 'all', label: t('allChanges') },
        ...changes.map((value) => ({
          value,
          label: t(`rowsOf.${value}`, { count: data.rows[value] }),
        })),
      ]}
    />
  );
}
