import { SegmentedControl, Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Heat } from '../../charts/index.ts';
import { localized } from '../../i18n/index.ts';
import { EmptyState, ErrorState, ProgressBar, Skeletons } from '../../ui/index.ts';
import css from './models.module.css';
import { useModelOnly } from './OptimizerSwitch.tsx';
import { Stopped } from './Stopped.tsx';
import { type StripRow, stripOf } from './series.ts';
import { type SeriesSource, useSeries } from './use-series.ts';

const rowName = (row: StripRow): string => row.name;

/** A column for each checkpoint, a row for each part of the model. */
export function FilmStrip({ source }: { readonly source: SeriesSource }) {
  const { t } = useTranslation('models');
  const { state, stop, again } = useSeries(source);
  const [against, setAgainst] = useState<'first' | 'previous'>('first');
  const [log, setLog] = useState(false);
  const { found, status, error, done } = state;
  const movements = state[against];
  const strip = useMemo(
    () =>
      stripOf(
        (found?.checkpoints ?? []).slice(1).map(({ label }) => label),
        movements,
      ),
    [found, movements],
  );
  const { drawn, optimizerSwitch } = useModelOnly(strip.rows, rowName);
  if (found === null) {
    if (error !== null) return <ErrorState error={error} onRetry={again} />;
    return <Skeletons rows={8} />;
  }
  if (found.checkpoints.length < 2) {
    return (
      <EmptyState title={t(`series.tooFew.${source.kind}`, { count: found.checkpoints.length })}>
        {t('series.emptyText')}
      </EmptyState>
    );
  }
  // A broken checkpoint fails against both others, for the same reason.
  const problems = [...new Map(state.problems.map(({ label, message }) => [label, message]))];
  return (
    <div className={css.diff}>
      <div className={css.pictures}>
        {status === 'reading' && (
          <div className={css.progress}>
            <ProgressBar
              label={t('measuring')}
              report={{ phase: 'measuring', done, total: found.total, unit: 'items' }}
              onCancel={stop}
            />
          </div>
        )}
        {status === 'stopped' && <Stopped onAgain={again} />}
        {error !== null && <ErrorState error={error} onRetry={again} />}
        <Heat
          title={t(`series.title.${against}`)}
          rows={drawn.map(rowName)}
          columns={strip.columns}
          values={drawn.map(({ values }) => values)}
          valueTitle={t('column.relativeL2')}
          log={log}
          tools={
            <>
              <SegmentedControl
                aria-label={t('series.against')}
                value={against}
                onChange={(value) => setAgainst(value === 'previous' ? 'previous' : 'first')}
                data={[
                  { value: 'first', label: t('series.first') },
                  { value: 'previous', label: t('series.previous') },
                ]}
              />
              <Switch
                label={t('logScale')}
                checked={log}
                onChange={(event) => setLog(event.currentTarget.checked)}
              />
              {optimizerSwitch}
            </>
          }
        />
        {problems.length > 0 && (
          <ul className={css.seriesProblems}>
            {problems.map(([label, message]) => (
              <li key={label}>
                {label}: {localized(message)}
              </li>
            ))}
          </ul>
        )}
        <p className={css.seriesFrom}>
          {t('series.from', { name: found.checkpoints[0]?.label ?? '', place: found.place })}{' '}
          {found.leftOut > 0 && t('series.leftOut', { count: found.leftOut })}
        </p>
      </div>
    </div>
  );
}
