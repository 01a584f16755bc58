/** Where the stages stand: layers from producers to consumers, by dagre (Sugiyama's method). */
import { Graph, layout as place } from '@dagrejs/dagre';

export interface GraphShape {
  readonly stages: readonly { readonly address: string }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly path: string }[];
}

/** Several files between the same two stages make one arrow. */
export interface Arrow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly paths: readonly string[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An arrow with its way around the stages between its ends. */
export interface RoutedArrow extends Arrow {
  readonly points: readonly Point[];
}

export interface Placed {
  readonly address: string;
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

export const nodeSize = { width: 216, height: 76 } as const;

/** One arrow per pair of stages; edges to stages that are not there are left out. */
export function arrowsOf(graph: GraphShape): Arrow[] {
  const known = new Set(graph.stages.map((stage) => stage.address));
  const arrows = new Map<string, { from: string; to: string; paths: string[] }>();
  for (const edge of graph.edges) {
    if (!known.has(edge.from) || !known.has(edge.to) || edge.from === edge.to) continue;
    const id = JSON.stringify([edge.from, edge.to]);
    const arrow = arrows.get(id);
    if (arrow) arrow.paths.push(edge.path);
    else arrows.set(id, { from: edge.from, to: edge.to, paths: [edge.path] });
  }
  return [...arrows].map(([id, arrow]) => ({ id, ...arrow }));
}

/** Places every stage. The same graph gives the same picture, whatever the state of its stages. */
export function layoutGraph(graph: GraphShape, direction: Direction): Placement {
  const arrows = arrowsOf(graph);
  const drawing = new Graph();
  drawing.setGraph({
    rankdir: direction === 'right' ? 'LR' : 'TB',
    nodesep: 28,
    ranksep: direction === 'right' ? 56 : 40,
  });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const stage of graph.stages) drawing.setNode(stage.address, { ...nodeSize });
  for (const arrow of arrows) drawing.setEdge(arrow.from, arrow.to);
  place(drawing);
  const nodes = graph.stages.map(({ address }) => {
    const at = drawing.node(address) as { x: number; y: number };
    return {
      address,
      x: Math.round(at.x - nodeSize.width / 2),
      y: Math.round(at.y - nodeSize.height / 2),
    };
  });
  const routed = arrows.map((arrow): RoutedArrow => {
    const { points = [] } = (drawing.edge(arrow.from, arrow.to) ?? {}) as { points?: Point[] };
    return { ...arrow, points };
  });
  const width = Math.max(0, ...nodes.map((node) => node.x + nodeSize.width));
  const height = Math.max(0, ...nodes.map((node) => node.y + nodeSize.height));
  return { nodes, arrows: routed, width, height };
}

/** The direction in which the whole graph can be drawn larger in a box of this size. */
export function bestDirection(
  graph: GraphShape,
  box: { width: number; height: number },
): Direction {
  const scale = (direction: Direction): number => {
    const { width, height } = layoutGraph(graph, direction);
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
