import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ImportanceChart } from '../../charts/index.ts';
import { useOperation } from '../../client/index.ts';
import { ErrorState, ProgressBar } from '../../ui/index.ts';
import css from './charts.module.css';
import { FieldSelect } from './FieldSelect.tsx';
import { fieldName } from './fields.ts';
import type { PanelProps } from './PanelView.tsx';

/** Below this share of explained variance, bars of a forest mean little. */
const weak = 0.2;
const shownAtFirst = 12;

/** Which params matter for a metric, and how sure that is. */
export function ImportancePanel(props: PanelProps) {
  const { options, onOptions, fields, runs, search, aggregate } = props;
  const { t } = useTranslation(['charts', 'common']);
  const [all, setAll] = useState(false);
  const metric = fieldName(options.metric ?? '');
  const found = useOperation(
    'charts.importance',
    { filter: search.filter, experimentId: search.experimentId, metric, aggregate },
    { enabled: metric !== '' },
  );
  // Weighing takes a while: it is done again when runs come or go, not with every value that one logs.
  const count = runs.ids.length;
  const weighed = useRef(count);
  useEffect(() => {
    if (weighed.current === count) return;
    weighed.current = count;
    found.reload();
  }, [count, found.reload]);
  const tools = (
    <>
      <FieldSelect
        label={t('panel.metric')}
        value={options.metric ?? ''}
        fields={fields}
        only="metrics"
        onChange={(next) => onOptions({ metric: next })}
      />
      {props.menu}
    </>
  );
  const { data } = found;
  const params = all ? (data?.params ?? []) : (data?.params ?? []).slice(0, shownAtFirst);
  const title = t('panel.importanceTitle', { metric });
  return (
    <div className={css.importance}>
      <ImportanceChart
        title={title}
        valueTitle={t('panel.importanceAxis')}
        unknown={t('panel.unknown')}
        bars={params.map((one) => ({ label: one.key, value: one.importance }))}
        signed={false}
        tools={tools}
        empty={data === undefined ? t('panel.weighing') : t('panel.tooFew')}
      />
      <ImportanceChart
        title={t('panel.correlationTitle', { metric })}
        valueTitle={t('panel.correlationAxis')}
        unknown={t('panel.noOrder')}
        bars={params.map((one) => ({ label: one.key, value: one.correlation }))}
        signed
        empty={data === undefined ? t('panel.weighing') : t('panel.tooFew')}
      />
      <div className={css.importanceNotes} role="status">
        {found.error !== null && <ErrorState error={found.error} onRetry={found.reload} />}
        {data === undefined && found.error === null && metric !== '' && (
          <ProgressBar label={t('panel.weighing')} report={found.item} />
        )}
        {data !== undefined && data.params.length > 0 && (
          <p className={css.note}>
            {t('panel.sure', { count: data.used })}
            {data.used < data.runs &&
              ` ${t('panel.sample', { used: data.used, total: data.runs })}`}
            {data.explained !== null &&
              ` ${t('panel.explained', {
                share: percent(data.explained.value),
                low: percent(data.explained.low),
                high: percent(data.explained.high),
              })}`}
          </p>
        )}
        {data?.explained != null && data.explained.value < weak && (
          <p className={css.warning}>{t('panel.weak')}</p>
        )}
        {data !== undefined && data.leftOut.length > 0 && (
          <p className={css.note}>
            {t('panel.leftOut', {
              names: data.leftOut
                .slice(0, 8)
                .map((one) => one.key)
                .join(', '),
              count: data.leftOut.length,
            })}
          </p>
        )}
        {data !== undefined && data.params.length > shownAtFirst && (
          <Button onClick={() => setAll(!all)}>
            {all ? t('panel.fewer') : t('panel.all', { count: data.params.length })}
          </Button>
        )}
      </div>
    </div>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
