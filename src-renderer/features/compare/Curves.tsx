import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CurveGrid, type LegendEntry, RunPlots } from '../../charts/index.ts';
import { type DiffSummary, topics, useOperation } from '../../client/index.ts';
import { labelStyle, Section } from '../../ui/index.ts';
import css from './compare.module.css';
import { matching } from './rows.ts';

/** The curves of both runs over each other, a chart per metric that both or either logged over steps; and what they logged as plots. */
export function Curves({ summary, text }: { summary: DiffSummary; text: string }) {
  const { t } = useTranslation('compare');
  const entries = useLegend(summary);
  const keys = useSeriesKeys(entries.map((entry) => entry.runId)).filter((key) =>
    matching(key, text),
  );
  return (
    <div className={css.curves}>
      {keys.length > 0 && (
        <Section title={t('curves')}>
          <CurveGrid keys={keys} entries={entries} />
        </Section>
      )}
      <RunPlots runs={entries} />
    </div>
  );
}

/** Metrics with more than one point in any of the runs, in the order in which they were logged. */
function useSeriesKeys(ids: readonly string[]): string[] {
  const first = useOperation(
    'runs.get',
    { id: ids[0] ?? '' },
    { topics: [topics.runs], enabled: ids.length > 0 },
  );
  const second = useOperation(
    'runs.get',
    { id: ids[1] ?? '' },
    { topics: [topics.runs], enabled: ids.length > 1 },
  );
  const metrics = [...(first.data?.metrics ?? []), ...(second.data?.metrics ?? [])];
  return [...new Set(metrics.filter((metric) => metric.count > 1).map((metric) => metric.key))];
}

function useLegend(summary: DiffSummary): LegendEntry[] {
  const { left, right } = summary;
  return useMemo(() => {
    const entries = [left, right].flatMap((side): LegendEntry[] => {
      if (side.runId === null) return [];
      const style = labelStyle(side.title.split(' ')[0] ?? '');
      return [{ runId: side.runId, label: side.title, color: style.color, dash: style.dash }];
    });
    const [a, b] = entries;
    if (a === undefined || b === undefined || a.runId === b.runId) return entries.slice(0, 1);
    // With two curves a pattern is needed only where the colours are the same.
    return [
      { ...a, dash: 'solid' },
      { ...b, dash: a.color === b.color ? 'dash' : 'solid' },
    ];
  }, [left, right]);
}
