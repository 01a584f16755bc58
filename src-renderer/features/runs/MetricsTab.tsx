import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { RunPlots } from '../../charts/index.ts';
import type { RunDetail } from '../../client/index.ts';
import { EmptyState, labelStyle } from '../../ui/index.ts';
import { MetricTable } from './MetricTable.tsx';
import { RunCharts } from './RunCharts.tsx';
import css from './runs.module.css';
import { isSystemMetric } from './system/system-charts.ts';

/** Curves of the metrics that have them, a table of the others, and plots that were logged; the machine has a tab of its own. */
export function MetricsTab({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs');
  const metrics = useMemo(
    () => run.metrics.filter((metric) => !isSystemMetric(metric.key)),
    [run.metrics],
  );
  const drawn = useMemo(() => [{ ...run, metrics }], [run, metrics]);
  const entries = useMemo(() => {
    const { color } = labelStyle(run.label);
    return [{ runId: run.id, label: `${run.label} ${run.name}`, color }];
  }, [run.id, run.label, run.name]);
  const isForeign = run.kind === 'imported' || run.kind === 'logged';
  const curves = metrics.some((metric) => metric.count > 1);
  const single = metrics.filter((metric) => metric.count <= 1);
  return (
    <div className={css.metricsTab}>
      {metrics.length === 0 && (
        <EmptyState title={t('page.metrics')}>
          {t(isForeign ? 'page.noMetricsForeign' : 'page.noMetrics')}
        </EmptyState>
      )}
      {single.length > 0 && <MetricTable metrics={single} />}
      {curves && <RunCharts runs={drawn} />}
      <RunPlots runs={entries} />
    </div>
  );
}
