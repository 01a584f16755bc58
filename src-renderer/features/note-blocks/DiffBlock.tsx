import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Block } from '../../client/index.ts';
import { topics, useOperation } from '../../client/index.ts';
import { to, useGo } from '../../state/index.ts';
import { Chip, Delta, MiddleEllipsis, NumberText, Skeletons } from '../../ui/index.ts';
import css from './note-blocks.module.css';
import { Refusal } from './Problem.tsx';

const shownParams = 12;
const shownMetrics = 8;

/** What differs between two sides, in short. */
export function DiffBlock({ left, right }: Extract<Block, { kind: 'diff' }>) {
  const { t } = useTranslation('noteBlocks');
  const go = useGo();
  const { data, error } = useOperation(
    'diff.summary',
    { left, right },
    { topics: [topics.runs, topics.git] },
  );
  if (data === undefined) {
    const source = `diff ${left} ${right}`;
    return error === null ? <Skeletons rows={3} /> : <Refusal error={error} source={source} />;
  }
  const params = data.params.filter((param) => param.change !== 'same');
  const metrics = data.metrics.filter((metric) => metric.delta !== 0);
  const code = data.code.filter((file) => file.change !== 'same');
  const changed = {
    code: code.length,
    data: data.data.filter((file) => file.change !== 'same').length,
    environment: data.environment.filter((entry) => entry.change !== 'same').length,
  };
  const nothing = params.length + metrics.length + changed.code + changed.data === 0;
  return (
    <>
      <div className={css.sides}>
        <strong>{data.left.title}</strong>
        <span aria-hidden>→</span>
        <strong>{data.right.title}</strong>
      </div>
      <div className={css.line}>
        {params.slice(0, shownParams).map((param) => (
          <Chip key={`${param.file} ${param.key}`}>
            {param.key} <MiddleEllipsis text={param.left ?? '–'} max={20} mono /> →{' '}
            <MiddleEllipsis text={param.right ?? '–'} max={20} mono />
          </Chip>
        ))}
        {params.length > shownParams && (
          <span>{t('more', { count: params.length - shownParams })}</span>
        )}
      </div>
      <div className={css.line}>
        {metrics.slice(0, shownMetrics).map((metric) => (
          <span key={metric.key} className={css.metric}>
            {metric.key}{' '}
            <strong>
              <NumberText value={metric.right} />
            </strong>{' '}
            {metric.delta !== null && <Delta value={metric.delta} better={metric.better} />}
          </span>
        ))}
        {metrics.length > shownMetrics && (
          <span>{t('more', { count: metrics.length - shownMetrics })}</span>
        )}
      </div>
      <div className={css.foot}>
        {nothing
          ? t('nothing')
          : [
              t('code', {
                count: changed.code,
                added: code.reduce((sum, file) => sum + file.added, 0),
                removed: code.reduce((sum, file) => sum + file.removed, 0),
              }),
              t('data', { count: changed.data }),
              t('environment', { count: changed.environment }),
            ].join(' · ')}
        <Button variant="subtle" onClick={() => go(to('compare', [left, right]))}>
          {t('openDiff')}
        </Button>
      </div>
    </>
  );
}
