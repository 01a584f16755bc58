import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnChange } from '../../../../client/index.ts';
import {
  Badge,
  ChangeMark,
  formatNumber,
  type GrowingColumn,
  MiddleEllipsis,
  NumberText,
} from '../../../../ui/index.ts';
import { ValuePair } from '../../cells.tsx';
import { matching, tabSeparated } from '../../rows.ts';
import { TableFrame } from '../../TableFrame.tsx';
import css from '../content.module.css';

type Stats = ColumnChange['left'];

export interface ColumnsTableProps {
  readonly columns: readonly ColumnChange[];
  readonly keys: readonly string[];
  readonly search: string;
}

const driftTones = { none: 'dim', some: 'warn', strong: 'bad' } as const;
const driftShapes = { none: '=', some: '~', strong: '▲' } as const;

/** Every column with what it holds on both sides, and how far that has drifted. */
export function ColumnsTable({ columns: rows, keys, search }: ColumnsTableProps) {
  const { t } = useTranslation('contents');
  const { t: compare } = useTranslation('compare');
  const found = rows.filter((row) => matching(row.name, search));
  const columns = useMemo(
    (): GrowingColumn<ColumnChange>[] => [
      {
        id: 'name',
        header: compare('column.name'),
        width: 160,
        grow: 1,
        value: (row) => row.name,
        cell: (row) => (
          <span className={css.columnName}>
            <MiddleEllipsis text={row.name} max={40} mono />
            {keys.includes(row.name) && (
              <Badge tone="active" shape="#">
                {t('key')}
              </Badge>
            )}
          </span>
        ),
      },
      {
        id: 'change',
        header: compare('column.change'),
        width: 110,
        value: (row) => row.change,
        cell: (row) => <ChangeMark change={row.change} />,
      },
      {
        id: 'type',
        header: t('column.type'),
        width: 110,
        value: (row) => row.kind,
        cell: (row) => <span title={typesOf(row)}>{t(`columnKind.${row.kind}`)}</span>,
      },
      {
        id: 'rows',
        header: t('column.changedRows'),
        width: 132,
        align: 'end',
        value: (row) => row.changedRows,
        cell: (row) => <NumberText value={row.changedRows} />,
      },
      {
        id: 'drift',
        header: t('column.drift'),
        hint: t('driftHint'),
        width: 150,
        value: (row) => row.drift?.value ?? null,
        cell: (row) => <Drift drift={row.drift} />,
      },
      {
        id: 'missing',
        header: t('column.missing'),
        width: 130,
        align: 'end',
        value: (row) => share(row.right),
        cell: (row) => `${percent(share(row.left))} → ${percent(share(row.right))}`,
      },
      {
        id: 'left',
        header: compare('from'),
        width: 170,
        grow: 2,
        value: (row) => row.left?.mean ?? null,
        cell: (row) => <span className={css.cellValue}>{brief(row.left)}</span>,
      },
      {
        id: 'right',
        header: compare('to'),
        width: 170,
        grow: 2,
        value: (row) => row.right?.mean ?? null,
        cell: (row) => <span className={css.cellValue}>{brief(row.right)}</span>,
      },
    ],
    [t, compare, keys],
  );
  return (
    <TableFrame
      label={t('columns')}
      rows={found}
      total={rows.length}
      columns={columns}
      rowKey={(row) => row.name}
      rowTone={(row) =>
        row.change === 'same' && row.drift?.level !== 'strong' ? 'dim' : undefined
      }
      filtered={search !== ''}
      words={{ none: t('noColumns'), same: t('noColumns'), unmatched: compare('unmatched') }}
      copy={() =>
        tabSeparated([
          [
            compare('column.name'),
            compare('column.change'),
            t('column.drift'),
            compare('from'),
            compare('to'),
          ],
          ...found.map((row) => [
            ...[row.name, row.change, row.drift?.value ?? null],
            ...[brief(row.left), brief(row.right)],
          ]),
        ])
      }
      detail={(row) => <ColumnDetail row={row} />}
    />
  );
}

/** All that is known of a column, line by line. */
function ColumnDetail({ row }: { row: ColumnChange }) {
  const { t } = useTranslation('contents');
  const lines = (stats: Stats): string | null => {
    if (stats === null) return null;
    const { count, missing, distinct, mean, std, min, median, max } = stats;
    const facts = { count, missing, distinct, mean, std, min, median, max };
    const known = Object.entries(facts).flatMap(([name, value]) =>
      value === null ? [] : [`${t(`stat.${name as keyof typeof facts}`)}: ${formatNumber(value)}`],
    );
    const top = stats.top.map(({ value, count }) => `${value}: ${formatNumber(count)}`);
    return [...known, ...top].join('\n');
  };
  return <ValuePair name={row.name} left={lines(row.left)} right={lines(row.right)} />;
}

function Drift({ drift }: { drift: ColumnChange['drift'] }) {
  const { t } = useTranslation('contents');
  if (drift === null) return null;
  const measure = drift.measure === 'psi' ? 'PSI' : 'TV';
  const p = drift.p === null ? '' : `, p ${formatNumber(drift.p)}`;
  return (
    <Badge
      tone={driftTones[drift.level]}
      shape={driftShapes[drift.level]}
      title={`${measure} ${drift.value}${p}`}
    >
      {`${measure} ${drift.value.toFixed(3)} ${t(`drift.${drift.level}`)}`}
    </Badge>
  );
}

function typesOf({ leftType, rightType }: ColumnChange): string | undefined {
  if (leftType === rightType) return leftType ?? undefined;
  return `${leftType ?? '–'} → ${rightType ?? '–'}`;
}

function share(stats: Stats): number | null {
  if (stats === null) return null;
  const all = stats.count + stats.missing;
  return all === 0 ? 0 : stats.missing / all;
}

function percent(value: number | null): string {
  if (value === null) return '–';
  return `${(100 * value).toFixed(value === 0 || value >= 0.1 ? 0 : 1)} %`;
}

/** One line: the mean with its deviation, or the most frequent values. */
function brief(stats: Stats): string {
  if (stats === null) return '–';
  if (stats.mean !== null) return `${formatNumber(stats.mean)} ± ${formatNumber(stats.std ?? 0)}`;
  return stats.top.map(({ value, count }) => `${value} (${formatNumber(count)})`).join(', ');
}
