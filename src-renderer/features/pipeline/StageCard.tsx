import { IconDatabase, IconTerminal2 } from '@tabler/icons-react';
import { type Node as FlowNode, Handle, type NodeProps, Position } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import type { StageNode } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { middleEllipsis } from '../../ui/index.ts';
import type { Direction } from './layout.ts';
import css from './pipeline.module.css';
import { looks, type ShownState, stateWords } from './states.ts';

export type StageFlowNode = FlowNode<
  {
    readonly stage: StageNode;
    readonly state: ShownState;
    readonly direction: Direction;
    readonly domId: string;
    /** Whether Tab stops here: at one stage of the graph, from which the arrow keys go on. */
    readonly stop: boolean;
  },
  'stage'
>;

/** One stage in the graph: what it is called, what it does, how it is. */
export function StageCard({ data, selected }: NodeProps<StageFlowNode>) {
  const { t } = useTranslation('pipeline');
  const { stage, state, direction } = data;
  const look = looks[state];
  const word = t(`state.${stateWords[state]}`);
  const [first] = stage.reasons;
  const why = state === 'stale' && first !== undefined ? localized(first.detail) : word;
  const Icon = stage.kind === 'data' ? IconDatabase : IconTerminal2;
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
      data-kind={stage.kind}
      title={stage.desc === '' ? stage.address : `${stage.address}\n${stage.desc}`}
    >
      <Handle type="target" position={target} className={css.handle} isConnectable={false} />
      <span className={css.cardName}>
        <Icon size={14} stroke={1.6} aria-hidden />
        <b>{middleEllipsis(stage.name, 26)}</b>
      </span>
      <span className={css.cardCommand}>{stage.command === '' ? stage.file : stage.command}</span>
      <span className={css.cardState}>
        <span aria-hidden>{look.shape}</span> {why}
      </span>
      <Handle type="source" position={source} className={css.handle} isConnectable={false} />
    </button>
  );
}
