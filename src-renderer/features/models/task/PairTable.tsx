import { useTranslation } from 'react-i18next';
import { modelPairs } from '../../../client/index.ts';
import { NumberText } from '../../../ui/index.ts';
import css from '../models.module.css';
import { formatShare } from '../share.ts';
import type { TaskTensor } from './use-task-vectors.ts';

/** How each two models agree. */
export function PairTable({
  models,
  pairs,
}: {
  /** How many there are. */
  readonly models: number;
  readonly pairs: TaskTensor['pairs'];
}) {
  const { t } = useTranslation('models');
  return (
    <table className={css.detailTable} aria-label={t('task.pairs')}>
      <thead>
        <tr>
          <th scope="col">{t('task.pair')}</th>
          <th scope="col" data-align="end" title={t('task.hint.cosine')}>
            {t('column.cosine')}
          </th>
          <th scope="col" data-align="end" title={t('task.hint.both')}>
            {t('task.both')}
          </th>
          <th scope="col" data-align="end" title={t('task.hint.conflict')}>
            {t('task.conflict')}
          </th>
        </tr>
      </thead>
      <tbody>
        {modelPairs(models).map(([left, right], at) => (
          <tr key={`${left} ${right}`}>
            <th scope="row">
              {left + 1} · {right + 1}
            </th>
            <td data-align="end">
              <NumberText value={pairs[at]?.cosine ?? null} />
            </td>
            <td data-align="end">{formatShare(pairs[at]?.bothShare ?? null)}</td>
            <td data-align="end">{formatShare(pairs[at]?.conflictShare ?? null)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
