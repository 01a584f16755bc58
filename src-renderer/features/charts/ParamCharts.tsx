import { useMemo } from 'react';
import type { Brush } from '../../charts/index.ts';
import { type ChartLayout, topics, useOperation } from '../../client/index.ts';
import { ErrorState, Skeletons } from '../../ui/index.ts';
import { type Aggregate, fieldsOf } from './fields.ts';
import { Panels } from './Panels.tsx';
import type { ChartSearch } from './search.ts';
import type { useColumns } from './use-columns.ts';

/** Charts of params against metrics, once it is known what there is. */
export function ParamCharts({
  columns,
  ...props
}: {
  search: ChartSearch;
  columns: ReturnType<typeof useColumns>;
  layout: ChartLayout;
  onLayout: (layout: ChartLayout) => void;
  aggregate: Aggregate;
  onAggregate: (aggregate: Aggregate) => void;
  lit: string | null;
  onPoint: (id: string | null) => void;
  brushes: Readonly<Record<string, Brush>>;
  onBrushes: (brushes: Readonly<Record<string, Brush>>) => void;
}) {
  const { filter, experimentId } = props.search;
  const found = useOperation(
    'table.fields',
    { filter, experimentId },
    { topics: [topics.runs], keepPrevious: true },
  );
  const fields = useMemo(
    () => (found.data === undefined ? null : fieldsOf(found.data.fields)),
    [found.data],
  );
  if (fields === null || columns.runs === undefined) {
    const error = found.error ?? columns.error;
    const retry = found.error === null ? columns.reload : found.reload;
    return error === null ? <Skeletons rows={8} /> : <ErrorState error={error} onRetry={retry} />;
  }
  return <Panels {...props} runs={columns.runs} fields={fields} />;
}
