import { Tooltip, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './charts.module.css';
import { markerPath, samplePatterns } from './dashes.ts';
import type { Dash, Marker } from './types.ts';

export interface LegendEntry {
  readonly runId: string;
  readonly label: string;
  readonly color: string;
  readonly dash?: Dash;
  readonly marker?: Marker;
}

export interface ChartLegendProps {
  readonly entries: readonly LegendEntry[];
  readonly hidden: ReadonlySet<string>;
  readonly onHiddenChange: (hidden: ReadonlySet<string>) => void;
  readonly onHighlight?: (runId: string | null) => void;
}

/** The runs of the charts around it: press to hide or show, with Alt to show only that one. */
export function ChartLegend({ entries, hidden, onHiddenChange, onHighlight }: ChartLegendProps) {
  const { t } = useTranslation('charts');
  const press = (runId: string, alone: boolean): void => {
    if (alone) {
      const others = entries.map((entry) => entry.runId).filter((other) => other !== runId);
      const isAlone = !hidden.has(runId) && others.every((other) => hidden.has(other));
      onHiddenChange(isAlone ? new Set() : new Set(others));
      return;
    }
    const next = new Set(hidden);
    if (!next.delete(runId)) next.add(runId);
    onHiddenChange(next);
  };
  return (
    <ul className={classes.legend} aria-label={t('legend')}>
      {entries.map((entry) => (
        <li key={entry.runId}>
          <Tooltip label={t('legendHint')} openDelay={800}>
            <UnstyledButton
              className={classes.legendItem}
              aria-pressed={!hidden.has(entry.runId)}
              onClick={(event) => press(entry.runId, event.altKey)}
              onMouseEnter={() => onHighlight?.(entry.runId)}
              onMouseLeave={() => onHighlight?.(null)}
              onFocus={() => onHighlight?.(entry.runId)}
              onBlur={() => onHighlight?.(null)}
            >
              <LineSample color={entry.color} dash={entry.dash} marker={entry.marker} />
              <span>{entry.label}</span>
            </UnstyledButton>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}

/** A piece of the line as it is drawn. */
export function LineSample({
  color,
  dash = 'solid',
  marker,
}: {
  readonly color: string;
  readonly dash?: Dash;
  readonly marker?: Marker | undefined;
}) {
  return (
    <svg width="22" height="10" aria-hidden="true" style={{ flexShrink: 0 }}>
      <line
        x1="0"
        y1="5"
        x2="22"
        y2="5"
        stroke={color}
        strokeWidth="2.5"
        strokeDasharray={samplePatterns[dash]}
      />
      {marker !== undefined && <path d={markerPath(marker, 11, 5, 3.5)} fill={color} />}
    </svg>
  );
}
