import { type Node as FlowNode, Handle, type NodeProps, Position } from '@xyflow/react';
import type { ReactNode } from 'react';
import css from './graph.module.css';
import type { Direction } from './layout.ts';

/** How a card looks: what it says, and the colour of its edge. */
export interface CardLook {
  readonly content: ReactNode;
  readonly tone: 'good' | 'warn' | 'bad' | 'active' | 'dim' | 'plain';
  /** Shown on hover. */
  readonly title: string;
  /** Told apart from the others by a dashed frame. */
  readonly dashed?: boolean;
}

export type CardFlowNode = FlowNode<
  {
    readonly look: CardLook;
    readonly direction: Direction;
    readonly domId: string;
    /** Whether Tab stops here: at one card of the graph, from which the arrow keys go on. */
    readonly stop: boolean;
  },
  'card'
>;

export function GraphCard({ data, selected }: NodeProps<CardFlowNode>) {
  const { look, direction } = data;
  const [target, source] =
    direction === 'right' ? [Position.Left, Position.Right] : [Position.Top, Position.Bottom];
  return (
    <button
      type="button"
      id={data.domId}
      tabIndex={data.stop ? 0 : -1}
      aria-pressed={selected}
      className={css.card}
      data-tone={look.tone}
      data-dashed={look.dashed === true || undefined}
      title={look.title}
    >
      <Handle type="target" position={target} className={css.handle} isConnectable={false} />
      {look.content}
      <Handle type="source" position={source} className={css.handle} isConnectable={false} />
    </button>
  );
}
