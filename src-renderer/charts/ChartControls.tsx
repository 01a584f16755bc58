import { SegmentedControl, Slider, Switch, Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './charts.module.css';
import type { XAxis } from './types.ts';

/** How a group of metric charts is drawn. */
export interface ChartSettings {
  readonly xAxis: XAxis;
  readonly smoothing: number;
  readonly logX: boolean;
  readonly logY: boolean;
}

export const defaultChartSettings: ChartSettings = {
  xAxis: 'step',
  smoothing: 0,
  logX: false,
  logY: false,
};

export interface ChartControlsProps {
  readonly settings: ChartSettings;
  readonly onChange: (settings: ChartSettings) => void;
}

/** One row of controls for all the charts of a page: x axis, smoothing, logarithmic scales. */
export function ChartControls({ settings, onChange }: ChartControlsProps) {
  const { t } = useTranslation('charts');
  const label = useId();
  const set = (change: Partial<ChartSettings>): void => onChange({ ...settings, ...change });
  return (
    <div className={classes.controls}>
      <SegmentedControl
        size="xs"
        aria-label={t('xAxis')}
        value={settings.xAxis}
        onChange={(value) => set({ xAxis: value as XAxis })}
        data={[
          { value: 'step', label: t('axisName.step') },
          { value: 'time', label: t('axisName.time') },
          { value: 'relative', label: t('axisName.relative') },
        ]}
      />
      <div className={classes.smoothing}>
        <Text id={label} size="xs">
          {t('smoothing')}
        </Text>
        <Slider
          className={classes.slider}
          size="xs"
          min={0}
          max={0.99}
          step={0.01}
          value={settings.smoothing}
          onChange={(smoothing) => set({ smoothing })}
          label={null}
          thumbProps={{ 'aria-labelledby': label }}
        />
        <Text size="xs" className={classes.number}>
          {settings.smoothing.toFixed(2)}
        </Text>
      </div>
      <Switch
        size="xs"
        label={t('logY')}
        checked={settings.logY}
        onChange={(event) => set({ logY: event.currentTarget.checked })}
      />
      <Switch
        size="xs"
        label={t('logX')}
        disabled={settings.xAxis === 'time'}
        checked={settings.logX && settings.xAxis !== 'time'}
        onChange={(event) => set({ logX: event.currentTarget.checked })}
      />
    </div>
  );
}
