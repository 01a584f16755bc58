/** Title, menu and states around a drawing; the same for every kind of chart. */
import { Button, Skeleton, Text } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './charts.module.css';
import type { PlotState } from './use-plot.ts';

interface ChartFrameProps {
  readonly title: string;
  /** What a screen reader says of the chart: the gist of the numbers. */
  readonly summary: string;
  readonly height: number;
  readonly plot: PlotState;
  readonly menu: ReactNode;
  /** Said instead of a drawing when there is nothing to draw. */
  readonly empty: string | null;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLDivElement>) => void;
  readonly onBlur?: () => void;
  /** Spoken as the keyboard moves along the curves. */
  readonly announcement?: string;
}

export function ChartFrame(props: ChartFrameProps) {
  const { t } = useTranslation('charts');
  const { plot, empty, height } = props;
  const interactive = props.onKeyDown !== undefined && empty === null;
  return (
    <figure className={classes.frame} aria-label={props.title}>
      <figcaption className={classes.caption}>
        <Text component="span" size="sm" fw={600} truncate title={props.title}>
          {props.title}
        </Text>
        {props.menu}
      </figcaption>
      <div className={classes.stage} style={{ height }}>
        {/* biome-ignore lint/a11y/useSemanticElements: placeholder */}
        <div
          ref={plot.element}
          className={classes.plot}
          role="group"
          aria-roledescription={t('chart')}
          aria-label={props.summary}
          data-drawn={plot.status === 'drawn' || undefined}
          {...(interactive
            ? { tabIndex: 0, onKeyDown: props.onKeyDown, onBlur: props.onBlur }
            : {})}
        />
        {empty !== null && (
          <Text className={classes.over} size="sm" c="dimmed">
            {empty}
          </Text>
        )}
        {empty === null && plot.status === 'waiting' && (
          <Skeleton className={classes.over} height={height} animate={false} />
        )}
        {plot.status === 'failed' && (
          <div className={classes.over} role="alert">
            <Text size="sm">{t('cannotDraw')}</Text>
            <Button size="compact-sm" variant="default" onClick={plot.retry}>
              {t('retry')}
            </Button>
          </div>
        )}
      </div>
      <div className={classes.hidden} aria-live="polite">
        {props.announcement}
      </div>
    </figure>
  );
}
