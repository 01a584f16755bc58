import { useMemo, useState } from 'react';
import { type Brush, brushed, parallelAxis } from '../../charts/index.ts';
import type { PanelRuns } from './use-columns.ts';

export type Brushes = Readonly<Record<string, Brush>>;

const none: Brushes = {};

/** Stretches of params and metrics that are brushed. */
export function useBrushes(): readonly [Brushes, (brushes: Brushes) => void] {
  return useState(none);
}

/** Ids of the runs within all brushes, in their order; null without a brush, or before it is known. */
export function useWithin(brushes: Brushes, runs: PanelRuns | undefined): readonly string[] | null {
  return useMemo(() => {
    const fields = Object.keys(brushes);
    if (fields.length === 0 || runs === undefined || !fields.every(runs.has)) return null;
    const axes = fields.map((field) =>
      parallelAxis({ id: field, label: field, values: runs.values(field) }),
    );
    return brushed(axes, brushes, runs.ids.length).flatMap((index) => runs.ids[index] ?? []);
  }, [brushes, runs]);
}
