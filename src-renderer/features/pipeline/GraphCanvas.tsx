import { ActionIcon } from '@mantine/core';
import { MarkerType, Position, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { IconArrowsMaximize, IconMinus, IconPlus, IconRotate } from '@tabler/icons-react';
import {
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { ExecutionState, PipelineGraph } from '../../client/index.ts';
import {
  bestDirection,
  type Direction,
  type GraphShape,
  layoutGraph,
  nodeSize,
  type Placement,
  smoothPath,
} from './layout.ts';
import { isArrowKey, neighbour } from './navigate.ts';
import css from './pipeline.module.css';
import { RoutedEdge, type RoutedFlowEdge } from './RoutedEdge.tsx';
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
const edgeTypes = { routed: RoutedEdge };
const zoomLimits = { minZoom: 0.15, maxZoom: 1.75 } as const;
/** Beyond so many, stages out of sight are not drawn. */
const manyStages = 300;
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
  const box = useRef<HTMLElement>(null);
  const [room, setRoom] = useState<{ width: number; height: number } | null>(null);
  const [chosen, setChosen] = useState<Direction | null>(null);
  const shape = useShape(graph);
  // Measured once: a graph that turned while the window is resized would be hard to follow.
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null) setRoom({ width: element.clientWidth, height: element.clientHeight });
  }, []);
  const best = useMemo(() => (room === null ? null : bestDirection(shape, room)), [shape, room]);
  const direction = chosen ?? best ?? 'right';
  const placement = useMemo(() => layoutGraph(shape, direction), [shape, direction]);
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
    const frame = box.current?.getBoundingClientRect();
    if (frame === undefined) return;
    const margin = 60;
    const inside =
      at.x > frame.left + margin &&
      at.x < frame.right - margin &&
      at.y > frame.top + margin &&
      at.y < frame.bottom - margin;
    if (!inside) void flow.setCenter(x, y, { zoom: flow.getZoom() });
  }, [selected, placement, flow]);

  /** Selects and moves the focus along, once the stage is drawn as selected. */
  const goTo = (address: string | null): void => {
    if (address === null) return;
    onSelect(address);
    const id = nodeDomId(domId, address);
    requestAnimationFrame(() => document.getElementById(id)?.focus({ preventScroll: true }));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const first = placement.nodes[0]?.address ?? null;
    if (isArrowKey(event.key)) {
      const next = selected === null ? first : neighbour(placement, selected, event.key, direction);
      goTo(next);
    } else if (event.key === 'Home') goTo(first);
    else if (event.key === 'End') goTo(placement.nodes.at(-1)?.address ?? null);
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
    <section
      ref={box}
      id={domId}
      className={css.canvas}
      aria-label={t('graph')}
      onKeyDown={onKeyDown}
    >
      <ReactFlow
        key={`${direction} ${room === null}`}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        {...zoomLimits}
        fitView
        fitViewOptions={fit}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        onlyRenderVisibleElements={nodes.length > manyStages}
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
          onClick={() => setChosen(direction === 'right' ? 'down' : 'right')}
        >
          <IconRotate size={16} />
        </ActionIcon>
      </div>
    </section>
  );
}

/** The same object as long as the graph has the same shape, whatever the state of its stages. */
function useShape(graph: PipelineGraph): GraphShape {
  const text = JSON.stringify({
    stages: graph.stages.map(({ address }) => ({ address })),
    edges: graph.edges,
  });
  return useMemo(() => JSON.parse(text), [text]);
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
          stop: address === (o.selected ?? placement.nodes[0]?.address),
        },
      },
    ];
  });
}

function edgesOf(placement: Placement, selected: string | null): RoutedFlowEdge[] {
  return placement.arrows.map((arrow) => {
    const lit = arrow.from === selected || arrow.to === selected;
    const color = lit ? 'var(--accent)' : 'var(--line-strong)';
    return {
      id: arrow.id,
      source: arrow.from,
      target: arrow.to,
      type: 'routed',
      data: { path: smoothPath(arrow.points) },
      zIndex: lit ? 1 : 0,
      style: { stroke: color, strokeWidth: lit ? 2 : 1.5 },
      markerEnd: { type: MarkerType.ArrowClosed, color, width: 16, height: 16 },
    };
  });
}
