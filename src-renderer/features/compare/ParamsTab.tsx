import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiffSummary } from '../../client/index.ts';
import { ChangeMark, type GrowingColumn, MiddleEllipsis } from '../../ui/index.ts';
import type { TabProps } from './CompareView.tsx';
import { Value, ValuePair } from './cells.tsx';
import { tabSeparated, visibleRows } from './rows.ts';
import { TableFrame } from './TableFrame.tsx';

type Row = DiffSummary['params'][number];

const keyOf = (row: Row): string => `${row.file}:${row.key}`;

/** Every param of either side, with the value as it was written. */
export function ParamsTab({ summary, filter }: TabProps) {
  const { t } = useTranslation('compare');
  const rows = visibleRows(summary.params, filter, {
    text: (row) => `${row.file} ${row.key} ${row.left ?? ''} ${row.right ?? ''}`,
    differs: (row) => row.change !== 'same',
  });
  const hasFiles = summary.params.some((row) => row.file !== '');
  const columns = useMemo(
    (): GrowingColumn<Row>[] => [
      {
        id: 'key',
        header: t('column.param'),
        width: 220,
        grow: 2,
        value: (row) => row.key,
        cell: (row) => <MiddleEllipsis text={row.key} mono />,
      },
      {
        id: 'left',
        header: t('from'),
        width: 140,
        grow: 2,
        value: (row) => asSortable(row.left),
        cell: (row) => <Value text={row.left} />,
      },
      {
        id: 'right',
        header: t('to'),
        width: 140,
        grow: 2,
        value: (row) => asSortable(row.right),
        cell: (row) => <Value text={row.right} />,
      },
      {
        id: 'change',
        header: t('column.change'),
        width: 110,
        value: (row) => row.change,
        cell: (row) => <ChangeMark change={row.change} />,
      },
      ...(hasFiles ? [fileColumn(t('column.file'))] : []),
    ],
    [t, hasFiles],
  );
  return (
    <TableFrame
      label={t('tab.params')}
      rows={rows}
      total={summary.params.length}
      columns={columns}
      rowKey={keyOf}
      rowTone={(row) => (row.change === 'same' ? 'dim' : undefined)}
      filtered={filter.text !== ''}
      words={{ none: t('none.params'), same: t('same.params'), unmatched: t('unmatched') }}
      copy={() =>
        tabSeparated([
          [t('column.file'), t('column.param'), t('from'), t('to')],
          ...rows.map((row) => [row.file, row.key, row.left, row.right]),
        ])
      }
      detail={(row) => <ValuePair name={row.key} left={row.left} right={row.right} />}
    />
  );
}

/** Where a param stands; those of other tools stand in no file. */
function fileColumn(header: string): GrowingColumn<Row> {
  return {
    id: 'file',
    header,
    width: 160,
    grow: 1,
    value: (row) => row.file,
    cell: (row) => <MiddleEllipsis text={row.file} mono />,
  };
}

/** Numbers are sorted as numbers, though they are shown as they were written. */
function asSortable(text: string | null): string | number | null {
  if (text === null || text.trim() === '') return text;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}
