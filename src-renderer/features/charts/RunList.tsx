import { useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { LineSample, type Lit } from '../../charts/index.ts';
import {
  EmptyState,
  Grid,
  type GrowingColumn,
  type LineStyle,
  RunLabel,
  useFilledColumns,
  useRunActions,
} from '../../ui/index.ts';
import css from './charts.module.css';
import { type ListedRun, useRows } from './use-rows.ts';

// The order is the view's.
const notSorted = (): false => false;
const nothing = (): void => {};

/** The runs beside the charts, which are also their legend: ticked ones are drawn. */
export function RunList({
  ids,
  looks,
  ticked,
  onTick,
  lit,
  pointed,
  onPoint,
  filterKey,
}: {
  /** The runs in the list, in order; any number. */
  ids: readonly string[];
  /** Of the runs that are drawn. */
  looks: ReadonlyMap<string, LineStyle>;
  ticked: readonly string[];
  onTick: (ids: readonly string[]) => void;
  /** The row that is pointed at. */
  lit: string | null;
  /** The run whose curve is pointed at: only the list is drawn again when it changes. */
  pointed: Lit;
  onPoint: (id: string | null) => void;
  filterKey: string;
}) {
  const { t } = useTranslation('charts');
  const actions = useRunActions();
  const pointedCurve = useSyncExternalStore(pointed.subscribe, pointed.get);
  const columns = useMemo(
    (): GrowingColumn<ListedRun>[] => [
      {
        id: 'run',
        header: t('view.run'),
        width: 160,
        grow: 1,
        cell: ({ id, row }) => {
          if (row === null) return null;
          const look = looks.get(id);
          return (
            <span className={css.runCell} title={`${row.label} ${row.name}`}>
              {look === undefined ? <span className={css.noSample} /> : <LineSample {...look} />}
              <RunLabel label={row.label} name={row.name} mark={false} />
            </span>
          );
        },
      },
    ],
    [looks, t],
  );
  const filled = useFilledColumns(columns, true);
  const { rowAt, onSight } = useRows(ids);
  return (
    <div ref={filled.ref} className={css.runList}>
      <Grid
        label={t('view.runs')}
        keys={ids}
        rowAt={rowAt}
        columns={filled.columns}
        directionOf={notSorted}
        onSort={nothing}
        onSight={onSight}
        isBlank={({ row }) => row === null}
        rowName={({ row }) => row?.label ?? ''}
        activeKey={pointedCurve ?? lit}
        onActive={onPoint}
        onPoint={onPoint}
        onOpen={({ row }) => {
          if (row !== null) actions.open(row);
        }}
        selected={ticked}
        onSelect={onTick}
        filterKey={filterKey}
        empty={<EmptyState title={t('view.noMatch')}>{t('view.noMatchBody')}</EmptyState>}
      />
    </div>
  );
}
