import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../client/index.ts';
import { EmptyState } from '../../ui/index.ts';
import { MetricTable } from './MetricTable.tsx';
import { RunCharts } from './RunCharts.tsx';
import css from './runs.module.css';
import { isSystemMetric } from './system/system-charts.ts';

/** Curves of the metrics that have them, and a table of the others; the machine has a tab of its own. */
export function MetricsTab({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs');
  const metrics = useMemo(
    () => run.metrics.filter((metric) => !isSystemMetric(metric.key)),
    [run.metrics],
  );
  const drawn = useMemo(() => [{ ...run, metrics }], [run, metrics]);
  if (metrics.length === 0) {
    return <EmptyState title={t('page.metrics')}>{t('page.noMetrics')}</EmptyState>;
  }
  const curves = metrics.some((metric) => metric.count > 1);
  const single = metrics.filter((metric) => metric.count <= 1);
  return (
    <div className={css.metricsTab}>
      {single.length > 0 && <MetricTable metrics={single} />}
      {curves && <RunCharts runs={drawn} />}
    </div>
  );
}
