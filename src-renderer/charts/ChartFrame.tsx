/** Title, menu and states around a drawing; the same for every kind of chart. */
import { Button, Skeleton, Text } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './charts.module.css';
import type { Drawing } from './use-plot.ts';

/** Moving along x with the keyboard. */
export interface ChartWalk {
  readonly min: number;
  readonly max: number;
  readonly now: number;
  /** `now` in words. */
  readonly place: string;
  /** Said aloud when it changes: what is there. */
  readonly text: string;
  readonly onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
  readonly onBlur: () => void;
}

interface ChartFrameProps {
  readonly title: string;
  /** What a screen reader says of the chart: the gist of the numbers. */
  readonly summary: string;
  readonly height: number;
  readonly plot: Pick<Drawing, 'element' | 'status' | 'retry'>;
  readonly menu: ReactNode;
  /** Beside the title. */
  readonly tools?: ReactNode;
  /** Laid over the drawing. */
  readonly over?: ReactNode;
  /** Said instead of a drawing when there is nothing to draw. */
  readonly empty: string | null;
  /** Said below the drawing, as what it leaves out. */
  readonly note?: string | null | undefined;
  readonly walk?: ChartWalk;
}

export function ChartFrame(props: ChartFrameProps) {
  const { t } = useTranslation('charts');
  const { plot, empty, height, walk } = props;
  const summaryId = useId();
  return (
    <figure className={classes.frame} aria-label={props.title}>
      <figcaption className={classes.caption}>
        <Text component="span" size="sm" fw={600} truncate title={props.title}>
          {props.title}
        </Text>
        {props.tools}
        <span className={classes.menu}>{props.menu}</span>
      </figcaption>
      <div className={classes.stage} style={{ height }}>
        {walk !== undefined && empty === null ? (
          // To those who do not see it, a chart is a slider along x that says what is there.
          <div
            ref={plot.element}
            className={classes.plot}
            role="slider"
            aria-roledescription={t('chart')}
            aria-labelledby={summaryId}
            aria-valuemin={walk.min}
            aria-valuemax={walk.max}
            aria-valuenow={walk.now}
            aria-valuetext={walk.place}
            data-drawn={plot.status === 'drawn' || undefined}
            tabIndex={0}
            onKeyDown={walk.onKeyDown}
            onBlur={walk.onBlur}
          />
        ) : (
          <div
            ref={plot.element}
            className={classes.plot}
            aria-hidden
            data-drawn={plot.status === 'drawn' || undefined}
          />
        )}
        {props.over}
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
      {props.note && <p className={classes.note}>{props.note}</p>}
      <p id={summaryId} className={classes.hidden}>
        {props.summary}
      </p>
      {walk !== undefined && (
        <p className={classes.hidden} aria-live="polite">
          {walk.text}
        </p>
      )}
    </figure>
  );
}
