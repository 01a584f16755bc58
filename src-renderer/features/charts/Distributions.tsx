import { SegmentedControl, TextInput } from '@mantine/core';
import { IconChartHistogram } from '@tabler/icons-react';
import { memo, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StepsChart, useNear } from '../../charts/index.ts';
import { type RunRow, topics, useOperation } from '../../client/index.ts';
import { to, useGo, useRoute } from '../../state/index.ts';
import { EmptyState, ErrorState, type LineStyle, Skeletons } from '../../ui/index.ts';
import css from './charts.module.css';

/** Runs beside each other: of more, none could be read. */
const mostRuns = 9;
/** Steps of a run: ridges cover each other, bands are as wide as the picture. */
const steps = { ridges: 24, bands: 80 } as const;
type Shape = keyof typeof steps;
const shapes: readonly Shape[] = ['ridges', 'bands'];

/** How what was logged as histograms lay over the steps of the runs that are drawn. */
export const Distributions = memo(function Distributions({
  drawn,
  looks,
  onPoint,
}: {
  drawn: readonly RunRow[];
  looks: ReadonlyMap<string, LineStyle>;
  onPoint: (id: string | null) => void;
}) {
  const { t } = useTranslation('charts');
  const { parts, query } = useRoute();
  const go = useGo();
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim().toLowerCase());
  const ids = useMemo(() => drawn.slice(0, mostListed).map((run) => run.id), [drawn]);
  const media = useOperation(
    'media.list',
    { ids },
    { topics: [topics.sources, topics.runs], keepPrevious: true, enabled: ids.length > 0 },
  );
  const charts = useMemo(() => {
    const series = media.data?.series.filter(({ kind }) => kind === 'histogram') ?? [];
    return [...Map.groupBy(series, ({ key }) => key)]
      .map(([key, own]) => {
        const having = new Set(own.map(({ runId }) => runId));
        return { key, runs: drawn.filter(({ id }) => having.has(id)) };
      })
      .sort((a, b) => a.key.localeCompare(b.key, undefined, { numeric: true }));
  }, [media.data, drawn]);
  if (media.error !== null) return <ErrorState error={media.error} onRetry={media.reload} />;
  if (media.data === undefined && ids.length > 0) return <Skeletons rows={8} />;
  if (charts.length === 0) {
    return (
      <EmptyState icon={<IconChartHistogram size={32} stroke={1.3} />} title={t('steps.none')}>
        {t('steps.noneBody')}
      </EmptyState>
    );
  }
  const shape = shapes.find((one) => one === query.shape) ?? 'ridges';
  const found = charts.filter(({ key }) => key.toLowerCase().includes(search));
  return (
    <>
      <div className={css.tools}>
        <TextInput
          size="xs"
          w={220}
          aria-label={t('steps.find')}
          placeholder={t('steps.findOf', { count: charts.length })}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('steps.shape')}
          value={shape}
          onChange={(next) =>
            go(to('charts', parts, { ...query, shape: next === 'ridges' ? undefined : next }), true)
          }
          data={shapes.map((value) => ({ value, label: t(`steps.shapes.${value}`) }))}
        />
      </div>
      {found.length === 0 && <p className={css.note}>{t('steps.noKey', { text })}</p>}
      <div className={css.distributions}>
        {found.map(({ key, runs }) => (
          <Distribution
            key={key}
            name={key}
            runs={runs}
            looks={looks}
            shape={shape}
            onPoint={onPoint}
          />
        ))}
      </div>
    </>
  );
});

/** As many as the core lists at once. */
const mostListed = 50;

/** One key; read and drawn while it is in sight. */
function Distribution(props: {
  name: string;
  runs: readonly RunRow[];
  looks: ReadonlyMap<string, LineStyle>;
  shape: Shape;
  onPoint: (id: string | null) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const near = useNear(place);
  return (
    <div ref={place} className={css.distribution}>
      {near && <Drawn {...props} />}
    </div>
  );
}

function Drawn({ name, runs, looks, shape, onPoint }: Parameters<typeof Distribution>[0]) {
  const { t } = useTranslation('charts');
  const shown = useMemo(() => runs.slice(0, mostRuns), [runs]);
  const read = useOperation(
    'media.histograms',
    { ids: shown.map((run) => run.id), key: name, maxSteps: steps[shape] },
    { topics: [topics.sources], keepPrevious: true },
  );
  const { data } = read;
  const pictures = useMemo(
    () =>
      data?.series.flatMap(({ runId, histograms }) => {
        const run = shown.find(({ id }) => id === runId);
        const color = looks.get(runId)?.color ?? 'var(--accent)';
        return run === undefined
          ? []
          : [{ runId, label: `${run.label} ${run.name}`, color, histograms }];
      }),
    [data, shown, looks],
  );
  if (read.error !== null) return <ErrorState error={read.error} onRetry={read.reload} />;
  if (data === undefined || pictures === undefined) return <Skeletons rows={4} />;
  const most = Math.max(...data.series.map(({ total }) => total), 0);
  const thinned = data.series.some(({ total, histograms }) => total > histograms.length);
  const notes = [
    ...(thinned ? [t('steps.thinned', { shown: steps[shape], total: most })] : []),
    ...(runs.length > mostRuns
      ? [t('steps.firstRuns', { shown: mostRuns, total: runs.length })]
      : []),
  ];
  return (
    <StepsChart
      title={name}
      runs={pictures}
      shape={shape}
      note={notes.length === 0 ? null : notes.join(' ')}
      onPoint={onPoint}
    />
  );
}
