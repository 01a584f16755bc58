import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CurveCharts } from '../../../charts/index.ts';
import { type RunDetail, topics, useOperation } from '../../../client/index.ts';
import { EmptyState, ErrorState, labelStyle, Skeletons } from '../../../ui/index.ts';
import css from '../runs.module.css';
import { systemCharts } from './system-charts.ts';

/** The runner writes a line about every second; nobody is told of each. */
const againMs = 3000;

/** How busy the machine was while the run went, over the time since its start. */
export function SystemTab({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runPage');
  const { data, error, reload } = useOperation(
    'runs.system',
    { id: run.id },
    { topics: [topics.runs, `run:${run.id}`] },
  );
  const goesOn = run.status === 'RUNNING';
  useEffect(() => {
    if (!goesOn) return;
    const timer = setInterval(() => {
      if (!document.hidden) reload();
    }, againMs);
    return () => clearInterval(timer);
  }, [goesOn, reload]);
  const { color } = labelStyle(run.label);
  const charts = useMemo(
    () =>
      systemCharts(data?.series ?? [], run.startedAt, color, {
        title: (quantity, unit) => t(`system.${quantity}`, { unit }),
        run: t('system.run'),
        machine: t('system.machine'),
        card: (number) => t('system.card', { number }),
      }),
    [data, run.startedAt, color, t],
  );
  if (error !== null && data === undefined) return <ErrorState error={error} onRetry={reload} />;
  if (data === undefined) return <Skeletons rows={8} />;
  if (charts.length === 0) {
    return (
      <EmptyState title={t('system.none')}>
        {t(goesOn ? 'system.notYet' : 'system.noneBody')}
      </EmptyState>
    );
  }
  return (
    <div className={css.charts}>
      <CurveCharts charts={charts} xAxis="relative" fromZero />
    </div>
  );
}
