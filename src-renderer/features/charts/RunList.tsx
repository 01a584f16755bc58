import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LineSample } from '../../charts/index.ts';
import type { RunRow } from '../../client/index.ts';
import {
  AppTable,
  EmptyState,
  type GrowingColumn,
  RunLabel,
  useFilledColumns,
  useRunActions,
} from '../../ui/index.ts';
import css from './charts.module.css';

/** How a run is drawn. */
export interface RunLook {
  readonly color: string;
  readonly dash: 'solid' | 'dash' | 'dot' | 'dashdot' | 'longdash';
}

/** The runs beside the charts, which are also their legend: ticked ones are drawn. */
export function RunList({
  runs,
  looks,
  ticked,
  onTick,
  lit,
  onPoint,
  filterKey,
}: {
  runs: readonly RunRow[];
  /** Of the runs that are drawn. */
  looks: ReadonlyMap<string, RunLook>;
  ticked: readonly string[];
  onTick: (ids: readonly string[]) => void;
  /** The run whose curve is pointed at. */
  lit: string | null;
  onPoint: (id: string | null) => void;
  filterKey: string;
}) {
  const { t } = useTranslation('charts');
  const actions = useRunActions();
  const columns = useMemo(
    (): GrowingColumn<RunRow>[] => [
      {
        id: 'run',
        header: t('view.run'),
        width: 160,
        grow: 1,
        cell: (run) => {
          const look = looks.get(run.id);
          return (
            <span className={css.runCell} title={`${run.label} ${run.name}`}>
              {look === undefined ? (
                <span className={css.noSample} />
              ) : (
                <LineSample color={look.color} dash={look.dash} />
              )}
              <RunLabel label={run.label} name={run.name} mark={false} />
            </span>
          );
        },
      },
    ],
    [looks, t],
  );
  const filled = useFilledColumns(columns, true);
  return (
    <div ref={filled.ref} className={css.runList}>
      <AppTable
        label={t('view.runs')}
        rows={runs}
        columns={filled.columns}
        rowKey={(run) => run.id}
        activeKey={lit}
        onActive={onPoint}
        onPoint={onPoint}
        onOpen={(run) => actions.open(run)}
        selected={ticked}
        onSelect={onTick}
        filterKey={filterKey}
        empty={<EmptyState title={t('view.noMatch')}>{t('view.noMatchBody')}</EmptyState>}
      />
    </div>
  );
}
