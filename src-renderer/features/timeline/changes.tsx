import { Tooltip } from '@mantine/core';
import type { RunCell } from '../../client/index.ts';
import { useWords } from '../../i18n/index.ts';
import { Chip, Delta, labelStyle, MiddleEllipsis, NumberText, Sparkline } from '../../ui/index.ts';
import css from './timeline.module.css';

const shownParams = 8;
const shownMetrics = 6;

/** Params that changed: `lr 0.01 → 0.003`. */
export function ParamLine({ changes }: { changes: RunCell['params'] }) {
  const t = useWords('timeline');
  if (changes.length === 0) return <span className={css.dim}>{t('noChange')}</span>;
  const rest = changes.slice(shownParams);
  return (
    <>
      {changes.slice(0, shownParams).map(({ key, before, after }) => (
        <Chip key={key} title={`${key}: ${before ?? '–'} → ${after ?? '–'}`}>
          <span className={css.key}>{shortKey(key)}</span>
          {before === null ? (
            <span className={css.dim} title={t('paramAdded')}>
              +
            </span>
          ) : (
            <>
              <span className={css.before}>
                <MiddleEllipsis text={before} max={20} mono />
              </span>
              <span aria-hidden className={css.dim}>
                →
              </span>
            </>
          )}
          {after === null ? (
            <span className={css.dim}>{t('paramRemoved')}</span>
          ) : (
            <MiddleEllipsis text={after} max={20} mono />
          )}
        </Chip>
      ))}
      {rest.length > 0 && (
        <Tooltip label={rest.map((change) => change.key).join(', ')}>
          <span className={css.dim}>{t('moreParams', { count: rest.length })}</span>
        </Tooltip>
      )}
    </>
  );
}

/** Metrics with their change and their course. */
export function MetricLine({ metrics, label }: { metrics: RunCell['metrics']; label?: string }) {
  const t = useWords('timeline');
  const color = label === undefined ? 'var(--ink-dim)' : labelStyle(label).color;
  const shown = metrics.slice(0, shownMetrics);
  const rest = metrics.slice(shownMetrics);
  // Values and curves keep together, so that a narrow cell breaks its line between them.
  const groups = [
    shown.filter((metric) => metric.spark.length <= 1),
    shown.filter((metric) => metric.spark.length > 1),
  ].filter((group) => group.length > 0);
  return (
    <div className={css.line}>
      {groups.map((group) => (
        <div key={group[0]?.key} className={css.metrics}>
          {group.map(({ key, value, before, better, spark }) => (
            <span key={key} className={css.metric} title={key}>
              <span className={css.key}>{shortKey(key)}</span>
              <strong>
                <NumberText value={value ?? Number.NaN} />
              </strong>
              {value !== null && before !== null && (
                <Delta value={value - before} better={better} />
              )}
              {spark.length > 1 && (
                <Sparkline values={spark} color={color} label={t('spark', { key })} />
              )}
            </span>
          ))}
        </div>
      ))}
      {rest.length > 0 && (
        <Tooltip label={rest.map((metric) => metric.key).join(', ')}>
          <span className={css.dim}>{t('moreMetrics', { count: rest.length })}</span>
        </Tooltip>
      )}
    </div>
  );
}

/** The last parts of a long dotted key: they are what tells keys apart. */
function shortKey(key: string): string {
  return key.length <= 28 ? key : `…${key.slice(-27)}`;
}
