import { useTranslation } from 'react-i18next';
import { formatNumber, MiddleEllipsis, NumberText } from '../../../ui/index.ts';
import { importances } from '../boosters.ts';
import type { ModelSide } from '../use-model-diff.ts';
import css from './parts.module.css';

const most = 50;

/** What the trees split on, by column: gain and splits as the files have them, and their change. */
export function Importance({
  sides,
  single,
}: {
  readonly sides: readonly ModelSide[];
  readonly single: boolean;
}) {
  const { t } = useTranslation('models');
  const [left, right = left] = sides;
  const rows = importances(left?.booster?.features ?? [], right?.booster?.features ?? []);
  const titles = {
    gain: [left, right].some((side) => side?.booster && side.booster.library !== 'scikit-learn')
      ? t('booster.gain')
      : t('booster.importance'),
    splits: t('booster.splits'),
  };
  const shown = single
    ? [{ name: '', side: left }]
    : sides.map((side, at) => ({ name: at === 0 ? t('from') : t('to'), side }));
  return (
    <details className={css.importance} open>
      <summary>{t('booster.title')}</summary>
      {shown.map(({ name, side }) => (
        <p key={name}>
          {name !== '' && `${name}: `}
          {side?.booster
            ? t('booster.trees', {
                library: side.booster.library,
                objective: side.booster.objective || '–',
                trees: formatNumber(side.booster.treeCount),
                leaves: formatNumber(side.booster.leaves),
                depth: side.booster.depth,
              })
            : '–'}
        </p>
      ))}
      <div className={css.importanceTable}>
        <table aria-label={t('booster.features')}>
          <thead>
            <tr>
              <th scope="col">{t('booster.feature')}</th>
              {(['gain', 'splits'] as const).map((measure) =>
                single ? (
                  <th key={measure} scope="col">
                    {titles[measure]}
                  </th>
                ) : (
                  [t('from'), t('to'), t('booster.change')].map((side) => (
                    <th key={`${measure} ${side}`} scope="col">
                      {titles[measure]}, {side}
                    </th>
                  ))
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row) => (
              <tr key={row.name}>
                <th scope="row">
                  <MiddleEllipsis text={row.name} max={48} mono />
                </th>
                {(['gain', 'splits'] as const).map((measure) => (
                  <Cells
                    key={measure}
                    left={row.left?.[measure] ?? null}
                    right={row.right?.[measure] ?? null}
                    single={single}
                  />
                ))}
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

function Cells({
  left,
  right,
  single,
}: {
  readonly left: number | null;
  readonly right: number | null;
  readonly single: boolean;
}) {
  if (single) return <td>{left === null ? '–' : <NumberText value={left} />}</td>;
  const delta = left === null && right === null ? null : (right ?? 0) - (left ?? 0);
  return (
    <>
      <td>{left === null ? '–' : <NumberText value={left} />}</td>
      <td>{right === null ? '–' : <NumberText value={right} />}</td>
      <td data-differs={delta !== null && delta !== 0}>
        {delta === null ? (
          '–'
        ) : (
          <>
            {delta > 0 && '+'}
            <NumberText value={delta} />
          </>
        )}
      </td>
    </>
  );
}
