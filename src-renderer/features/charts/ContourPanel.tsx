import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ContourChart } from '../../charts/index.ts';
import { FieldSelects, useFieldTitle } from './FieldSelect.tsx';
import type { PanelProps } from './PanelView.tsx';

/** A metric over two params that are numbers. */
export function ContourPanel(props: PanelProps) {
  const { options, runs } = props;
  const { t } = useTranslation('charts');
  const title = useFieldTitle();
  const { x = '', y = '', z = '' } = options;
  const points = useMemo(() => {
    const [xs, ys, zs] = [runs.values(x), runs.values(y), runs.values(z)];
    return runs.ids.flatMap((id, index) => {
      const place = [xs[index], ys[index], zs[index]];
      if (!place.every((value) => typeof value === 'number' && Number.isFinite(value))) return [];
      const [px, py, pz] = place as [number, number, number];
      return [{ id, label: runs.named[index] ?? '', x: px, y: py, z: pz }];
    });
  }, [runs, x, y, z]);
  return (
    <ContourChart
      title={t('panel.contourTitle', { x: title(x), y: title(y), z: title(z) })}
      points={points}
      xTitle={title(x)}
      yTitle={title(y)}
      zTitle={title(z)}
      onPoint={props.onPoint}
      onOpen={props.onOpen}
      tools={
        <>
          <FieldSelects
            {...props}
            choices={[
              { option: 'x', label: t('panel.x') },
              { option: 'y', label: t('panel.y') },
              { option: 'z', label: t('panel.z'), only: 'metrics' },
            ]}
          />
          {props.menu}
        </>
      }
    />
  );
}
