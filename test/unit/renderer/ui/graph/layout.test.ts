import { describe, expect, it } from 'vitest';
import { arrowsOf, layoutGraph } from '../../../../../src-renderer/ui/graph/layout.ts';
import { neighbour } from '../../../../../src-renderer/ui/graph/navigate.ts';

const card = { width: 216, height: 76 };

const graph = {
  ids: ['prepare', 'left', 'right', 'train', 'alone'],
  edges: [
    { from: 'prepare', to: 'left' },
    { from: 'prepare', to: 'left' },
    { from: 'prepare', to: 'right' },
    { from: 'left', to: 'train' },
    { from: 'right', to: 'train' },
    { from: 'gone', to: 'train' },
  ],
};

describe('arrowsOf', () => {
  it('makes one arrow of all edges between two cards and drops ends that are not there', () => {
    const arrows = arrowsOf(graph);
    expect(arrows).toHaveLength(4);
    expect(arrows[0]).toMatchObject({ from: 'prepare', to: 'left' });
  });

  it('keeps apart names that would run together', () => {
    const arrows = arrowsOf({
      ids: ['a', 'a,b', 'b,c', 'c'],
      edges: [
        { from: 'a', to: 'b,c' },
        { from: 'a,b', to: 'c' },
      ],
    });
    expect(new Set(arrows.map((arrow) => arrow.id)).size).toBe(2);
  });
});

describe('layoutGraph', () => {
  const placement = layoutGraph(graph, card, 'right');
  const at = (id: string) => placement.nodes.find((node) => node.id === id);

  it('puts producers left of consumers', () => {
    for (const arrow of placement.arrows) {
      expect(at(arrow.from)?.x).toBeLessThan(at(arrow.to)?.x ?? Number.NaN);
    }
  });

  it('lets no two cards overlap', () => {
    for (const a of placement.nodes) {
      for (const b of placement.nodes) {
        if (a === b) continue;
        const apart = Math.abs(a.x - b.x) >= card.width || Math.abs(a.y - b.y) >= card.height;
        expect(apart, `${a.id} over ${b.id}`).toBe(true);
      }
    }
  });

  it('survives a cycle and an empty graph', () => {
    const cycle = {
      ids: ['a', 'b'],
      edges: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
        { from: 'a', to: 'a' },
      ],
    };
    expect(layoutGraph(cycle, card, 'down').nodes).toHaveLength(2);
    expect(layoutGraph({ ids: [], edges: [] }, card, 'down').nodes).toEqual([]);
  });
});

describe('neighbour', () => {
  const placement = layoutGraph(graph, card, 'right');
  const go = (from: string, key: Parameters<typeof neighbour>[2]) =>
    neighbour(placement, from, key, 'right');

  it('follows the arrows along the flow', () => {
    expect(go('left', 'ArrowRight')).toBe('train');
    expect(go('left', 'ArrowLeft')).toBe('prepare');
    expect(['left', 'right']).toContain(go('prepare', 'ArrowRight'));
  });

  it('moves within a layer across it', () => {
    const [upper, lower] = ['left', 'right'].toSorted(
      (a, b) =>
        (placement.nodes.find((n) => n.id === a)?.y ?? 0) -
        (placement.nodes.find((n) => n.id === b)?.y ?? 0),
    ) as [string, string];
    expect(go(upper, 'ArrowDown')).toBe(lower);
    expect(go(lower, 'ArrowUp')).toBe(upper);
  });

  it('reaches every card from every other', () => {
    const reached = new Set(['prepare']);
    const open = ['prepare'];
    for (let here = open.pop(); here !== undefined; here = open.pop()) {
      for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const) {
        const next = go(here, key);
        if (next !== null && !reached.has(next)) {
          reached.add(next);
          open.push(next);
        }
      }
    }
    expect([...reached].toSorted()).toEqual(graph.ids.toSorted());
  });

  it('starts at the first card when nothing known is selected', () => {
    expect(go('nowhere', 'ArrowDown')).toBe('prepare');
  });
});
