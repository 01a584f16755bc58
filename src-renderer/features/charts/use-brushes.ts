import { useMemo, useState } from 'react';
import { type Brush, brushed, parallelAxis } from '../../charts/index.ts';
import type { RunRow } from '../../client/index.ts';
import { type Aggregate, fieldName, readField } from './fields.ts';

export interface Brushes {
  readonly brushes: Readonly<Record<string, Brush>>;
  readonly change: (brushes: Readonly<Record<string, Brush>>) => void;
  /** The runs within all brushes, in their order; all of them without a brush. */
  readonly within: readonly RunRow[];
  readonly any: boolean;
}

const none: Readonly<Record<string, Brush>> = {};

/** Stretches of params and metrics that are brushed, and the runs that lie in them. */
export function useBrushes(runs: readonly RunRow[], aggregate: Aggregate): Brushes {
  const [brushes, change] = useState(none);
  const fields = Object.keys(brushes);
  const any = fields.length > 0;
  const within = useMemo(() => {
    const brushedFields = Object.keys(brushes);
    if (brushedFields.length === 0) return runs;
    const axes = brushedFields.map((field) =>
      parallelAxis({
        id: field,
        label: fieldName(field),
        values: runs.map((run) => readField(run, field, aggregate)),
      }),
    );
    return brushed(axes, brushes, runs.length).flatMap((index) => runs[index] ?? []);
  }, [runs, brushes, aggregate]);
  return { brushes, change, within, any };
}
