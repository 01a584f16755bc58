import { ActionIcon, SegmentedControl, Switch } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Bar, BarChart, Heat } from '../../charts/index.ts';
import type { TensorChange } from '../../client/index.ts';
import { layerMatrix, layersOf } from './layers.ts';
import css from './models.module.css';

/** Where in the model it changed: a bar per layer, or layer by module. */
export function ChangePictures({
  tensors,
  selected,
  onSelect,
}: {
  readonly tensors: readonly TensorChange[];
  readonly selected: string | null;
  readonly onSelect: (layer: string) => void;
}) {
  const { t } = useTranslation('models');
  const [open, setOpen] = useState(true);
  const [kind, setKind] = useState<'bars' | 'matrix'>('bars');
  const [log, setLog] = useState(false);
  const bars = useMemo(
    () =>
      layersOf(tensors).map(
        (layer): Bar => ({
          id: layer.name,
          label: layer.name,
          value: layer.relativeL2,
          detail:
            layer.only === null
              ? t('tensors', { count: layer.tensors.length })
              : t(`only.${layer.only}`),
        }),
      ),
    [tensors, t],
  );
  const matrix = useMemo(() => layerMatrix(tensors), [tensors]);
  const shown = matrix === null ? 'bars' : kind;
  return (
    <section className={css.pictures} aria-label={t('pictures')}>
      <div className={css.pictureTools}>
        <ActionIcon
          aria-expanded={open}
          aria-label={t('pictures')}
          onClick={() => setOpen(!open)}
          size={22}
        >
          {open ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
        </ActionIcon>
        <h2 className={css.heading}>{t('pictures')}</h2>
        {open && (
          <>
            {matrix !== null && (
              <SegmentedControl
                aria-label={t('pictureKind')}
                value={kind}
                onChange={(value) => setKind(value === 'matrix' ? 'matrix' : 'bars')}
                data={[
                  { value: 'bars', label: t('bars') },
                  { value: 'matrix', label: t('matrix') },
                ]}
              />
            )}
            <Switch
              label={t('logScale')}
              checked={log}
              onChange={(event) => setLog(event.currentTarget.checked)}
            />
          </>
        )}
      </div>
      {open &&
        (shown === 'matrix' && matrix !== null ? (
          <Heat
            title={t('matrixTitle')}
            rows={matrix.rows}
            columns={matrix.columns}
            values={matrix.values}
            valueTitle={t('column.relativeL2')}
            log={log}
          />
        ) : (
          <BarChart
            title={t('barsTitle')}
            bars={bars}
            valueTitle={t('column.relativeL2')}
            height={220}
            log={log}
            selected={selected}
            onSelect={onSelect}
          />
        ))}
    </section>
  );
}
