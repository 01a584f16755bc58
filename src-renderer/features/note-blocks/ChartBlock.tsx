import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CurveGrid } from '../../charts/index.ts';
import type { Block } from '../../client/index.ts';
import { runStyles, Skeletons } from '../../ui/index.ts';
import css from './note-blocks.module.css';
import { Problem, Refusal } from './Problem.tsx';
import { useBlockRuns } from './use-block-runs.ts';

/** Curves of the runs that a filter finds, for the metrics that are named. */
export function ChartBlock(block: Extract<Block, { kind: 'chart' }>) {
  const { t } = useTranslation('noteBlocks');
  const { data, error } = useBlockRuns(block);
  const wanted = block.metrics.join('\n');
  const [keys, entries] = useMemo(() => {
    const metrics = wanted.split('\n');
    const has = (run: { metrics: readonly { key: string }[] }, key: string): boolean =>
      run.metrics.some((metric) => metric.key === key);
    const rows = (data?.rows ?? []).filter((run) => metrics.some((key) => has(run, key)));
    const styles = runStyles(rows);
    const drawn = rows.flatMap((run, index) => {
      const style = styles[index];
      if (style === undefined) return [];
      return [{ runId: run.id, label: `${run.label} ${run.name}`, ...style }];
    });
    return [metrics.filter((key) => rows.some((run) => has(run, key))), drawn] as const;
  }, [data, wanted]);
  if (data === undefined) {
    return error === null ? (
      <Skeletons rows={6} />
    ) : (
      <Refusal error={error} source={[block.filter, block.orderBy].filter(Boolean).join(' · ')} />
    );
  }
  const missing = block.metrics.filter((key) => !keys.includes(key));
  return (
    <>
      {keys.length > 0 && (
        <div className={css.chart}>
          <CurveGrid keys={keys} entries={entries} />
        </div>
      )}
      {missing.length > 0 && <Problem>{t('noCurve', { metrics: missing.join(', ') })}</Problem>}
    </>
  );
}
