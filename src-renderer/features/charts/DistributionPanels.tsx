import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { BarChart, BoxChart, Histogram } from '../../charts/index.ts';
import { labelStyle } from '../../ui/index.ts';
import { FieldSelect } from './FieldSelect.tsx';
import { fieldName, readField, usualDirection } from './fields.ts';
import type { PanelProps } from './PanelView.tsx';

/** How a param or metric is spread over the runs. */
export function HistogramPanel(props: PanelProps) {
  const { options, onOptions, fields, runs, aggregate } = props;
  const { t } = useTranslation('charts');
  const { x = '' } = options;
  const values = useMemo(
    () => runs.map((run) => readField(run, x, aggregate)),
    [runs, x, aggregate],
  );
  return (
    <Histogram
      title={t('panel.histogramTitle', { x: fieldName(x) })}
      valueTitle={fieldName(x)}
      values={values}
      tools={
        <>
          <FieldSelect
            label={t('panel.x')}
            value={x}
            fields={fields}
            onChange={(next) => onOptions({ x: next })}
          />
          {props.menu}
        </>
      }
    />
  );
}

/** Boxes beyond these would be lines. */
const mostBoxes = 40;

/** A metric for each value of a param. */
export function BoxPanel(props: PanelProps) {
  const { options, onOptions, fields, runs, aggregate } = props;
  const { t } = useTranslation('charts');
  const { x = '', y = '' } = options;
  const boxes = useMemo(() => {
    const known = runs.flatMap((run) => {
      const value = readField(run, y, aggregate);
      if (typeof value !== 'number' || !Number.isFinite(value)) return [];
      return [{ run, value, name: String(readField(run, x, aggregate) ?? '–') }];
    });
    return [...Map.groupBy(known, (one) => one.name)]
      .sort(([a], [b]) => a.localeCompare(b, undefined, { numeric: true }))
      .slice(0, mostBoxes)
      .map(([name, all]) => ({
        name,
        values: all.map((one) => one.value),
        runs: all.map(({ run }) => ({ id: run.id, label: `${run.label} ${run.name}` })),
      }));
  }, [runs, x, y, aggregate]);
  return (
    <BoxChart
      title={t('panel.boxTitle', { x: fieldName(x), y: fieldName(y) })}
      boxes={boxes}
      xTitle={fieldName(x)}
      yTitle={fieldName(y)}
      onPoint={props.onPoint}
      onOpen={props.onOpen}
      tools={
        <>
          <FieldSelect
            label={t('panel.boxBy')}
            value={x}
            fields={fields}
            only="params"
            onChange={(next) => onOptions({ x: next })}
          />
          <FieldSelect
            label={t('panel.y')}
            value={y}
            fields={fields}
            only="metrics"
            onChange={(next) => onOptions({ y: next })}
          />
          {props.menu}
        </>
      }
    />
  );
}

const mostBars = 60;

/** A metric of each run, the best first. */
export function BarPanel(props: PanelProps) {
  const { options, onOptions, fields, runs, aggregate } = props;
  const { t } = useTranslation('charts');
  const { y = '' } = options;
  const bars = useMemo(() => {
    const sign = usualDirection(y) === 'min' ? 1 : -1;
    return runs
      .flatMap((run) => {
        const value = readField(run, y, aggregate);
        if (typeof value !== 'number' || !Number.isFinite(value)) return [];
        return [{ run, value }];
      })
      .sort((a, b) => sign * (a.value - b.value))
      .slice(0, mostBars)
      .map(({ run, value }) => ({
        id: run.id,
        label: `${run.label} ${run.name}`,
        value,
        color: labelStyle(run.label).color,
      }));
  }, [runs, y, aggregate]);
  return (
    <BarChart
      title={t('panel.barTitle', { y: fieldName(y) })}
      bars={bars}
      valueTitle={fieldName(y)}
      height={280}
      selected={null}
      onSelect={props.onOpen}
      tools={
        <>
          <FieldSelect
            label={t('panel.y')}
            value={y}
            fields={fields}
            only="metrics"
            onChange={(next) => onOptions({ y: next })}
          />
          {props.menu}
        </>
      }
    />
  );
}
