import { IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  formatDuration,
  formatNumber,
  formatSize,
  MiddleEllipsis,
  NumberText,
  ProgressBar,
} from '../../../ui/index.ts';
import { FileBadge, Findings } from '../FileBadge.tsx';
import css from '../models.module.css';
import { formatShare } from '../share.ts';
import type { ModelSide } from '../use-model-diff.ts';
import { numbered } from './numbered.ts';
import { PairTable } from './PairTable.tsx';
import own from './task.module.css';
import type { TaskState } from './use-task-vectors.ts';

/** The files, how far each model moved from the base, and how each two agree. */
export function TaskSummary({
  state,
  base,
  onStop,
  tools,
}: {
  readonly state: TaskState;
  readonly base: ModelSide;
  readonly onStop: () => void;
  /** Stands at the end of the numbers. */
  readonly tools: ReactNode;
}) {
  const { t } = useTranslation('models');
  const { models, result, status } = state;
  const total = result?.total ?? null;
  return (
    <div className={css.strip}>
      <div className={own.head}>
        <table className={css.detailTable} aria-label={t('task.models')}>
          <thead>
            <tr>
              <th scope="col">{t('task.model')}</th>
              <th scope="col">{t('task.file')}</th>
              <th scope="col">{t('task.kind')}</th>
              <th scope="col" data-align="end" title={t('task.hint.norm')}>
                {t('task.norm')}
              </th>
              <th scope="col" data-align="end" title={t('task.hint.relative')}>
                {t('task.relative')}
              </th>
              <th scope="col" data-align="end">
                {t('task.moved')}
              </th>
            </tr>
          </thead>
          <tbody>
            <File label={t('task.base')} side={base}>
              <td />
              <td />
              <td />
            </File>
            {numbered(models).map(({ key, number, at, item }) => {
              const found = total?.models[at];
              return (
                <File key={key} label={String(number)} side={item}>
                  <td data-align="end">
                    <NumberText value={found?.norm ?? null} />
                  </td>
                  <td data-align="end">
                    <NumberText value={found?.relative ?? null} />
                  </td>
                  <td data-align="end">{found ? formatShare(found.movedShare) : ''}</td>
                </File>
              );
            })}
          </tbody>
        </table>
        <span className={own.badge} title={t('nothingRunHint')}>
          <IconShieldCheck size={16} aria-hidden />
          {t('nothingRun')}
        </span>
      </div>
      <Findings sides={[base, ...models]} />
      <div className={own.totals}>
        {total !== null && (
          <div className={own.pairs}>
            <PairTable models={models.length} pairs={total.pairs} />
          </div>
        )}
        <dl className={css.numbers}>
          {total !== null && (
            <div className={css.figure} title={t('task.hint.sum')}>
              <dt>{t('task.sum')}</dt>
              <dd>
                <NumberText value={total.sum} />
              </dd>
            </div>
          )}
          {result !== null && (
            <>
              <div className={css.figure}>
                <dt>{t('task.everywhere')}</dt>
                <dd>{t('ofTotal', { count: result.measured, total: state.tensors.length })}</dd>
              </div>
              <div className={css.figure}>
                <dt>{t('read')}</dt>
                <dd>
                  {formatSize(result.bytesRead)}, {formatDuration(result.durationMs)}
                </dd>
              </div>
            </>
          )}
        </dl>
        {status === 'finished' && <div className={css.reportTools}>{tools}</div>}
        {status === 'reading' && (
          <div className={css.progress}>
            <ProgressBar label={t('measuring')} report={state.progress} onCancel={onStop} />
          </div>
        )}
      </div>
      {result !== null && total === null && <p role="status">{t('task.nothing')}</p>}
      {result?.added.some((count) => count > 0) && (
        <p className={css.dim}>
          {t('task.added', {
            counts: result.added.map((count, at) => `${at + 1}: ${count}`).join(', '),
          })}
        </p>
      )}
    </div>
  );
}

function File({
  label,
  side,
  children,
}: {
  readonly label: string;
  readonly side: ModelSide;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('models');
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <MiddleEllipsis text={side.title} max={40} />{' '}
        <span className={css.dim}>
          {side.format} · {formatSize(side.sizeBytes)} ·{' '}
          {t('parameters', { amount: formatNumber(side.parameters) })}
        </span>
      </td>
      <td>
        <FileBadge badge={side.badge} />
      </td>
      {children}
    </tr>
  );
}
