import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExecutionState, PipelineGraph } from '../../client/index.ts';
import { type CardLook, GraphView } from '../../ui/graph/index.ts';
import { StageCard } from './StageCard.tsx';
import { looks, shownState } from './states.ts';

export interface GraphCanvasProps {
  readonly graph: PipelineGraph;
  readonly running: ReadonlyMap<string, ExecutionState>;
  readonly selected: string | null;
  readonly onSelect: (address: string | null) => void;
  /** Enter, or a double click. */
  readonly onOpen: (address: string) => void;
}

const card = { width: 216, height: 76 } as const;

/** The stage graph. */
export function GraphCanvas({ graph, running, selected, onSelect, onOpen }: GraphCanvasProps) {
  const { t } = useTranslation('pipeline');
  const stages = useMemo(
    () => new Map(graph.stages.map((stage) => [stage.address, stage])),
    [graph],
  );
  const lookOf = useCallback(
    (address: string): CardLook => {
      const stage = stages.get(address);
      if (stage === undefined) return { content: null, tone: 'dim', title: address };
      const state = shownState(stage, running);
      return {
        content: <StageCard stage={stage} state={state} />,
        tone: looks[state].tone,
        title: stage.desc === '' ? stage.address : `${stage.address}\n${stage.desc}`,
        dashed: stage.kind === 'data',
      };
    },
    [stages, running],
  );
  return (
    <GraphView
      label={t('graph')}
      card={card}
      shape={{
        ids: [...stages.keys()],
        edges: graph.edges.map(({ from, to }) => ({ from, to })),
      }}
      lookOf={lookOf}
      selected={selected}
      onSelect={onSelect}
      onOpen={onOpen}
    />
  );
}
