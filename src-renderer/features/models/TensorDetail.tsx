import { useTranslation } from 'react-i18next';
import { localized } from '../../i18n/index.ts';
import { formatNumber, NumberText } from '../../ui/index.ts';
import css from './models.module.css';
import { type LookProps, TensorLook } from './TensorLook.tsx';
import { shapeText } from './tensors.ts';

const measures = ['mean', 'std', 'min', 'max'] as const;

/** One tensor on both sides: its form, its distribution, and why it could not be measured. */
export function TensorDetail({ left, right, tensor }: LookProps) {
  const { t } = useTranslation('models');
  const { stats, nonFinite } = tensor;
  const sides = [
    { name: t('from'), form: tensor.left, stats: stats?.left, odd: nonFinite?.left },
    { name: t('to'), form: tensor.right, stats: stats?.right, odd: nonFinite?.right },
  ];
  return (
    <section className={css.detail} aria-label={tensor.name}>
      <h3 className={css.detailName}>{tensor.name}</h3>
      {tensor.note !== null && <p className={css.detailNote}>{localized(tensor.note)}</p>}
      <table className={css.detailTable}>
        <thead>
          <tr>
            <th scope="col" aria-label={t('side')} />
            <th scope="col">{t('column.shape')}</th>
            {measures.map((measure) => (
              <th key={measure} scope="col" data-align="end">
                {t(`stat.${measure}`)}
              </th>
            ))}
            <th scope="col" data-align="end">
              {t('nonFinite')}
            </th>
          </tr>
        </thead>
        <tbody>
          {sides.map((side) => (
            <tr key={side.name}>
              <th scope="row">{side.name}</th>
              <td>{side.form === null ? '–' : <code>{shapeText(side.form)}</code>}</td>
              {measures.map((measure) => (
                <td key={measure} data-align="end">
                  {side.stats === undefined ? '' : <NumberText value={side.stats[measure]} />}
                </td>
              ))}
              <td data-align="end">{side.odd ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {tensor.signFlips !== null && tensor.signFlips > 0 && (
        <p className={css.dim}>
          {t('signFlips', {
            amount: formatNumber(tensor.signFlips),
            total: formatNumber(tensor.elements),
          })}
        </p>
      )}
      <TensorLook left={left} right={right} tensor={tensor} />
    </section>
  );
}
