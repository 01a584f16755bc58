import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cell, type TableRow, useCall } from '../../../client/index.ts';
import { notify, notifyError } from '../../../ui/index.ts';
import { type CopyFormat, writeTable } from './copy.ts';
import { type ColumnSpec, fieldOf, type View } from './view.ts';

/** What a clipboard takes without anybody waiting. */
const mostRows = 5000;
const pageRows = 500;

/** Copies runs with the columns that are shown, whole values, as text. */
export function useCopyTable(
  view: View,
  columns: readonly ColumnSpec[],
): (ids: readonly string[], format: CopyFormat) => void {
  const { t } = useTranslation('table');
  const call = useCall();
  return useCallback(
    (ids, format) => {
      const others = columns.filter(({ kind }) => kind !== 'run');
      const fields = others.map((column) => fieldOf(column, view));
      const copy = async (): Promise<void> => {
        const wanted = ids.slice(0, mostRows);
        const rows: string[][] = [];
        for (let at = 0; at < wanted.length; at += pageRows) {
          const page = await call('table.page', { ids: wanted.slice(at, at + pageRows), fields });
          rows.push(...page.rows.map((row) => textsOf(row, others)));
        }
        const names = others.map((column) =>
          column.kind === 'attribute' ? t(`name.${column.id as 'status'}`) : fieldOf(column, view),
        );
        const numeric = others.map((_, index) => isNumeric(rows, index + 2));
        const text = writeTable(
          { header: ['#', t('name.run'), ...names], rows, numeric: [false, false, ...numeric] },
          format,
        );
        await navigator.clipboard.writeText(text);
        notify(
          ids.length > wanted.length
            ? t('copy.tooMany', { count: wanted.length })
            : t('copy.done', { count: rows.length }),
        );
      };
      copy().catch(notifyError);
    },
    [call, columns, view, t],
  );
}

function textsOf(row: TableRow, columns: readonly ColumnSpec[]): string[] {
  return [
    row.label,
    row.name,
    ...row.values.map((value, index) => cellText(value, columns[index] as ColumnSpec)),
  ];
}

/** Times so that a program reads them, durations in seconds. */
function cellText(value: Cell, { kind, id }: ColumnSpec): string {
  if (value === null) return '';
  if (kind === 'attribute' && typeof value === 'number') {
    if (id === 'created' || id === 'ended') return new Date(value).toISOString();
    if (id === 'duration' || id === 'cpu') return String(value / 1000);
  }
  return String(value);
}

function isNumeric(rows: readonly (readonly string[])[], column: number): boolean {
  return (
    rows.some((row) => row[column] !== '') &&
    rows.every((row) => row[column] === '' || !Number.isNaN(Number(row[column])))
  );
}
