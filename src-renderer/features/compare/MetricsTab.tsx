import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiffSummary } from '../../client/index.ts';
import {
  Delta,
  formatNumber,
  type GrowingColumn,
  MiddleEllipsis,
  NumberText,
} from '../../ui/index.ts';
import type { TabProps } from './CompareView.tsx';
import { Curves } from './Curves.tsx';
import css from './compare.module.css';
import { tabSeparated, visibleRows } from './rows.ts';
import { TableFrame } from './TableFrame.tsx';

type Row = DiffSummary['metrics'][number];

/** Last values with their change, and the curves of both runs over each other. */
export function MetricsTab({ summary, filter }: TabProps) {
  const { t } = useTranslation('compare');
  const rows = visibleRows(summary.metrics, filter, {
    text: (row) => row.key,
    differs: (row) => !Object.is(row.left, row.right),
  });
  const grouped = summary.left.kind === 'group' || summary.right.kind === 'group';
  const columns = useMemo(
    (): GrowingColumn<Row>[] => [
      {
        id: 'key',
        header: t('column.metric'),
        width: 200,
        grow: 3,
        value: (row) => row.key,
        cell: (row) => <MiddleEllipsis text={row.key} />,
      },
      {
        id: 'left',
        header: t('from'),
        width: grouped ? 170 : 110,
        grow: 1,
        align: 'end',
        value: (row) => row.left,
        cell: (row) => <MeanText value={row.left} spread={row.spread?.left} />,
      },
      {
        id: 'right',
        header: t('to'),
        width: grouped ? 170 : 110,
        grow: 1,
        align: 'end',
        value: (row) => row.right,
        cell: (row) => <MeanText value={row.right} spread={row.spread?.right} />,
      },
      {
        id: 'delta',
        header: t('column.delta'),
        width: 120,
        grow: 1,
        align: 'end',
        value: (row) => row.delta,
        cell: (row) => <Delta value={row.delta} better={row.better} />,
      },
      {
        id: 'relative',
        header: t('column.relative'),
        width: 90,
        align: 'end',
        value: (row) => relative(row),
        cell: (row) => <Percent value={relative(row)} />,
      },
      {
        id: 'verdict',
        header: t('column.verdict'),
        width: 150,
        value: (row) => (row.better === null ? null : row.better ? 1 : 0),
        cell: (row) => <Verdict row={row} />,
      },
      ...(grouped ? [significance(t)] : []),
    ],
    [t, grouped],
  );
  return (
    <div className={css.metrics}>
      <TableFrame
        label={t('tab.metrics')}
        rows={rows}
        total={summary.metrics.length}
        columns={columns}
        rowKey={(row) => row.key}
        filtered={filter.text !== ''}
        words={{ none: t('none.metrics'), same: t('same.metrics'), unmatched: t('unmatched') }}
        copy={() =>
          tabSeparated([
            [t('column.metric'), t('from'), t('to'), t('column.delta')],
            ...rows.map((row) => [row.key, row.left, row.right, row.delta]),
          ])
        }
        maxRows={12}
      />
      <Curves summary={summary} text={filter.text} />
    </div>
  );
}

type Words = ReturnType<typeof useTranslation<'compare'>>['t'];

/** Whether two means differ by more than chance, where both sides are groups. */
function significance(t: Words): GrowingColumn<Row> {
  return {
    id: 'p',
    header: t('column.chance'),
    hint: t('chanceHint'),
    width: 240,
    value: (row) => row.spread?.p ?? null,
    cell: (row) => <Chance row={row} />,
  };
}

function Chance({ row }: { row: Row }) {
  const { t } = useTranslation('compare');
  if (row.spread == null) return null;
  const { left, right, p } = row.spread;
  const n = `n ${left.n}, ${right.n}`;
  if (p === null) return <span className={css.dim}>{t('chanceUnknown', { n })}</span>;
  const shown = p < 0.001 ? 'p < 0.001' : `p ${p.toFixed(3)}`;
  const word = p < 0.05 ? t('significant') : t('byChance');
  return (
    <span title={`Welch’s t, p = ${p}`}>
      {shown} <span className={css.dim}>{`${word}, ${n}`}</span>
    </span>
  );
}

/** A mean with its deviation; of one run, its value. */
function MeanText({
  value,
  spread,
}: {
  value: number | null;
  spread: { readonly n: number; readonly std: number | null } | undefined;
}) {
  if (spread?.std == null) return <NumberText value={value} />;
  return (
    <span title={`n = ${spread.n}`}>
      <NumberText value={value} /> <span className={css.dim}>± {formatNumber(spread.std)}</span>
    </span>
  );
}

/** (right − left) / |left|; null where that says nothing. */
function relative(row: Row): number | null {
  if (row.delta === null || row.left === null || row.left === 0) return null;
  const share = row.delta / Math.abs(row.left);
  return Number.isFinite(share) ? share : null;
}

function Percent({ value }: { value: number | null }) {
  if (value === null) return null;
  const percent = Math.abs(value * 100);
  const digits = percent < 10 ? 1 : 0;
  const sign = value > 0 ? '+' : value < 0 ? '−' : '';
  // Little is not nothing.
  const isLittle = percent > 0 && percent < 0.05;
  return (
    <span className={css.dim}>
      {isLittle ? `${sign}<0.1` : `${sign}${percent.toFixed(digits)}`} %
    </span>
  );
}

function Verdict({ row }: { row: Row }) {
  const { t } = useTranslation('compare');
  if (row.left === null || row.right === null) {
    return <span className={css.dim}>{t(row.left === null ? 'onlyTo' : 'onlyFrom')}</span>;
  }
  // A NaN or an infinity: neither better nor worse.
  if (row.delta === null) return null;
  if (row.delta === 0) return <span className={css.dim}>{t('unchanged')}</span>;
  if (row.better === null) return <span className={css.dim}>{t('unknownDirection')}</span>;
  return (
    <span data-tone={row.better ? 'good' : 'bad'} className={css.verdict}>
      {t(row.better ? 'better' : 'worse')}
    </span>
  );
}
