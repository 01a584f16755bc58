import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContentBody, SettingsChange } from '../../../client/index.ts';
import { Badge, ChangeMark, type GrowingColumn, MiddleEllipsis } from '../../../ui/index.ts';
import { Value, ValuePair } from '../cells.tsx';
import { matching, tabSeparated } from '../rows.ts';
import { TableFrame } from '../TableFrame.tsx';
import css from './content.module.css';
import { SearchField } from './SearchField.tsx';

/** A few keys that differ, within something else. */
export function SettingsList({ changes }: { readonly changes: readonly SettingsChange[] }) {
  return (
    <div className={css.gridBox}>
      <table className={css.grid}>
        <tbody>
          {changes.map((row) => (
            <tr key={`${row.path} ${row.change}`}>
              <td>
                <ChangeOf row={row} compact />
              </td>
              <th scope="row">{row.path}</th>
              <td>
                <Value text={row.left} />
              </td>
              <td>
                <Value text={row.right} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export interface SettingsDiffProps {
  readonly body: Extract<ContentBody, { kind: 'settings' }>;
}

/** Keys and list items that differ, with both values; order, comments and layout count for nothing. */
export function SettingsDiff({ body }: SettingsDiffProps) {
  const { t } = useTranslation('contents');
  const { t: compare } = useTranslation('compare');
  const [search, setSearch] = useState('');
  const rows = body.changes.filter((row) =>
    matching(`${row.path} ${row.left ?? ''} ${row.right ?? ''}`, search),
  );
  const columns = useMemo(
    (): GrowingColumn<SettingsChange>[] => [
      {
        id: 'path',
        header: t('column.key'),
        width: 260,
        grow: 2,
        value: (row) => row.path,
        cell: (row) => <MiddleEllipsis text={row.path} max={60} mono />,
      },
      {
        id: 'left',
        header: compare('from'),
        width: 160,
        grow: 2,
        value: (row) => row.left,
        cell: (row) => <Value text={row.left} />,
      },
      {
        id: 'right',
        header: compare('to'),
        width: 160,
        grow: 2,
        value: (row) => row.right,
        cell: (row) => <Value text={row.right} />,
      },
      {
        id: 'change',
        header: compare('column.change'),
        width: 150,
        value: (row) => row.change,
        cell: (row) => <ChangeOf row={row} />,
      },
    ],
    [t, compare],
  );
  return (
    <TableFrame
      label={t('kind.settings')}
      rows={rows}
      total={body.total}
      columns={columns}
      rowKey={(row) => `${row.path} ${row.change}`}
      filtered={search !== ''}
      words={{ none: t('sameSettings'), same: t('sameSettings'), unmatched: compare('unmatched') }}
      tools={<SearchField label={t('searchKeys')} value={search} onChange={setSearch} />}
      copy={() =>
        tabSeparated([
          [t('column.key'), compare('column.change'), compare('from'), compare('to')],
          ...rows.map((row) => [row.path, row.change, row.left, row.right]),
        ])
      }
      detail={(row) => <ValuePair name={row.path} left={row.left} right={row.right} />}
    />
  );
}

function ChangeOf({ row, compact = false }: { row: SettingsChange; compact?: boolean }) {
  const { t } = useTranslation('contents');
  if (row.change !== 'moved') return <ChangeMark change={row.change} compact={compact} />;
  const from = t('movedFromPath', { path: row.from ?? '' });
  return (
    <Badge tone="active" shape="↕" title={from}>
      <span className={compact ? css.hidden : undefined}>{compact ? from : t('moved')}</span>
    </Badge>
  );
}
