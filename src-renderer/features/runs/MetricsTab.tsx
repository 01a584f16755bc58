import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../client/index.ts';
import { EmptyState } from '../../ui/index.ts';
import { MetricTable } from './MetricTable.tsx';
import { RunCharts } from './RunCharts.tsx';
import css from './runs.module.css';

/** Curves of the metrics that have them, and a table of the others. */
export function MetricsTab({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs');
  if (run.metrics.length === 0) {
    return <EmptyState title={t('page.metrics')}>{t('page.noMetrics')}</EmptyState>;
  }
  const curves = run.metrics.some((metric) => metric.count > 1);
  const single = run.metrics.filter((metric) => metric.count <= 1);
  return (
    <div className={css.metricsTab}>
      {single.length > 0 && <MetricTable metrics={single} />}
      {curves && <RunCharts runs={[run]} />}
    </div>
  );
}
