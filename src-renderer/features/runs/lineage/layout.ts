import type { Output } from '../../../client/index.ts';

export type Graph = Output<'runs.lineage'>;
export type Node = Graph['nodes'][number];

export const cardWidth = 200;
export const cardHeight = 48;
const gapX = 44;
const gapY = 12;
const headHeight = 32;

export interface Placed {
  readonly node: Node;
  readonly x: number;
  readonly y: number;
}

export interface Column {
  readonly index: number;
  readonly x: number;
  readonly nodes: readonly Placed[];
}

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly path: string;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly Column[];
  readonly lines: readonly Line[];
}

/** Columns from left to right, the rows of each near to what they are linked with. */
export function layoutLineage(graph: Pick<Graph, 'nodes' | 'edges'>): Layout {
  const byColumn = Map.groupBy(graph.nodes, (node) => node.column);
  const indices = [...byColumn.keys()].sort((a, b) => a - b);
  const orders = orderColumns(graph, indices, byColumn);
  const rows = Math.max(1, ...indices.map((index) => orders.get(index)?.length ?? 0));
  const height = headHeight + rows * (cardHeight + gapY);
  const columns = indices.map((index, place): Column => {
    const nodes = orders.get(index) ?? [];
    const own = nodes.length * (cardHeight + gapY);
    const x = place * (cardWidth + gapX);
    const top = headHeight + (height - headHeight - own) / 2;
    return {
      index,
      x,
      nodes: nodes.map((node, row) => ({ node, x, y: top + row * (cardHeight + gapY) })),
    };
  });
  const placed = new Map(columns.flatMap(({ nodes }) => nodes).map((one) => [one.node.key, one]));
  const lines = graph.edges.flatMap(({ from, to }): Line[] => {
    const [a, b] = [placed.get(from), placed.get(to)];
    return a === undefined || b === undefined ? [] : [{ from, to, path: curve(a, b) }];
  });
  const width = indices.length * (cardWidth + gapX) - gapX;
  return { width, height, columns, lines };
}

/** Each column outwards from the run is sorted by where its neighbours stand: fewer lines cross. */
function orderColumns(
  { edges }: Pick<Graph, 'edges'>,
  indices: readonly number[],
  byColumn: ReadonlyMap<number, readonly Node[]>,
): Map<number, readonly Node[]> {
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of edges) {
    for (const [a, b] of [
      [from, to],
      [to, from],
    ] as const) {
      const known = neighbours.get(a);
      if (known === undefined) neighbours.set(a, [b]);
      else known.push(b);
    }
  }
  const rows = new Map<string, number>();
  const orders = new Map<number, readonly Node[]>();
  for (const index of [...indices].sort((a, b) => Math.abs(a) - Math.abs(b))) {
    const nodes = (byColumn.get(index) ?? []).map((node, given) => {
      const at = (neighbours.get(node.key) ?? []).flatMap((key) => rows.get(key) ?? []);
      const middle = at.length === 0 ? given : at.reduce((sum, row) => sum + row, 0) / at.length;
      return { node, middle, given };
    });
    nodes.sort((a, b) => a.middle - b.middle || a.given - b.given);
    nodes.forEach(({ node }, row) => void rows.set(node.key, row));
    orders.set(
      index,
      nodes.map(({ node }) => node),
    );
  }
  return orders;
}

function curve(from: Placed, to: Placed): string {
  const [x1, y1] = [from.x + cardWidth, from.y + cardHeight / 2];
  const [x2, y2] = [to.x, to.y + cardHeight / 2];
  const bend = Math.max(16, (x2 - x1) / 2);
  return `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/** Where an arrow key leads: along a line to the sides, else within the column; null: nowhere. */
export function neighbour(layout: Layout, key: string, direction: Direction): string | null {
  const column = layout.columns.find(({ nodes }) => nodes.some((one) => one.node.key === key));
  if (column === undefined) return null;
  const row = column.nodes.findIndex((one) => one.node.key === key);
  if (direction === 'up' || direction === 'down') {
    return column.nodes[row + (direction === 'up' ? -1 : 1)]?.node.key ?? null;
  }
  const linked = layout.lines.flatMap(({ from, to }) =>
    direction === 'left' ? (to === key ? from : []) : from === key ? to : [],
  );
  const here = column.nodes[row]?.y ?? 0;
  const near = (list: readonly Placed[]): string | null =>
    list.toSorted((a, b) => Math.abs(a.y - here) - Math.abs(b.y - here))[0]?.node.key ?? null;
  const all = layout.columns.flatMap(({ nodes }) => nodes);
  const alongLine = near(all.filter((one) => linked.includes(one.node.key)));
  if (alongLine !== null) return alongLine;
  const place = layout.columns.indexOf(column) + (direction === 'left' ? -1 : 1);
  return near(layout.columns[place]?.nodes ?? []);
}

/** Everything that leads to a node and that comes of it, with the node. */
export function relatives(lines: readonly Line[], key: string): ReadonlySet<string> {
  const found = new Set([key]);
  for (const way of ['from', 'to'] as const) {
    const other = way === 'from' ? 'to' : 'from';
    const waiting = [key];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const line of lines) {
        if (line[way] !== next || found.has(line[other])) continue;
        found.add(line[other]);
        waiting.push(line[other]);
      }
    }
  }
  return found;
}

/** Things and runs take turns to both sides of the run. */
export function headOf(index: number): 'inputs' | 'makers' | 'self' | 'outputs' | 'users' {
  if (index === 0) return 'self';
  if (index < 0) return index % 2 === 0 ? 'makers' : 'inputs';
  return index % 2 === 0 ? 'users' : 'outputs';
}

function nameOf(node: Node): string {
  return node.run === null ? node.name : `${node.run.label} ${node.name}`;
}

/** What a node leads from or to, in words. */
export function linkedNames({ columns, lines }: Layout, key: string, way: 'from' | 'to'): string {
  const other = way === 'from' ? 'to' : 'from';
  const keys = new Set(lines.flatMap((line) => (line[other] === key ? line[way] : [])));
  const nodes = columns.flatMap((column) => column.nodes.map(({ node }) => node));
  return nodes
    .filter((node) => keys.has(node.key))
    .map(nameOf)
    .join(', ');
}
