import {
  Button,
  Popover,
  SegmentedControl,
  Select,
  Slider,
  Stack,
  Switch,
  Text,
} from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './charts.module.css';
import type { ChartSettings } from './settings.ts';

/** Something that runs can be drawn as one by. */
export interface GroupChoice {
  readonly value: string;
  readonly label: string;
}

export interface ChartControlsProps {
  readonly settings: ChartSettings;
  readonly onChange: (settings: ChartSettings) => void;
  /** Metrics that x can be. */
  readonly keys: readonly string[];
  readonly groups: readonly GroupChoice[];
}

/** One row of controls for all the charts of a page: x axis, smoothing, scales, groups. */
export function ChartControls({ settings, onChange, keys, groups }: ChartControlsProps) {
  const { t } = useTranslation('charts');
  const label = useId();
  const set = (change: Partial<ChartSettings>): void => onChange({ ...settings, ...change });
  const { smoothing } = settings;
  const changed = [
    settings.logY,
    settings.logX && settings.xAxis !== 'time',
    !settings.outliers,
  ].filter(Boolean).length;
  const grouped = settings.groupBy !== '' && groups.length > 0;
  const spread = grouped && (
    <SegmentedControl
      size="xs"
      aria-label={t('spread')}
      value={settings.spread}
      onChange={(value) => set({ spread: value as ChartSettings['spread'] })}
      data={[
        { value: 'range', label: t('spreadName.range') },
        { value: 'deviation', label: t('spreadName.deviation') },
      ]}
    />
  );
  return (
    <div className={classes.controls}>
      <Select
        size="xs"
        className={classes.xAxis}
        aria-label={t('xAxis')}
        title={t('xAxis')}
        allowDeselect={false}
        value={settings.xAxis}
        onChange={(value) => set({ xAxis: (value ?? 'step') as ChartSettings['xAxis'] })}
        data={(['step', 'time', 'relative', 'metric'] as const).map((value) => ({
          value,
          label: t(`axisName.${value}`),
          disabled: grouped && (value === 'time' || value === 'metric'),
        }))}
      />
      {settings.xAxis === 'metric' && (
        <Select
          size="xs"
          w={180}
          searchable
          limit={200}
          aria-label={t('xKey')}
          placeholder={t('xKey')}
          value={settings.xKey === '' ? null : settings.xKey}
          onChange={(value) => set({ xKey: value ?? '' })}
          data={[...new Set([...keys, ...(settings.xKey === '' ? [] : [settings.xKey])])]}
        />
      )}
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
          value={smoothing.amount}
          onChange={(amount) => set({ smoothing: { ...smoothing, amount } })}
          label={null}
          thumbProps={{ 'aria-labelledby': label }}
        />
        <Text size="xs" className={classes.number}>
          {smoothing.amount.toFixed(2)}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t('smoothingKind')}
          value={smoothing.kind}
          onChange={(kind) => set({ smoothing: { ...smoothing, kind: kind as 'average' } })}
          data={[
            { value: 'average', label: t('kind.average') },
            { value: 'gaussian', label: t('kind.gaussian') },
          ]}
        />
      </div>
      <div className={classes.scales}>
        <Scales settings={settings} onChange={onChange} />
      </div>
      <Popover withinPortal position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <Button size="xs" className={classes.scalesButton} rightSection={changed || undefined}>
            {t('scales')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="xs">
            <Scales settings={settings} onChange={onChange} />
            {spread}
          </Stack>
        </Popover.Dropdown>
      </Popover>
      {groups.length > 0 && (
        <Select
          size="xs"
          className={classes.groupBy}
          searchable
          clearable
          aria-label={t('groupBy')}
          placeholder={t('groupBy')}
          value={settings.groupBy === '' ? null : settings.groupBy}
          onChange={(value) => set({ groupBy: value ?? '' })}
          data={[...groups]}
        />
      )}
      <div className={classes.scales}>{spread}</div>
    </div>
  );
}

/** The switches of the axes; a small window holds them behind a button. */
function Scales({ settings, onChange }: Pick<ChartControlsProps, 'settings' | 'onChange'>) {
  const { t } = useTranslation('charts');
  const set = (change: Partial<ChartSettings>): void => onChange({ ...settings, ...change });
  return (
    <>
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
      <Switch
        size="xs"
        label={t('ignoreOutliers')}
        checked={!settings.outliers}
        onChange={(event) => set({ outliers: !event.currentTarget.checked })}
      />
    </>
  );
}
