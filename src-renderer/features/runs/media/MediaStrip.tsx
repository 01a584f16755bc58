import { Slider } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOperation } from '../../../client/index.ts';
import { ErrorState, formatNumber, Skeletons } from '../../../ui/index.ts';
import { MediaItems } from './MediaItems.tsx';
import css from './media.module.css';
import { allSteps, histogramRange, type Range, rangeOfAll, stepAt } from './steps.ts';

export interface MediaRun {
  readonly id: string;
  readonly label: string;
  readonly steps: readonly number[];
}

/** One key of every run at one step, which a slider chooses; at first the last. */
export function MediaStrip({
  name,
  runs,
}: {
  readonly name: string;
  readonly runs: readonly MediaRun[];
}) {
  const { t } = useTranslation('media');
  const steps = useMemo(() => allSteps(runs.map((run) => run.steps)), [runs]);
  const [chosen, setChosen] = useState<number | null>(null);
  const last = steps.length - 1;
  const at = chosen === null ? last : Math.min(chosen, last);
  const step = steps[at] ?? 0;
  // Beside each other, histograms are drawn on one scale.
  const [ranges, setRanges] = useState<Readonly<Record<string, Range | null>>>({});
  const noteRange = useCallback(
    (id: string, range: Range | null) => setRanges((known) => ({ ...known, [id]: range })),
    [],
  );
  const scale = runs.length === 1 ? null : rangeOfAll(runs.map(({ id }) => ranges[id] ?? null));
  return (
    <section className={css.strip} aria-label={name}>
      <div className={css.stripHead}>
        <h2 title={name}>{name}</h2>
        {steps.length > 1 && (
          <Slider
            className={css.slider}
            min={0}
            max={last}
            value={at}
            onChange={setChosen}
            thumbLabel={t('stepOf', { name })}
            label={() => formatNumber(step)}
          />
        )}
        <span className={css.step}>{t('step', { step: formatNumber(step) })}</span>
      </div>
      <div className={css.panes}>
        {runs.map((run) => (
          <Pane
            key={run.id}
            run={run}
            name={name}
            step={step}
            alone={runs.length === 1}
            scale={scale}
            onRange={noteRange}
          />
        ))}
      </div>
    </section>
  );
}

/** A run that logged nothing at this very step shows what it logged before it. */
function Pane({
  run,
  name,
  step,
  alone,
  scale,
  onRange,
}: {
  readonly run: MediaRun;
  readonly name: string;
  readonly step: number;
  readonly alone: boolean;
  readonly scale: Range | null;
  /** Told between which values its histograms lie. */
  readonly onRange: (id: string, range: Range | null) => void;
}) {
  const { t } = useTranslation('media');
  const own = stepAt(run.steps, step);
  const query = useOperation(
    'media.read',
    { id: run.id, key: name, step: own ?? 0 },
    { enabled: own !== null, keepPrevious: true },
  );
  const { data } = query;
  useEffect(() => {
    const histograms = (data?.items ?? []).filter((item) => item.kind === 'histogram');
    if (histograms.length > 0) {
      onRange(run.id, rangeOfAll(histograms.map(({ edges }) => histogramRange(edges))));
    }
  }, [data, run.id, onRange]);
  return (
    <figure className={css.pane}>
      {!alone && (
        <figcaption title={run.label}>
          {run.label}
          {own !== null && own !== step && ` · ${t('step', { step: formatNumber(own) })}`}
        </figcaption>
      )}
      {own === null ? (
        <p className={css.dim}>{t('notYet')}</p>
      ) : query.error !== null ? (
        <ErrorState error={query.error} />
      ) : query.data === undefined ? (
        <Skeletons rows={3} height={28} />
      ) : (
        <MediaItems items={query.data.items} name={`${name}, ${run.label}`} scale={scale} />
      )}
    </figure>
  );
}
