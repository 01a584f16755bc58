import { TextInput } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CurveGrid } from '../../charts/index.ts';
import type { ChartLayout, RunRow } from '../../client/index.ts';
import { EmptyState, type LineStyle } from '../../ui/index.ts';
import css from './charts.module.css';
import { curveKeys, groupEntries, runEntries } from './curve-entries.ts';
import { differingParams, groupRuns } from './groups.ts';

/** Curves that are drawn over each other, at most: beyond, nothing can be told apart. */
const mostRuns = 100;
const mostGroups = 50;

/** The curves of the runs that are drawn, a chart per metric, in sections. */
export const Curves = memo(function Curves({
  drawn,
  looks,
  layout,
  onLayout,
  lit,
  onPoint,
}: {
  drawn: readonly RunRow[];
  looks: ReadonlyMap<string, LineStyle>;
  layout: ChartLayout;
  onLayout: (layout: ChartLayout) => void;
  /** The run that is pointed at in the list. */
  lit: string | null;
  onPoint: (id: string | null) => void;
}) {
  const { t } = useTranslation('charts');
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim().toLowerCase());
  const { groupBy } = layout.settings;
  const keys = useMemo(() => curveKeys(drawn), [drawn]);
  const found = useMemo(
    () => (search === '' ? keys : keys.filter((key) => key.toLowerCase().includes(search))),
    [keys, search],
  );
  const groups = useMemo(
    () => [
      { value: 'seed', label: t('view.group.seed') },
      { value: 'experiment', label: t('view.group.experiment') },
      { value: 'name', label: t('view.group.name') },
      ...differingParams(drawn).map((key) => ({
        value: `param ${key}`,
        label: t('view.group.param', { key }),
      })),
    ],
    [drawn, t],
  );
  const grouped = groups.some((group) => group.value === groupBy);
  const all = useMemo(
    () =>
      grouped ? groupEntries(groupRuns(drawn, groupBy, { none: '–' })) : runEntries(drawn, looks),
    [drawn, looks, grouped, groupBy],
  );
  const most = grouped ? mostGroups : mostRuns;
  const entries = useMemo(() => all.slice(0, most), [all, most]);
  const shared = useMemo(
    () => ({ ...layout, settings: { ...layout.settings, groupBy: grouped ? groupBy : '' } }),
    [layout, grouped, groupBy],
  );
  if (keys.length === 0) {
    return (
      <EmptyState icon={<IconChartLine size={32} stroke={1.3} />} title={t('view.noCurves')}>
        {t('view.noCurvesBody')}
      </EmptyState>
    );
  }
  return (
    <>
      {all.length > most && (
        <p className={css.warning} role="status">
          {t('view.tooMany', { shown: most, total: all.length })}
        </p>
      )}
      <CurveGrid
        keys={found}
        entries={entries}
        lit={lit}
        onPoint={onPoint}
        legend={grouped}
        layout={shared}
        onLayout={onLayout}
        groups={groups}
        tools={
          <TextInput
            size="xs"
            className={css.findMetric}
            aria-label={t('view.findMetric')}
            placeholder={t('view.findMetricOf', { count: keys.length })}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        }
      />
      {found.length === 0 && <p className={css.note}>{t('view.noMetric', { text })}</p>}
    </>
  );
});
