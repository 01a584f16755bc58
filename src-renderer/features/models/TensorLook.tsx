import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Bar, BarChart, SpreadChart } from '../../charts/index.ts';
import { type Output, type TensorChange, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { ErrorState, formatNumber, NumberText, Skeletons } from '../../ui/index.ts';
import css from './models.module.css';
import type { ModelSource } from './use-model-diff.ts';

type Look = Output<'diff.tensor'>;
type Want = 'distribution' | 'spectrum';
const wants: readonly Want[] = ['distribution', 'spectrum'];

export interface LookProps {
  readonly left: ModelSource;
  readonly right: ModelSource;
  readonly tensor: TensorChange;
}

/** What is read only when it is asked for; stays open while rows are walked through. */
export function TensorLook(props: LookProps) {
  const { t } = useTranslation('models');
  const [open, setOpen] = useState<ReadonlySet<Want>>(new Set());
  // Only pairs whose elements could be compared have a difference to look at.
  if (props.tensor.changedShare === null || props.tensor.relativeL2 === null) return null;
  const toggle = (want: Want): void => {
    const next = new Set(open);
    if (!next.delete(want)) next.add(want);
    setOpen(next);
  };
  return (
    <>
      <div className={css.lookTools}>
        {wants.map((want) => (
          <Button
            key={want}
            variant={open.has(want) ? 'light' : 'default'}
            aria-pressed={open.has(want)}
            onClick={() => toggle(want)}
          >
            {t(`look.${want}`)}
          </Button>
        ))}
      </div>
      {wants.map((want) => open.has(want) && <Shown key={want} want={want} {...props} />)}
    </>
  );
}

function Shown({ left, right, tensor, want }: LookProps & { readonly want: Want }) {
  const { t } = useTranslation('models');
  const names = { left: tensor.from ?? tensor.name, right: tensor.name };
  const query = useOperation('diff.tensor', {
    left,
    right,
    names,
    order: tensor.order ?? null,
    want,
  });
  if (query.error) return <ErrorState error={query.error} onRetry={query.reload} />;
  if (query.data === undefined) return <Skeletons rows={4} />;
  const { distribution, spectrum, note } = query.data;
  if (note !== null) return <p className={css.detailNote}>{localized(note)}</p>;
  return (
    <section aria-label={t(`look.${want}`)}>
      {distribution !== null && <Distribution {...distribution} />}
      {spectrum !== null && <Spectrum {...spectrum} />}
    </section>
  );
}

function Distribution(props: NonNullable<Look['distribution']>) {
  const { low, high, left, right, delta, unchanged, quantiles } = props;
  const { t } = useTranslation('models');
  const sides = useMemo(
    () => [
      { label: t('from'), color: 'var(--ink-dim)', counts: left },
      { label: t('to'), color: 'var(--accent)', counts: right },
    ],
    [t, left, right],
  );
  const change = useMemo(
    () => [{ label: t('absDelta'), color: 'var(--accent)', counts: delta.counts }],
    [t, delta],
  );
  // A constant has one bin of no width, which is drawn a little wide.
  const width = high > low ? (high - low) / left.length : Math.abs(low) / 10 || 1;
  return (
    <>
      <div className={css.lookCharts}>
        <SpreadChart
          title={t('valuesTitle')}
          from={low}
          width={width}
          outlines={sides}
          xTitle={t('value')}
          yTitle={t('values')}
          exponents={false}
        />
        <SpreadChart
          title={t('deltaTitle')}
          from={delta.from}
          width={delta.step}
          outlines={change}
          xTitle={t('absDelta')}
          yTitle={t('values')}
          exponents
        />
      </div>
      <p className={css.dim}>{t('unchangedValues', { amount: formatNumber(unchanged) })}</p>
      <Quantiles {...quantiles} />
    </>
  );
}

function Quantiles({ left, right }: NonNullable<Look['distribution']>['quantiles']) {
  const { t } = useTranslation('models');
  const levels = left ?? right;
  if (levels === null) return null;
  const sides = [
    { name: t('from'), values: left },
    { name: t('to'), values: right },
  ];
  return (
    <table className={css.detailTable} aria-label={t('quantiles')}>
      <thead>
        <tr>
          <th scope="col">{t('quantiles')}</th>
          {levels.map(({ p }) => (
            <th key={p} scope="col" data-align="end">
              {Math.round(p * 100)} %
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sides.map(({ name, values }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {levels.map(({ p }, at) => (
              <td key={p} data-align="end">
                <NumberText value={values?.[at]?.value ?? null} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Spectrum(props: NonNullable<Look['spectrum']>) {
  const { values, exact, frobenius, stableRank, effectiveRank, rows, columns } = props;
  const { t } = useTranslation('models');
  const bars = useMemo(
    () => values.map((value, at): Bar => ({ id: `${at}`, label: `σ${at + 1}`, value })),
    [values],
  );
  const facts = [
    { name: t('spectralNorm'), value: values[0] ?? null, hint: t('hint.spectralNorm') },
    { name: t('frobenius'), value: frobenius, hint: t('hint.frobenius') },
    { name: t('stableRank'), value: stableRank, hint: t('hint.stableRank') },
    { name: t('effectiveRank'), value: effectiveRank, hint: t('hint.effectiveRank') },
  ];
  return (
    <>
      <dl className={css.numbers}>
        {facts.map(({ name, value, hint }) => (
          <div key={name} className={css.figure} title={hint}>
            <dt>{name}</dt>
            <dd>{value === null ? '–' : <NumberText value={value} />}</dd>
          </div>
        ))}
      </dl>
      <BarChart
        title={t('spectrumTitle')}
        bars={bars}
        valueTitle={t('singularValue')}
        height={180}
      />
      <p className={css.dim}>
        {t(exact ? 'spectrumExact' : 'spectrumLeading', { rows, columns, count: values.length })}
      </p>
    </>
  );
}
