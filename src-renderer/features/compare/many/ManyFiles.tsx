import { Button } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type FileChange,
  type Output,
  type Side,
  topics,
  useOperation,
} from '../../../client/index.ts';
import {
  Absent,
  ChangeMark,
  ErrorState,
  type GrowingColumn,
  MiddleEllipsis,
} from '../../../ui/index.ts';
import { LineCounts } from '../code/FileList.tsx';
import css from '../compare.module.css';
import { Amount } from '../DataTab.tsx';
import { type RowFilter, tabSeparated, visibleRows } from '../rows.ts';
import { useSideName } from '../SidePicker.tsx';
import { TableFrame } from '../TableFrame.tsx';
import { Waiting } from '../Waiting.tsx';

type Files = Output<'diff.manyFiles'>;
type DataRow = Files['data'][number];

export interface ManyFilesProps {
  readonly tab: 'code' | 'data';
  readonly sides: readonly Side[];
  readonly filter: RowFilter;
  /** Compares a file of the first side with that of another, or all of both. */
  readonly onPair: (right: number, file: FileChange | DataRow) => void;
}

/** Files of three sides or more: what became of each against the first. */
export function ManyFiles({ tab, sides, filter, onPair }: ManyFilesProps) {
  const { t } = useTranslation('compare');
  const [stopped, setStopped] = useState(false);
  const query = useOperation(
    'diff.manyFiles',
    { sides: sides.map((side) => side.reference) },
    {
      topics: [topics.workspace, topics.runs],
      keepPrevious: true,
      enabled: sides.length > 1 && !stopped,
    },
  );
  if (query.error !== null) return <ErrorState error={query.error} onRetry={query.reload} />;
  if (query.data === undefined) {
    return (
      <Waiting
        label={t('comparing')}
        item={query.item}
        stopped={stopped}
        onStop={() => setStopped(true)}
        onResume={() => setStopped(false)}
      />
    );
  }
  const props = { sides, filter, onPair };
  return tab === 'code' ? (
    <CodeFiles {...props} rows={query.data.code} />
  ) : (
    <DataFiles {...props} rows={query.data.data} />
  );
}

type TableProps<Row> = Omit<ManyFilesProps, 'tab'> & { readonly rows: readonly Row[] };

function CodeFiles({ rows, sides, filter, onPair }: TableProps<Files['code'][number]>) {
  const { t } = useTranslation('compare');
  const nameOf = useSideName();
  const shown = visibleRows(rows, filter, { text: (row) => row.path, differs: () => true });
  const columns = useMemo(
    (): GrowingColumn<Files['code'][number]>[] => [
      pathColumn(t('column.path')),
      ...sides.slice(1).map((side, at) => ({
        ...sideColumn(nameOf(side), at + 1),
        cell: (row: Files['code'][number]) => {
          const change = row.changes[at] ?? null;
          if (change === null) return <span className={css.dim}>{t('asFirst')}</span>;
          return (
            <PairButton path={row.path} at={at + 1} onPress={() => onPair(at + 1, change)}>
              <ChangeMark change={change.change} compact />
              <span className={css.manyLines}>
                {change.binary ? t('binary') : <LineCounts {...change} />}
              </span>
            </PairButton>
          );
        },
      })),
    ],
    [t, sides, nameOf, onPair],
  );
  return (
    <TableFrame
      label={t('tab.code')}
      rows={shown}
      total={rows.length}
      columns={columns}
      rowKey={(row) => row.path}
      filtered={filter.text !== ''}
      words={{ none: t('same.code'), same: t('same.code'), unmatched: t('unmatched') }}
      tools={<span className={css.dim}>{t('againstFirst', { title: nameOf(sides[0]) })}</span>}
      copy={() =>
        tabSeparated([
          [t('column.path'), ...sides.slice(1).map((side) => side.title)],
          ...shown.map((row) => [
            row.path,
            ...row.changes.map((one) => one && `${one.change} +${one.added} -${one.removed}`),
          ]),
        ])
      }
    />
  );
}

function DataFiles({ rows, sides, filter, onPair }: TableProps<DataRow>) {
  const { t } = useTranslation('compare');
  const { t: common } = useTranslation();
  const nameOf = useSideName();
  const shown = visibleRows(rows, filter, {
    text: (row) => row.path,
    differs: (row) => row.changes.some((one) => one !== null && one.change !== 'same'),
  });
  const columns = useMemo(
    (): GrowingColumn<DataRow>[] => [
      pathColumn(t('column.path')),
      {
        ...sideColumn(nameOf(sides[0]), 0),
        align: 'end',
        cell: (row) => <Amount file={row.first} />,
      },
      ...sides.slice(1).map(
        (side, at): GrowingColumn<DataRow> => ({
          ...sideColumn(nameOf(side), at + 1),
          align: 'end',
          cell: (row) => {
            const one = row.changes[at] ?? null;
            if (one === null) return <Absent label={t('unknownThere')} />;
            if (one.change === 'same') return <span className={css.dim}>{t('asFirst')}</span>;
            return (
              <PairButton path={row.path} at={at + 1} onPress={() => onPair(at + 1, row)}>
                <ChangeMark change={one.change} compact />
                <span className={css.manyLines}>
                  {one.file === null ? common(`change.${one.change}`) : <Amount file={one.file} />}
                </span>
              </PairButton>
            );
          },
        }),
      ),
    ],
    [t, common, sides, nameOf, onPair],
  );
  return (
    <TableFrame
      label={t('tab.data')}
      rows={shown}
      total={rows.length}
      columns={columns}
      rowKey={(row) => row.path}
      filtered={filter.text !== ''}
      words={{ none: t('none.data'), same: t('same.data'), unmatched: t('unmatched') }}
      tools={<span className={css.dim}>{t('againstFirst', { title: nameOf(sides[0]) })}</span>}
      copy={() =>
        tabSeparated([
          [t('column.path'), ...sides.map((side) => side.title)],
          ...shown.map((row) => [
            row.path,
            row.first?.hash ?? null,
            ...row.changes.map((one) => one && (one.file?.hash ?? one.change)),
          ]),
        ])
      }
    />
  );
}

/** Leads from the cell of a side to that file in it against the first. */
function PairButton(props: {
  readonly path: string;
  /** The side's place; 0 is the first. */
  readonly at: number;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('compare');
  return (
    <Button
      className={css.manyButton}
      size="compact-xs"
      variant="subtle"
      aria-label={t('compareWithFirst', { path: props.path, side: props.at + 1 })}
      onClick={props.onPress}
    >
      {props.children}
    </Button>
  );
}

function pathColumn<Row extends { readonly path: string }>(header: string): GrowingColumn<Row> {
  return {
    id: 'path',
    header,
    width: 240,
    grow: 2,
    value: (row) => row.path,
    cell: (row) => <MiddleEllipsis text={row.path} max={60} mono />,
  };
}

function sideColumn(name: string, at: number) {
  const header = `${at + 1}  ${name}`;
  return { id: `side ${at}`, header, hint: header, width: 150, grow: 1 };
}
