import { ActionIcon } from '@mantine/core';
import { MarkerType, Position, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { IconArrowsMaximize, IconMinus, IconPlus, IconRotate } from '@tabler/icons-react';
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { type CardFlowNode, type CardLook, GraphCard } from './GraphCard.tsx';
import css from './graph.module.css';
import {
  bestDirection,
  type Direction,
  type GraphShape,
  layoutGraph,
  type Placement,
  type Size,
  smoothPath,
} from './layout.ts';
import { isArrowKey, neighbour } from './navigate.ts';
import { RoutedEdge, type RoutedFlowEdge } from './RoutedEdge.tsx';

export type { CardLook } from './GraphCard.tsx';

export interface GraphViewProps {
  readonly label: string;
  /** Of every card, in pixels. */
  readonly card: Size;
  readonly shape: GraphShape;
  readonly lookOf: (id: string) => CardLook;
  readonly selected: string | null;
  readonly onSelect: (id: string | null) => void;
  /** Enter, or a double click. */
  readonly onOpen: (id: string) => void;
  /** Backspace. */
  readonly onBack?: () => void;
  /** Begin at the first card, at a size that can be read, where the whole would be too small for it. */
  readonly readable?: boolean;
  /** Takes the focus when it appears, because it replaces a graph that had it. */
  readonly autoFocus?: boolean;
}

const nodeTypes = { card: GraphCard };
const edgeTypes = { routed: RoutedEdge };
const zoomLimits = { minZoom: 0.15, maxZoom: 1.75 } as const;
/** Beyond so many, cards out of sight are not drawn. */
const manyCards = 300;
/** At which the text of a card can be read. */
const readableZoom = 0.72;
const fit = { padding: 0.12, maxZoom: 1.1 } as const;

/** A graph of cards. The arrow keys go from card to card, + and − zoom, 0 shows all. */
export function GraphView(props: GraphViewProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas(props: GraphViewProps) {
  const { label, card, shape: given, lookOf, selected, onSelect, onOpen, onBack } = props;
  const { readable = false, autoFocus = false } = props;
  const { t } = useTranslation('common');
  const flow = useReactFlow();
  const domId = useId();
  const box = useRef<HTMLElement>(null);
  const clicked = useRef<string | null>(null);
  const [room, setRoom] = useState<Size | null>(null);
  const [chosen, setChosen] = useState<Direction | null>(null);
  const shape = useSame(given);
  const size = useSame(card);
  // Measured once: a graph that turned while the window is resized would be hard to follow.
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null) setRoom({ width: element.clientWidth, height: element.clientHeight });
  }, []);
  const best = useMemo(
    () => (room === null ? null : bestDirection(shape, size, room)),
    [shape, size, room],
  );
  const direction = chosen ?? best ?? 'right';
  const placement = useMemo(() => layoutGraph(shape, size, direction), [shape, size, direction]);
  const nodes = useMemo(
    () => nodesOf(placement, size, { lookOf, selected, direction, domId }),
    [placement, size, lookOf, selected, direction, domId],
  );
  const edges = useMemo(() => edgesOf(placement, selected), [placement, selected]);

  const begin = (): void => {
    const first = placement.nodes[0];
    if (!readable || room === null || first === undefined) return;
    const { width, height } = placement;
    if (Math.min(room.width / width, room.height / height) >= readableZoom) return;
    const margin = 24;
    const [x, y] =
      direction === 'right'
        ? [
            margin - first.x * readableZoom,
            room.height / 2 - (first.y + size.height / 2) * readableZoom,
          ]
        : [
            room.width / 2 - (first.x + size.width / 2) * readableZoom,
            margin - first.y * readableZoom,
          ];
    void flow.setViewport({ x, y, zoom: readableZoom });
  };

  // A card chosen by key may be out of sight; one that is clicked must not move from under the pointer.
  useEffect(() => {
    if (selected !== null && selected === clicked.current) return;
    clicked.current = null;
    const node = placement.nodes.find((one) => one.id === selected);
    if (node === undefined) return;
    const [x, y] = [node.x + size.width / 2, node.y + size.height / 2];
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
  }, [selected, placement, size, flow]);

  const stop = selected ?? placement.nodes[0]?.id;
  const focusFirst = useRef(autoFocus && stop !== undefined ? cardDomId(domId, stop) : null);
  useEffect(() => {
    const id = focusFirst.current;
    focusFirst.current = null;
    if (id === null) return;
    const frame = requestAnimationFrame(() =>
      document.getElementById(id)?.focus({ preventScroll: true }),
    );
    return () => cancelAnimationFrame(frame);
  }, []);

  /** Selects and moves the focus along, once the card is drawn as selected. */
  const goTo = (id: string | null): void => {
    if (id === null) return;
    onSelect(id);
    const element = cardDomId(domId, id);
    requestAnimationFrame(() => document.getElementById(element)?.focus({ preventScroll: true }));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const first = placement.nodes[0]?.id ?? null;
    if (isArrowKey(event.key)) {
      const next = selected === null ? first : neighbour(placement, selected, event.key, direction);
      goTo(next);
    } else if (event.key === 'Home') goTo(first);
    else if (event.key === 'End') goTo(placement.nodes.at(-1)?.id ?? null);
    else if (event.key === 'Enter' && selected !== null) onOpen(selected);
    else if (event.key === '+' || event.key === '=') void flow.zoomIn();
    else if (event.key === '-') void flow.zoomOut();
    else if (event.key === '0') void flow.fitView(fit);
    else if (event.key === 'Backspace' && onBack !== undefined) onBack();
    else if (event.key === 'Escape' && selected !== null) onSelect(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section ref={box} id={domId} className={css.canvas} aria-label={label} onKeyDown={onKeyDown}>
      <ReactFlow
        key={`${direction} ${room === null}`}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        {...zoomLimits}
        fitView
        onInit={begin}
        fitViewOptions={fit}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        onlyRenderVisibleElements={nodes.length > manyCards}
        deleteKeyCode={null}
        selectionKeyCode={null}
        zoomOnDoubleClick={false}
        proOptions={{ hideAttribution: false }}
        onNodeClick={(_, node) => {
          clicked.current = node.id;
          onSelect(node.id);
        }}
        onNodeDoubleClick={(_, node) => onOpen(node.id)}
        onPaneClick={() => onSelect(null)}
      />
      <div className={css.zoom}>
        <Tool label={t('graph.zoomIn')} onClick={() => flow.zoomIn()}>
          <IconPlus size={16} />
        </Tool>
        <Tool label={t('graph.zoomOut')} onClick={() => flow.zoomOut()}>
          <IconMinus size={16} />
        </Tool>
        <Tool label={t('graph.fit')} onClick={() => flow.fitView(fit)}>
          <IconArrowsMaximize size={16} />
        </Tool>
        <Tool
          label={t('graph.turn')}
          onClick={() => setChosen(direction === 'right' ? 'down' : 'right')}
        >
          <IconRotate size={16} />
        </Tool>
      </div>
    </section>
  );
}

function Tool(props: { label: string; onClick: () => void; children: ReactNode }) {
  const { label, onClick, children } = props;
  return (
    <ActionIcon aria-label={label} title={label} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}

/** The same object as long as it says the same: cards that only look otherwise stay in place. */
function useSame<T>(value: T): T {
  const text = JSON.stringify(value);
  return useMemo(() => JSON.parse(text) as T, [text]);
}

function cardDomId(prefix: string, id: string): string {
  return `${prefix}-${encodeURIComponent(id)}`;
}

function nodesOf(
  placement: Placement,
  { width, height }: Size,
  o: {
    readonly lookOf: (id: string) => CardLook;
    readonly selected: string | null;
    readonly direction: Direction;
    readonly domId: string;
  },
): CardFlowNode[] {
  const sideways = o.direction === 'right';
  const dot = { width: 1, height: 1 };
  return placement.nodes.map(({ id, x, y }) => ({
    id,
    type: 'card',
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
    selected: id === o.selected,
    data: {
      look: o.lookOf(id),
      direction: o.direction,
      domId: cardDomId(o.domId, id),
      stop: id === (o.selected ?? placement.nodes[0]?.id),
    },
  }));
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
