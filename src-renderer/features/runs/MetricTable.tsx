import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetricSummary } from '../../client/index.ts';
import { MiddleEllipsis, NumberText } from '../../ui/index.ts';
import css from './runs.module.css';

const first = 40;

/** The metrics of one run: last, least and greatest value, and how many points there are. */
export function MetricTable({ metrics }: { metrics: readonly MetricSummary[] }) {
  const { t } = useTranslation(['runs', 'common']);
  const [all, setAll] = useState(false);
  const shown = all ? metrics : metrics.slice(0, first);
  return (
    <>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('page.key')}</th>
            <th scope="col">{t('page.lastValue')}</th>
            <th scope="col">{t('min')}</th>
            <th scope="col">{t('max')}</th>
            <th scope="col">{t('page.step')}</th>
            <th scope="col">{t('page.points')}</th>
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
                  <NumberText value={metric.last} />
                </strong>
              </td>
              <td>{metric.count > 1 && <NumberText value={metric.min} />}</td>
              <td>{metric.count > 1 && <NumberText value={metric.max} />}</td>
              <td>{metric.lastStep !== null && <NumberText value={metric.lastStep} />}</td>
              <td>
                <NumberText value={metric.count} />
              </td>
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
