import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react';

export type RoutedFlowEdge = Edge<{ readonly path: string }, 'routed'>;

/** An arrow that goes the way the layout found for it, around the cards between. */
export function RoutedEdge({ data, style, markerEnd }: EdgeProps<RoutedFlowEdge>) {
  return (
    <BaseEdge
      path={data?.path ?? ''}
      {...(style ? { style } : {})}
      {...(markerEnd ? { markerEnd } : {})}
    />
  );
}
