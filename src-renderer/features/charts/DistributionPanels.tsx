import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { BarChart, BoxChart, Histogram } from '../../charts/index.ts';
import { labelStyle } from '../../ui/index.ts';
import { FieldSelects, useFieldTitle } from './FieldSelect.tsx';
import { usualDirection } from './fields.ts';
import type { PanelProps } from './PanelView.tsx';
import {
  frequentTexts,
  largestGroups,
  meanAndDeviation,
  named,
  valuesByGroup,
} from './summaries.ts';

/** Groups beyond these have colours that are taken already. */
const mostColors = 8;
/** Texts that are counted one by one. */
const mostTexts = 60;

/** How a param or metric is spread over the runs, or over groups of them. */
export function HistogramPanel(props: PanelProps) {
  const { options, runs } = props;
  const { t } = useTranslation('charts');
  const title = useFieldTitle();
  const { x = '', by = '' } = options;
  const others = t('panel.others');
  const values = useMemo(() => frequentTexts(runs.values(x), mostTexts, others), [runs, x, others]);
  const groups = useMemo(
    () => (by === '' ? undefined : largestGroups(runs.values(by).map(named), mostColors, others)),
    [runs, by, others],
  );
  return (
    <Histogram
      title={t('panel.histogramTitle', { x: title(x) })}
      valueTitle={title(x)}
      values={values}
      groups={groups}
      tools={
        <>
          <FieldSelects
            {...props}
            choices={[
              { option: 'x', label: t('panel.x') },
              { option: 'by', label: t('panel.by'), only: 'groups', clearable: true },
            ]}
          />
          {props.menu}
        </>
      }
    />
  );
}

/** Boxes beyond these would be lines. */
const mostBoxes = 40;

/** A metric for each value of a param, a tag, or what else tells runs apart. */
export function BoxPanel(props: PanelProps) {
  const { options, runs } = props;
  const { t } = useTranslation('charts');
  const title = useFieldTitle();
  const { x = '', y = '' } = options;
  const groups = useMemo(() => valuesByGroup(runs.values(x), runs.values(y)), [runs, x, y]);
  const boxes = useMemo(
    () =>
      groups.slice(0, mostBoxes).map(({ name, values, indices }) => ({
        name,
        values,
        runs: indices.map((index) => ({
          id: runs.ids[index] ?? '',
          label: runs.named[index] ?? '',
        })),
      })),
    [groups, runs],
  );
  return (
    <BoxChart
      title={t('panel.boxTitle', { x: title(x), y: title(y) })}
      boxes={boxes}
      note={
        groups.length > mostBoxes
          ? t('panel.firstGroups', { shown: mostBoxes, total: groups.length })
          : null
      }
      xTitle={title(x)}
      yTitle={title(y)}
      onPoint={props.onPoint}
      onOpen={props.onOpen}
      tools={
        <>
          <FieldSelects
            {...props}
            choices={[
              { option: 'x', label: t('panel.boxBy'), only: 'groups' },
              { option: 'y', label: t('panel.y'), only: 'metrics' },
            ]}
          />
          {props.menu}
        </>
      }
    />
  );
}

const mostBars = 60;

/** A metric of each run, or the mean of each group with its deviation; the best first. */
export function BarPanel(props: PanelProps) {
  const { options, runs } = props;
  const { t } = useTranslation('charts');
  const title = useFieldTitle();
  const { y = '', by = '' } = options;
  const all = useMemo(() => {
    const sign = usualDirection(y) === 'min' ? 1 : -1;
    const values = runs.values(y);
    const bars =
      by === ''
        ? values.flatMap((value, index) =>
            typeof value !== 'number' || !Number.isFinite(value)
              ? []
              : [
                  {
                    id: runs.ids[index] ?? '',
                    label: runs.named[index] ?? '',
                    value,
                    color: labelStyle(runs.labels[index] ?? '').color,
                  },
                ],
          )
        : valuesByGroup(runs.values(by), values).map((group) => {
            const { mean, deviation } = meanAndDeviation(group.values);
            const count = group.values.length;
            return {
              id: group.name,
              label: group.name,
              value: mean,
              detail:
                count > 1
                  ? t('panel.groupOf', { count, deviation: short(deviation) })
                  : t('panel.runs', { count }),
              ...(count > 1 ? { spread: { low: mean - deviation, high: mean + deviation } } : {}),
            };
          });
    return bars.sort((a, b) => sign * (a.value - b.value));
  }, [runs, y, by, t]);
  const bars = useMemo(() => all.slice(0, mostBars), [all]);
  return (
    <BarChart
      title={
        by === ''
          ? t('panel.barTitle', { y: title(y) })
          : t('panel.barGroupTitle', { y: title(y), by: title(by) })
      }
      bars={bars}
      note={
        all.length > mostBars ? t('panel.bestBars', { shown: mostBars, total: all.length }) : null
      }
      valueTitle={title(y)}
      height={280}
      selected={null}
      {...(by === '' ? { onSelect: props.onOpen } : {})}
      tools={
        <>
          <FieldSelects
            {...props}
            choices={[
              { option: 'y', label: t('panel.y'), only: 'metrics' },
              { option: 'by', label: t('panel.by'), only: 'groups', clearable: true },
            ]}
          />
          {props.menu}
        </>
      }
    />
  );
}

function short(value: number): string {
  return Number(value.toPrecision(3)).toString();
}
