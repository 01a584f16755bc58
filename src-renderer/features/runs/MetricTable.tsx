import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetricSummary } from '../../client/index.ts';
import { MiddleEllipsis, NumberText } from '../../ui/index.ts';
import css from './runs.module.css';

const first = 40;

/** The metrics of one run: the last value of each; of curves also the range, step and points. */
export function MetricTable({ metrics }: { metrics: readonly MetricSummary[] }) {
  const { t } = useTranslation(['runs', 'common']);
  const [all, setAll] = useState(false);
  const shown = all ? metrics : metrics.slice(0, first);
  // Plain values have neither a range nor a course.
  const curves = metrics.some((metric) => metric.count > 1);
  const steps = metrics.some(hasStep);
  return (
    <>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('page.key')}</th>
            <th scope="col">{t('page.lastValue')}</th>
            {curves && <th scope="col">{t('min')}</th>}
            {curves && <th scope="col">{t('max')}</th>}
            {steps && <th scope="col">{t('page.step')}</th>}
            {curves && <th scope="col">{t('page.points')}</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((metric) => (
            <tr key={metric.key}>
              <th scope="row">
                <MiddleEllipsis text={metric.key} max={44} />
              </th>
              <td>
                <strong>
                  {/* Of a metric that is there, only a NaN is no number. */}
                  <NumberText value={metric.last ?? Number.NaN} />
                </strong>
              </td>
              {curves && (
                <td>{metric.count > 1 && <NumberText value={metric.min ?? Number.NaN} />}</td>
              )}
              {curves && (
                <td>{metric.count > 1 && <NumberText value={metric.max ?? Number.NaN} />}</td>
              )}
              {steps && <td>{hasStep(metric) && <NumberText value={metric.lastStep} />}</td>}
              {curves && <td>{metric.count > 1 && <NumberText value={metric.count} />}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < metrics.length && (
        <Button variant="subtle" onClick={() => setAll(true)}>
          {t('common:showing', { shown: shown.length, total: metrics.length })}
          {' · '}
          {t('common:showMore')}
        </Button>
      )}
    </>
  );
}

/** A value that was written once and at no step in particular lies at step 0. */
function hasStep({ count, lastStep }: MetricSummary): boolean {
  return lastStep !== null && (count > 1 || lastStep !== 0);
}
