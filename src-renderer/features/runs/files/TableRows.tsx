import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  asClientError,
  type ClientError,
  type FileSource,
  type Output,
  useCall,
} from '../../../client/index.ts';
import { localized } from '../../../i18n/index.ts';
import { type AppColumn, AppTable, ErrorState, Skeletons } from '../../../ui/index.ts';
import css from './files.module.css';

interface Row {
  readonly at: number;
  readonly cells: readonly (string | null)[];
}

/** A table's first rows; sorted by any column. */
export function TableRows({ source }: { readonly source: FileSource }) {
  const { t } = useTranslation('files');
  const { rows, output, error } = useTable(source);
  const columns = useMemo(
    (): readonly AppColumn<Row>[] => [
      { id: 'row', header: '#', width: 64, align: 'end', value: (row) => row.at },
      ...(output?.columns ?? []).map(({ name, type }, index) => ({
        id: String(index),
        header: name === '' ? String(index + 1) : name,
        ...(type === null ? {} : { hint: type }),
        width: Math.min(260, Math.max(120, 24 + name.length * 8)),
        value: (row: Row) => sortValue(row.cells[index] ?? null),
        cell: (row: Row) => (
          <span className={css.cell} title={row.cells[index] ?? ''}>
            {row.cells[index] ?? ''}
          </span>
        ),
      })),
    ],
    [output],
  );
  if (error !== null) return <ErrorState error={error} />;
  if (output === null) return <Skeletons rows={8} height={24} />;
  const notes = [
    output.cut ? t('rowsCut', { count: rows.length }) : t('rows', { count: rows.length }),
    ...(output.moreColumns > 0 ? [t('columnsCut', { count: output.columns.length })] : []),
    ...output.notes.map(localized),
  ];
  return (
    <div className={css.filled}>
      <p className={css.note}>{notes.join(' ')}</p>
      <div className={css.table}>
        <AppTable
          label={`${t('table')} ${source.path}`}
          rows={rows}
          columns={columns}
          rowKey={(row) => String(row.at)}
        />
      </div>
    </div>
  );
}

interface Table {
  readonly rows: readonly Row[];
  /** Null until all rows are there. */
  readonly output: Output<'files.table'> | null;
  readonly error: ClientError | null;
}

const nothing: Table = { rows: [], output: null, error: null };

function useTable(source: FileSource): Table {
  const call = useCall();
  const [table, setTable] = useState(nothing);
  const key = JSON.stringify(source);
  useEffect(() => {
    const abort = new AbortController();
    const rows: Row[] = [];
    setTable(nothing);
    call(
      'files.table',
      { source: JSON.parse(key) as FileSource },
      {
        signal: abort.signal,
        onItem: (item) => {
          for (const cells of item.rows) rows.push({ at: rows.length + 1, cells });
        },
      },
    ).then(
      (output) => !abort.signal.aborted && setTable({ rows, output, error: null }),
      (error: unknown) =>
        !abort.signal.aborted && setTable({ ...nothing, error: asClientError(error) }),
    );
    return () => abort.abort();
  }, [call, key]);
  return table;
}

function sortValue(cell: string | null): string | number | null {
  if (cell === null || cell === '') return null;
  const number = Number(cell);
  return Number.isNaN(number) ? cell : number;
}
