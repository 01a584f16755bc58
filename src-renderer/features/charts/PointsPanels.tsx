import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Direction, paretoFront, type RunPoint, RunPoints } from '../../charts/index.ts';
import { labelStyle } from '../../ui/index.ts';
import { FieldSelect, useFieldTitle } from './FieldSelect.tsx';
import { usualDirection } from './fields.ts';
import type { PanelProps } from './PanelView.tsx';

const number = (value: number | string | null): number | null =>
  typeof value === 'number' ? value : null;

/** A point per run over two params or metrics; with `pareto`, those that no other run beats in both. */
export function ScatterPanel({ pareto, ...props }: PanelProps & { readonly pareto: boolean }) {
  const { options, onOptions, fields, runs } = props;
  const { t } = useTranslation('charts');
  const name = useFieldTitle();
  const { x = '', y = '', color = '' } = options;
  const xDirection = direction(options.xDirection, x);
  const yDirection = direction(options.yDirection, y);
  const points = useMemo((): RunPoint[] => {
    const [xs, ys, shades] = [runs.values(x), runs.values(y), runs.values(color)];
    return runs.ids.map((id, index) => ({
      id,
      label: runs.named[index] ?? '',
      color: labelStyle(runs.labels[index] ?? '').color,
      x: xs[index] ?? null,
      y: ys[index] ?? null,
      shade: number(shades[index] ?? null),
    }));
  }, [runs, x, y, color]);
  const front = useMemo(
    () =>
      pareto
        ? paretoFront(
            points.map((point) => number(point.x)),
            points.map((point) => number(point.y)),
            { x: xDirection, y: yDirection },
          )
        : null,
    [pareto, points, xDirection, yDirection],
  );
  const title = t(pareto ? 'panel.frontTitle' : 'panel.scatterTitle', {
    x: name(x),
    y: name(y),
  });
  return (
    <RunPoints
      title={title}
      points={points}
      xTitle={name(x)}
      yTitle={name(y)}
      shadeTitle={color === '' ? null : name(color)}
      front={front}
      lit={props.lit}
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
          {pareto && (
            <DirectionSelect
              label={t('panel.directionOf', { name: name(x) })}
              value={xDirection}
              onChange={(next) => onOptions({ xDirection: next })}
            />
          )}
          <FieldSelect
            label={t('panel.y')}
            value={y}
            fields={fields}
            onChange={(next) => onOptions({ y: next })}
          />
          {pareto ? (
            <DirectionSelect
              label={t('panel.directionOf', { name: name(y) })}
              value={yDirection}
              onChange={(next) => onOptions({ yDirection: next })}
            />
          ) : (
            <FieldSelect
              label={t('panel.color')}
              value={color}
              fields={fields}
              clearable
              onChange={(next) => onOptions({ color: next })}
            />
          )}
          {props.menu}
        </>
      }
    />
  );
}

function direction(chosen: string | undefined, field: string): Direction {
  return chosen === 'min' || chosen === 'max' ? chosen : usualDirection(field);
}

function DirectionSelect({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Direction;
  onChange: (direction: Direction) => void;
}) {
  const { t } = useTranslation('charts');
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      value={value}
      onChange={(next) => onChange(next as Direction)}
      data={[
        { value: 'min', label: t('panel.less') },
        { value: 'max', label: t('panel.more') },
      ]}
    />
  );
}
