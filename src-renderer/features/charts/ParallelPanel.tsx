import { MultiSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ParallelChart } from '../../charts/index.ts';
import { FieldSelect, useFieldTitle } from './FieldSelect.tsx';
import { runNumbers, runTexts } from './fields.ts';
import type { PanelProps } from './PanelView.tsx';
import { readAxes, writeAxes } from './panels.ts';

const mostAxes = 12;

/** A line per run across its params and metrics. */
export function ParallelPanel(props: PanelProps) {
  const { options, onOptions, fields, runs } = props;
  const { t } = useTranslation('charts');
  const title = useFieldTitle();
  const axes = useMemo(() => readAxes(options.axes), [options.axes]);
  const color = options.color ?? '';
  const columns = useMemo(
    () =>
      axes.map((field) => ({
        id: field,
        label: title(field),
        values: runs.values(field),
      })),
    [axes, runs, title],
  );
  const named = useMemo(
    () => runs.ids.map((id, index) => ({ id, label: runs.named[index] ?? '' })),
    [runs],
  );
  const ofRun = [...runTexts, ...runNumbers].map((name) => `run ${name}`);
  const all = [
    ...new Set([...fields.params, ...fields.metrics, ...ofRun, ...fields.tags, ...axes]),
  ];
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
            data={all.map((field) => ({ value: field, label: title(field) }))}
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
