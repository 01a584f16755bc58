import { ActionIcon } from '@mantine/core';
import {
  type Edge,
  MarkerType,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { IconArrowsMaximize, IconMinus, IconPlus, IconRotate } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExecutionState, PipelineGraph } from '../../client/index.ts';
import { type Direction, layoutGraph, nodeSize, type Placement } from './layout.ts';
import { isArrowKey, neighbour } from './navigate.ts';
import css from './pipeline.module.css';
import { StageCard, type StageFlowNode } from './StageCard.tsx';
import { shownState } from './states.ts';

export interface GraphCanvasProps {
  readonly graph: PipelineGraph;
  readonly running: ReadonlyMap<string, ExecutionState>;
  readonly selected: string | null;
  readonly onSelect: (address: string | null) => void;
  /** Enter, or a double click. */
  readonly onOpen: (address: string) => void;
}

const nodeTypes = { stage: StageCard };
const zoomLimits = { minZoom: 0.15, maxZoom: 1.75 } as const;
const fit = { padding: 0.12, maxZoom: 1.1 } as const;

/** The stage graph. The arrow keys go from stage to stage, + and − zoom, 0 shows all. */
export function GraphCanvas(props: GraphCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas({ graph, running, selected, onSelect, onOpen }: GraphCanvasProps) {
  const { t } = useTranslation('pipeline');
  const flow = useReactFlow();
  const domId = useId();
  const [direction, setDirection] = useState<Direction>('right');
  const placement = usePlacement(graph, direction);
  const nodes = useMemo(
    () => nodesOf(graph, placement, { running, selected, direction, domId }),
    [graph, placement, running, selected, direction, domId],
  );
  const edges = useMemo(() => edgesOf(placement, selected), [placement, selected]);

  // A stage chosen by key may be out of sight.
  useEffect(() => {
    const node = placement.nodes.find((one) => one.address === selected);
    if (node === undefined) return;
    const [x, y] = [node.x + nodeSize.width / 2, node.y + nodeSize.height / 2];
    const at = flow.flowToScreenPosition({ x, y });
    const box = document.getElementById(domId)?.getBoundingClientRect();
    if (box === undefined) return;
    const margin = 60;
    const inside =
      at.x > box.left + margin &&
      at.x < box.right - margin &&
      at.y > box.top + margin &&
      at.y < box.bottom - margin;
    if (!inside) void flow.setCenter(x, y, { zoom: flow.getZoom() });
  }, [selected, placement, flow, domId]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const first = placement.nodes[0]?.address ?? null;
    if (isArrowKey(event.key)) {
      const next = selected === null ? first : neighbour(placement, selected, event.key, direction);
      if (next !== null) onSelect(next);
    } else if (event.key === 'Home') onSelect(first);
    else if (event.key === 'End') onSelect(placement.nodes.at(-1)?.address ?? null);
    else if (event.key === 'Enter' && selected !== null) onOpen(selected);
    else if (event.key === '+' || event.key === '=') void flow.zoomIn();
    else if (event.key === '-') void flow.zoomOut();
    else if (event.key === '0') void flow.fitView(fit);
    else if (event.key === 'Escape' && selected !== null) onSelect(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      id={domId}
      className={css.canvas}
      role="listbox"
      aria-label={t('graph')}
      aria-activedescendant={selected === null ? undefined : nodeDomId(domId, selected)}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <ReactFlow
        key={direction}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        {...zoomLimits}
        fitView
        fitViewOptions={fit}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        onlyRenderVisibleElements
        deleteKeyCode={null}
        selectionKeyCode={null}
        zoomOnDoubleClick={false}
        proOptions={{ hideAttribution: false }}
        onNodeClick={(_, node) => onSelect(node.id)}
        onNodeDoubleClick={(_, node) => onOpen(node.id)}
        onPaneClick={() => onSelect(null)}
      />
      <div className={css.zoom}>
        <ActionIcon aria-label={t('zoomIn')} title={t('zoomIn')} onClick={() => flow.zoomIn()}>
          <IconPlus size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t('zoomOut')} title={t('zoomOut')} onClick={() => flow.zoomOut()}>
          <IconMinus size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t('fit')} title={t('fit')} onClick={() => flow.fitView(fit)}>
          <IconArrowsMaximize size={16} />
        </ActionIcon>
        <ActionIcon
          aria-label={t('turn')}
          title={t('turn')}
          onClick={() => setDirection(direction === 'right' ? 'down' : 'right')}
        >
          <IconRotate size={16} />
        </ActionIcon>
      </div>
    </div>
  );
}

/** Where the stages stand; made anew only when the graph has another shape, not another state. */
function usePlacement(graph: PipelineGraph, direction: Direction): Placement {
  const shape = JSON.stringify({
    stages: graph.stages.map(({ address }) => ({ address })),
    edges: graph.edges,
  });
  return useMemo(() => layoutGraph(JSON.parse(shape), direction), [shape, direction]);
}

function nodeDomId(prefix: string, address: string): string {
  return `${prefix}-${encodeURIComponent(address)}`;
}

function nodesOf(
  graph: PipelineGraph,
  placement: Placement,
  o: {
    readonly running: ReadonlyMap<string, ExecutionState>;
    readonly selected: string | null;
    readonly direction: Direction;
    readonly domId: string;
  },
): StageFlowNode[] {
  const { width, height } = nodeSize;
  const sideways = o.direction === 'right';
  const stages = new Map(graph.stages.map((stage) => [stage.address, stage]));
  return placement.nodes.flatMap(({ address, x, y }): StageFlowNode[] => {
    const stage = stages.get(address);
    if (stage === undefined) return [];
    const dot = { width: 1, height: 1 };
    return [
      {
        id: address,
        type: 'stage',
        position: { x, y },
        // Sizes and ends are known beforehand, so nothing waits for a measurement.
        width,
        height,
        measured: { width, height },
        handles: [
          sideways
            ? { ...dot, type: 'target', position: Position.Left, x: 0, y: height / 2 }
            : { ...dot, type: 'target', position: Position.Top, x: width / 2, y: 0 },
          sideways
            ? { ...dot, type: 'source', position: Position.Right, x: width, y: height / 2 }
            : { ...dot, type: 'source', position: Position.Bottom, x: width / 2, y: height },
        ],
        selected: address === o.selected,
        data: {
          stage,
          state: shownState(stage, o.running),
          direction: o.direction,
          domId: nodeDomId(o.domId, address),
        },
      },
    ];
  });
}

function edgesOf(placement: Placement, selected: string | null): Edge[] {
  return placement.arrows.map((arrow) => {
    const lit = arrow.from === selected || arrow.to === selected;
    const color = lit ? 'var(--accent)' : 'var(--line-strong)';
    return {
      id: arrow.id,
      source: arrow.from,
      target: arrow.to,
      type: 'default',
      zIndex: lit ? 1 : 0,
      style: { stroke: color, strokeWidth: lit ? 2 : 1.5 },
      markerEnd: { type: MarkerType.ArrowClosed, color, width: 16, height: 16 },
      ...(lit ? { label: labelOf(arrow.paths), labelShowBg: true } : {}),
    };
  });
}

function labelOf(paths: readonly string[]): string {
  const [first = ''] = paths;
  const name = first.slice(first.lastIndexOf('/') + 1);
  return paths.length > 1 ? `${name} +${paths.length - 1}` : name;
}
