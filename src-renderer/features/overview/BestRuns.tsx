import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { to, useGo } from '../../state/index.ts';
import { NumberText, RunLabel } from '../../ui/index.ts';
import { lowerIsBetter } from './attention.ts';
import css from './overview.module.css';
import { Line, Panel } from './Panel.tsx';
import { useBest } from './use-best.ts';

/** The best runs by a metric that can be chosen, and which way is better. */
export function BestRuns() {
  const { t } = useTranslation('overview');
  const go = useGo();
  const best = useBest();
  if (best.metric === null) return null;
  const { metric, lower } = best;
  return (
    <Panel
      title={t('best')}
      actions={
        <>
          <NativeSelect
            aria-label={t('bestMetric')}
            value={metric}
            data={[...best.metrics]}
            maw={200}
            onChange={(event) => {
              const next = event.currentTarget.value;
              best.choose(next, lowerIsBetter(next));
            }}
          />
          <NativeSelect
            aria-label={t('bestWay')}
            value={lower ? 'lower' : 'higher'}
            data={[
              { value: 'higher', label: t('higher') },
              { value: 'lower', label: t('lower') },
            ]}
            onChange={(event) => best.choose(metric, event.currentTarget.value === 'lower')}
          />
        </>
      }
    >
      <ul className={css.lines}>
        {best.runs.map((run) => (
          <Line
            key={run.id}
            onOpen={() => go(to('run', [run.id]))}
            main={<RunLabel label={run.label} name={run.name} />}
            aside={
              <strong>
                <NumberText value={run.metrics.find((one) => one.key === metric)?.last ?? null} />
              </strong>
            }
          />
        ))}
      </ul>
    </Panel>
  );
}
