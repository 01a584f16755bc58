import { Button, SegmentedControl, Switch } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Bar, BarChart, Heat } from '../../charts/index.ts';
import type { TensorChange } from '../../client/index.ts';
import { layerMatrix, layersOf } from './layers.ts';
import css from './models.module.css';
import { useModelOnly } from './OptimizerSwitch.tsx';
import { stateOf, type TensorState } from './tensors.ts';

const nothingToDraw: ReadonlySet<TensorState> = new Set(['equal', 'added', 'removed', 'reshaped']);
const nameOf = (tensor: TensorChange): string => tensor.name;

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
  // The table shows every batch; the pictures may come after.
  const { drawn, optimizerSwitch } = useModelOnly(useDeferredValue(tensors), nameOf);
  const [open, setOpen] = useState(true);
  const [kind, setKind] = useState<'bars' | 'matrix'>('bars');
  const [log, setLog] = useState(false);
  const bars = useMemo(
    () =>
      layersOf(drawn).map(
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
    [drawn, t],
  );
  const matrix = useMemo(() => layerMatrix(drawn), [drawn]);
  const shown = matrix === null ? 'bars' : kind;
  // Of two that are the same, or have no shape in common, there is nothing to draw.
  if (tensors.every((tensor) => nothingToDraw.has(stateOf(tensor, false)))) return null;
  const fold = (
    <Button
      variant="subtle"
      aria-expanded={open}
      leftSection={open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
      onClick={() => setOpen(!open)}
    >
      {t(open ? 'hidePictures' : 'showPictures')}
    </Button>
  );
  if (!open) return <div className={css.pictures}>{fold}</div>;
  const tools = (
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
      {optimizerSwitch}
      {fold}
    </>
  );
  const common = { valueTitle: t('column.relativeL2'), log, tools };
  return (
    <section className={css.pictures} aria-label={t('pictures')}>
      {shown === 'matrix' && matrix !== null ? (
        <Heat
          {...common}
          title={t('matrixTitle')}
          rows={matrix.rows}
          columns={matrix.columns}
          values={matrix.values}
        />
      ) : (
        <BarChart
          {...common}
          title={t('barsTitle')}
          bars={bars}
          height={200}
          selected={selected}
          onSelect={onSelect}
        />
      )}
    </section>
  );
}
