import { Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Output, type TreeChange, useOperation } from '../../../client/index.ts';
import {
  AppTable,
  Badge,
  EmptyState,
  ErrorState,
  formatNumber,
  type GrowingColumn,
  NumberText,
  Skeletons,
  useFilledColumns,
} from '../../../ui/index.ts';
import type { ModelSide, ModelSource } from '../use-model-diff.ts';
import { Importance } from './Importance.tsx';
import { OneTree } from './OneTree.tsx';
import css from './parts.module.css';

interface Row extends TreeChange {
  readonly index: number;
}

const looks: Readonly<Record<TreeChange['change'], { shape: string; tone: string }>> = {
  same: { shape: '=', tone: 'dim' },
  values: { shape: '~', tone: 'active' },
  structure: { shape: '≠', tone: 'warn' },
  added: { shape: '+', tone: 'good' },
  removed: { shape: '−', tone: 'bad' },
  unread: { shape: '?', tone: 'dim' },
};

/** The trees of boosted models by their places, one of them node by node, and what they split on. */
export default function TreesPart({
  left,
  right,
  sides,
}: {
  readonly left: ModelSource;
  readonly right: ModelSource | null;
  readonly sides: readonly ModelSide[];
}) {
  const query = useOperation('diff.trees', { left, right });
  if (query.error !== null) return <ErrorState error={query.error} onRetry={query.reload} />;
  if (query.data === undefined) return <Skeletons rows={8} />;
  return <Trees left={left} right={right} sides={sides} answer={query.data} />;
}

function Trees({
  left,
  right,
  sides,
  answer,
}: {
  readonly left: ModelSource;
  readonly right: ModelSource | null;
  readonly sides: readonly ModelSide[];
  readonly answer: Output<'diff.trees'>;
}) {
  const { t } = useTranslation('models');
  const single = right === null;
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const [active, setActive] = useState<string | null>(null);
  const rows = useMemo(() => {
    const all = (answer.trees ?? []).map((tree, index) => ({ ...tree, index }));
    return onlyDifferences ? all.filter(({ change }) => change !== 'same') : all;
  }, [answer, onlyDifferences]);
  const columns = useFilledColumns(useColumns(single));
  const { counts } = answer;
  const current = rows.find(({ index }) => String(index) === active) ?? rows[0];
  return (
    <section className={css.part} aria-label={t('part.trees')}>
      <Importance sides={sides} single={single} />
      {answer.trees === null ? (
        <EmptyState title={t('trees.none')} />
      ) : (
        <>
          <div className={css.tools}>
            <span className={css.dim}>
              {single
                ? t('trees.count', { amount: formatNumber(rows.length) })
                : t('trees.counts', {
                    same: formatNumber(counts.same),
                    values: formatNumber(counts.values),
                    structure: formatNumber(counts.structure),
                    added: formatNumber(counts.added),
                    removed: formatNumber(counts.removed),
                  })}
              {answer.leftOut > 0 &&
                ` ${t('trees.leftOut', { amount: formatNumber(answer.leftOut) })}`}
            </span>
            {!single && (
              <Switch
                label={t('onlyDifferences')}
                checked={onlyDifferences}
                onChange={(event) => setOnlyDifferences(event.currentTarget.checked)}
              />
            )}
          </div>
          <div className={css.body}>
            <div ref={columns.ref} className={css.treeTable}>
              <AppTable
                label={t('part.trees')}
                rows={rows}
                columns={columns.columns}
                rowKey={({ index }) => String(index)}
                activeKey={current === undefined ? null : String(current.index)}
                onActive={setActive}
                rowTone={({ change }) => (!single && change === 'same' ? 'dim' : undefined)}
                empty={<EmptyState title={t('trees.same')} />}
              />
            </div>
            {current !== undefined && (
              <OneTree key={current.index} left={left} right={right} index={current.index} />
            )}
          </div>
        </>
      )}
    </section>
  );
}

function useColumns(single: boolean): GrowingColumn<Row>[] {
  const { t } = useTranslation('models');
  return useMemo(() => {
    const size = (id: 'splits' | 'leaves' | 'depth'): GrowingColumn<Row> => ({
      id,
      header: t(`trees.${id}`),
      width: 116,
      align: 'end',
      value: ({ left, right }) => (right ?? left)?.[id] ?? null,
      cell: ({ left, right }) => {
        const [before, after] = [left?.[id], right?.[id]];
        if (before === undefined || after === undefined || before === after) {
          return after ?? before ?? '–';
        }
        return `${before} → ${after}`;
      },
    });
    const number: GrowingColumn<Row> = {
      id: 'index',
      header: t('trees.tree'),
      width: 64,
      align: 'end',
      value: ({ index }) => index,
      cell: ({ index }) => index,
    };
    const sizes = [size('splits'), size('leaves'), size('depth')];
    if (single) return [number, ...sizes];
    const values = (
      id: 'thresholds' | 'leaves',
      key: string,
      header: string,
    ): GrowingColumn<Row> => ({
      id: key,
      header,
      width: 110,
      align: 'end',
      value: (row) => (row.change === 'values' ? row[id] : null),
      cell: (row) => (row.change === 'values' ? row[id] : null),
    });
    return [
      number,
      {
        id: 'change',
        header: t('column.state'),
        width: 150,
        grow: 1,
        value: ({ change }) => t(`trees.state.${change}`),
        cell: ({ change }) => <Badge {...looks[change]}>{t(`trees.state.${change}`)}</Badge>,
      },
      ...sizes,
      values('thresholds', 'thresholds', t('trees.thresholds')),
      values('leaves', 'leafValues', t('trees.leafValues')),
      {
        id: 'maxLeafDelta',
        header: t('trees.maxLeafDelta'),
        width: 110,
        align: 'end',
        value: ({ maxLeafDelta }) => maxLeafDelta,
        cell: ({ change, maxLeafDelta }) =>
          change === 'values' ? <NumberText value={maxLeafDelta} /> : null,
      },
    ];
  }, [t, single]);
}
