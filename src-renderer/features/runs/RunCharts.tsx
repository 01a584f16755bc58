import { Button, TextInput } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CurveGrid } from '../../charts/index.ts';
import type { RunRow } from '../../client/index.ts';
import { to, useGo } from '../../state/index.ts';
import { EmptyState, runStyles } from '../../ui/index.ts';
import css from './runs.module.css';

type Charted = Pick<RunRow, 'id' | 'label' | 'name' | 'experimentNumber' | 'number' | 'metrics'>;

/** From here on metrics are searched rather than looked through. */
const fewMetrics = 8;
const mostRuns = 100;

/** The curves of several runs. */
export function RunCharts({
  runs,
  lit = null,
  onPoint,
}: {
  runs: readonly Charted[];
  /** The run that is pointed at elsewhere: its curves stand out. */
  lit?: string | null;
  /** The run whose curve is pointed at, or null. */
  onPoint?: (runId: string | null) => void;
}) {
  const { t } = useTranslation('runs');
  const go = useGo();
  const [text, setText] = useState('');
  const keys = useMemo(() => curveKeys(runs), [runs]);
  const found = useMemo(
    () => keys.filter((key) => key.toLowerCase().includes(text.toLowerCase())),
    [keys, text],
  );
  const entries = useMemo(() => {
    const drawn = runs.slice(0, mostRuns);
    const styles = runStyles(drawn);
    return drawn.flatMap((run, index) => {
      const style = styles[index];
      if (style === undefined) return [];
      return [{ runId: run.id, label: `${run.label} ${run.name}`, ...style }];
    });
  }, [runs]);
  if (keys.length === 0) {
    return (
      <EmptyState icon={<IconChartLine size={32} stroke={1.3} />} title={t('charts')}>
        {runs.length === 0 ? t('chartsHint') : t('page.noCurves')}
      </EmptyState>
    );
  }
  return (
    <div className={css.charts}>
      <CurveGrid
        keys={found}
        entries={entries}
        lit={lit}
        {...(onPoint === undefined ? {} : { onPoint })}
        tools={
          <>
            {keys.length > fewMetrics && (
              <TextInput
                aria-label={t('page.findMetric')}
                placeholder={t('page.findMetric')}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
              />
            )}
            <Button
              leftSection={<IconChartLine size={14} />}
              onClick={() =>
                go(
                  to(
                    'charts',
                    entries.map((entry) => entry.runId),
                  ),
                )
              }
            >
              {t('openCharts')}
            </Button>
          </>
        }
      />
    </div>
  );
}

/** Metrics with more than one point in any of the runs. */
function curveKeys(runs: readonly Pick<RunRow, 'metrics'>[]): string[] {
  const keys = new Set<string>();
  for (const run of runs) {
    for (const metric of run.metrics) if (metric.count > 1) keys.add(metric.key);
  }
  return [...keys].sort();
}
