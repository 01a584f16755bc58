/** Where the cards stand: layers from sources to what follows them, by dagre (Sugiyama's method). */
import { Graph, layout as place } from '@dagrejs/dagre';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface GraphShape {
  readonly ids: readonly string[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export interface Arrow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An arrow with its way around the cards between its ends. */
export interface RoutedArrow extends Arrow {
  readonly points: readonly Point[];
}

export interface Placed {
  readonly id: string;
  /** Top left corner, pixels. */
  readonly x: number;
  readonly y: number;
}

export interface Placement {
  readonly nodes: readonly Placed[];
  readonly arrows: readonly RoutedArrow[];
  /** Of the whole picture, pixels. */
  readonly width: number;
  readonly height: number;
}

export type Direction = 'right' | 'down';

/** One arrow per pair of cards; edges to cards that are not there are left out. */
export function arrowsOf(graph: GraphShape): Arrow[] {
  const known = new Set(graph.ids);
  const arrows = new Map<string, Arrow>();
  for (const { from, to } of graph.edges) {
    if (!known.has(from) || !known.has(to) || from === to) continue;
    const id = JSON.stringify([from, to]);
    arrows.set(id, { id, from, to });
  }
  return [...arrows.values()];
}

/** Places every card. The same graph gives the same picture, whatever the cards look like. */
export function layoutGraph(graph: GraphShape, card: Size, direction: Direction): Placement {
  const arrows = arrowsOf(graph);
  const drawing = new Graph();
  drawing.setGraph({
    rankdir: direction === 'right' ? 'LR' : 'TB',
    nodesep: 28,
    ranksep: direction === 'right' ? 56 : 40,
  });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const id of graph.ids) drawing.setNode(id, { ...card });
  for (const arrow of arrows) drawing.setEdge(arrow.from, arrow.to);
  place(drawing);
  const nodes = graph.ids.map((id) => {
    const at = drawing.node(id) as { x: number; y: number };
    return { id, x: Math.round(at.x - card.width / 2), y: Math.round(at.y - card.height / 2) };
  });
  const routed = arrows.map((arrow): RoutedArrow => {
    const { points = [] } = (drawing.edge(arrow.from, arrow.to) ?? {}) as { points?: Point[] };
    return { ...arrow, points };
  });
  const width = Math.max(0, ...nodes.map((node) => node.x + card.width));
  const height = Math.max(0, ...nodes.map((node) => node.y + card.height));
  return { nodes, arrows: routed, width, height };
}

/** The direction in which the whole graph can be drawn larger in a box of this size. */
export function bestDirection(graph: GraphShape, card: Size, box: Size): Direction {
  const scale = (direction: Direction): number => {
    const { width, height } = layoutGraph(graph, card, direction);
    return Math.min(box.width / Math.max(width, 1), box.height / Math.max(height, 1), 1);
  };
  return scale('down') > scale('right') ? 'down' : 'right';
}

/** An SVG path along the points, rounded at each of them. */
export function smoothPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const last = points.at(-1) ?? first;
  let path = `M ${first.x} ${first.y}`;
  for (let i = 0; i < rest.length - 1; i += 1) {
    const [corner, next] = [rest[i] as Point, rest[i + 1] as Point];
    const end = i === rest.length - 2 ? last : middle(corner, next);
    path += ` Q ${corner.x} ${corner.y} ${end.x} ${end.y}`;
  }
  return rest.length === 1 ? `${path} L ${last.x} ${last.y}` : path;
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
