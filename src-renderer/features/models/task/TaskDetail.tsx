import { useTranslation } from 'react-i18next';
import { localized } from '../../../i18n/index.ts';
import { MiddleEllipsis, NumberText } from '../../../ui/index.ts';
import css from '../models.module.css';
import { formatShare } from '../share.ts';
import type { ModelSide } from '../use-model-diff.ts';
import { numbered } from './numbered.ts';
import { PairTable } from './PairTable.tsx';
import own from './task.module.css';
import type { TaskTensor } from './use-task-vectors.ts';

/** One tensor: every model and every pair. */
export function TaskDetail({
  tensor,
  models,
}: {
  readonly tensor: TaskTensor;
  readonly models: readonly ModelSide[];
}) {
  const { t } = useTranslation('models');
  return (
    <section className={css.detail} aria-label={tensor.name}>
      <h3 className={css.detailName}>{tensor.name}</h3>
      {tensor.note !== null && <p className={css.detailNote}>{localized(tensor.note)}</p>}
      {tensor.nonFinite > 0 && (
        <p className={css.detailNote}>{t('task.nonFinite', { count: tensor.nonFinite })}</p>
      )}
      <div className={own.tables}>
        <table className={css.detailTable}>
          <thead>
            <tr>
              <th scope="col">{t('task.model')}</th>
              <th scope="col">{t('column.name')}</th>
              <th scope="col" data-align="end">
                {t('task.norm')}
              </th>
              <th scope="col" data-align="end">
                {t('task.relative')}
              </th>
              <th scope="col" data-align="end">
                {t('task.moved')}
              </th>
            </tr>
          </thead>
          <tbody>
            {numbered(models).map(({ key, number, at, item }) => {
              const found = tensor.models[at] ?? null;
              return (
                <tr key={key}>
                  <th scope="row">
                    {number} <MiddleEllipsis text={item.title} max={30} />
                  </th>
                  <td>{found === null ? '–' : <code>{tensor.names[at] ?? tensor.name}</code>}</td>
                  <td data-align="end">
                    <NumberText value={found?.norm ?? null} />
                  </td>
                  <td data-align="end">
                    <NumberText value={found?.relative ?? null} />
                  </td>
                  <td data-align="end">{formatShare(found?.movedShare ?? null)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <PairTable models={models.length} pairs={tensor.pairs} />
      </div>
    </section>
  );
}
