import { MultiSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ParallelChart } from '../../charts/index.ts';
import { FieldSelect } from './FieldSelect.tsx';
import { fieldName, readField } from './fields.ts';
import type { PanelProps } from './PanelView.tsx';
import { readAxes, writeAxes } from './panels.ts';

const mostAxes = 12;

/** A line per run across its params and metrics. */
export function ParallelPanel(props: PanelProps) {
  const { options, onOptions, fields, runs, aggregate } = props;
  const { t } = useTranslation('charts');
  const axes = useMemo(() => readAxes(options.axes), [options.axes]);
  const color = options.color ?? '';
  const columns = useMemo(
    () =>
      axes.map((field) => ({
        id: field,
        label: fieldName(field),
        values: runs.map((run) => readField(run, field, aggregate)),
      })),
    [axes, runs, aggregate],
  );
  const named = useMemo(
    () => runs.map((run) => ({ id: run.id, label: `${run.label} ${run.name}` })),
    [runs],
  );
  const all = [...new Set([...fields.params, ...fields.metrics, ...axes])];
  return (
    <ParallelChart
      title={t('panel.kind.parallel')}
      columns={columns}
      runs={named}
      colorBy={axes.includes(color) ? color : null}
      brushes={props.brushes}
      onBrushes={props.onBrushes}
      lit={props.lit}
      onPoint={props.onPoint}
      onOpen={props.onOpen}
      tools={
        <>
          <MultiSelect
            size="xs"
            maw={420}
            searchable
            limit={200}
            maxValues={mostAxes}
            aria-label={t('panel.axes')}
            placeholder={t('panel.axes')}
            value={axes}
            onChange={(next) => onOptions({ axes: writeAxes(next) })}
            data={all.map((field) => ({ value: field, label: fieldName(field) }))}
          />
          <FieldSelect
            label={t('panel.color')}
            value={color}
            fields={fields}
            clearable
            onChange={(next) => onOptions({ color: next })}
          />
          {props.menu}
        </>
      }
    />
  );
}
