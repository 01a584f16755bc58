import { useTranslation } from 'react-i18next';
import { formatNumber, MiddleEllipsis, NumberText } from '../../ui/index.ts';
import { importances } from './boosters.ts';
import css from './models.module.css';
import type { ModelSide } from './use-model-diff.ts';

const most = 50;

/** What the trees of boosted models split on, on both sides; nothing for other models. */
export function BoosterFacts({ left, right }: { left: ModelSide; right: ModelSide }) {
  const { t } = useTranslation('models');
  if (!left.booster && !right.booster) return null;
  const sides = [
    { name: t('from'), facts: left.booster },
    { name: t('to'), facts: right.booster },
  ];
  const rows = importances(left.booster?.features ?? [], right.booster?.features ?? []);
  return (
    <details className={css.notes}>
      <summary>{t('booster.title')}</summary>
      {sides.map(({ name, facts }) => (
        <p key={name}>
          {name}:{' '}
          {facts
            ? t('booster.trees', {
                library: facts.library,
                objective: facts.objective || '–',
                trees: formatNumber(facts.treeCount),
                leaves: formatNumber(facts.leaves),
                depth: facts.depth,
              })
            : '–'}
        </p>
      ))}
      <div className={css.boosterTable}>
        <table className={css.detailTable} aria-label={t('booster.features')}>
          <thead>
            <tr>
              <th scope="col">{t('booster.feature')}</th>
              {sides.map(({ name }) => (
                <th key={name} scope="col" data-align="end">
                  {t('booster.gain')}, {name}
                </th>
              ))}
              {sides.map(({ name }) => (
                <th key={name} scope="col" data-align="end">
                  {t('booster.splits')}, {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row) => (
              <tr key={row.name}>
                <th scope="row">
                  <MiddleEllipsis text={row.name} max={48} mono />
                </th>
                <td data-align="end">
                  <NumberText value={row.left?.gain ?? null} />
                </td>
                <td data-align="end">
                  <NumberText value={row.right?.gain ?? null} />
                </td>
                <td data-align="end">{row.left?.splits ?? '–'}</td>
                <td data-align="end">{row.right?.splits ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > most && (
        <p className={css.dim}>{t('booster.more', { count: rows.length - most })}</p>
      )}
    </details>
  );
}
