import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ContourChart } from '../../charts/index.ts';
import { FieldSelect } from './FieldSelect.tsx';
import { fieldName, readField } from './fields.ts';
import type { PanelProps } from './PanelView.tsx';

/** A metric over two params that are numbers. */
export function ContourPanel(props: PanelProps) {
  const { options, onOptions, fields, runs, aggregate } = props;
  const { t } = useTranslation('charts');
  const { x = '', y = '', z = '' } = options;
  const points = useMemo(
    () =>
      runs.flatMap((run) => {
        const place = [x, y, z].map((field) => readField(run, field, aggregate));
        if (!place.every((value) => typeof value === 'number' && Number.isFinite(value))) return [];
        const [px, py, pz] = place as [number, number, number];
        return [{ id: run.id, label: `${run.label} ${run.name}`, x: px, y: py, z: pz }];
      }),
    [runs, x, y, z, aggregate],
  );
  return (
    <ContourChart
      title={t('panel.contourTitle', { x: fieldName(x), y: fieldName(y), z: fieldName(z) })}
      points={points}
      xTitle={fieldName(x)}
      yTitle={fieldName(y)}
      zTitle={fieldName(z)}
      onPoint={props.onPoint}
      onOpen={props.onOpen}
      tools={
        <>
          <FieldSelect
            label={t('panel.x')}
            value={x}
            fields={fields}
            onChange={(next) => onOptions({ x: next })}
          />
          <FieldSelect
            label={t('panel.y')}
            value={y}
            fields={fields}
            onChange={(next) => onOptions({ y: next })}
          />
          <FieldSelect
            label={t('panel.z')}
            value={z}
            fields={fields}
            only="metrics"
            onChange={(next) => onOptions({ z: next })}
          />
          {props.menu}
        </>
      }
    />
  );
}
