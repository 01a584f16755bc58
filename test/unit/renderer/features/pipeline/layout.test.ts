import { describe, expect, it } from 'vitest';
import {
  arrowsOf,
  layoutGraph,
  nodeSize,
} from '../../../../../src-renderer/features/pipeline/layout.ts';
import { neighbour } from '../../../../../src-renderer/features/pipeline/navigate.ts';

const graph = {
  stages: ['prepare', 'left', 'right', 'train', 'alone'].map((address) => ({ address })),
  edges: [
    { from: 'prepare', to: 'left', path: 'a.csv' },
    { from: 'prepare', to: 'left', path: 'b.csv' },
    { from: 'prepare', to: 'right', path: 'a.csv' },
    { from: 'left', to: 'train', path: 'l' },
    { from: 'right', to: 'train', path: 'r' },
    { from: 'gone', to: 'train', path: 'x' },
  ],
};

describe('arrowsOf', () => {
  it('joins the files between two stages and drops ends that are not there', () => {
    const arrows = arrowsOf(graph);
    expect(arrows).toHaveLength(4);
    expect(arrows[0]).toMatchObject({ from: 'prepare', to: 'left', paths: ['a.csv', 'b.csv'] });
  });

  it('keeps apart addresses that would run together', () => {
    const arrows = arrowsOf({
      stages: [{ address: 'a' }, { address: 'a,b' }, { address: 'b,c' }, { address: 'c' }],
      edges: [
        { from: 'a', to: 'b,c', path: '1' },
        { from: 'a,b', to: 'c', path: '2' },
      ],
    });
    expect(new Set(arrows.map((arrow) => arrow.id)).size).toBe(2);
  });
});

describe('layoutGraph', () => {
  const placement = layoutGraph(graph, 'right');
  const at = (address: string) => placement.nodes.find((node) => node.address === address);

  it('puts producers left of consumers', () => {
    for (const arrow of placement.arrows) {
      expect(at(arrow.from)?.x).toBeLessThan(at(arrow.to)?.x ?? Number.NaN);
    }
  });

  it('lets no two stages overlap', () => {
    for (const a of placement.nodes) {
      for (const b of placement.nodes) {
        if (a === b) continue;
        const apart =
          Math.abs(a.x - b.x) >= nodeSize.width || Math.abs(a.y - b.y) >= nodeSize.height;
        expect(apart, `${a.address} over ${b.address}`).toBe(true);
      }
    }
  });

  it('survives a cycle and an empty pipeline', () => {
    const cycle = {
      stages: [{ address: 'a' }, { address: 'b' }],
      edges: [
        { from: 'a', to: 'b', path: '1' },
        { from: 'b', to: 'a', path: '2' },
        { from: 'a', to: 'a', path: '3' },
      ],
    };
    expect(layoutGraph(cycle, 'down').nodes).toHaveLength(2);
    expect(layoutGraph({ stages: [], edges: [] }, 'down').nodes).toEqual([]);
  });
});

describe('neighbour', () => {
  const placement = layoutGraph(graph, 'right');
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
        (placement.nodes.find((n) => n.address === a)?.y ?? 0) -
        (placement.nodes.find((n) => n.address === b)?.y ?? 0),
    ) as [string, string];
    expect(go(upper, 'ArrowDown')).toBe(lower);
    expect(go(lower, 'ArrowUp')).toBe(upper);
  });

  it('reaches every stage from every other', () => {
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
    expect([...reached].toSorted()).toEqual(graph.stages.map((s) => s.address).toSorted());
  });

  it('starts at the first stage when nothing known is selected', () => {
    expect(go('nowhere', 'ArrowDown')).toBe('prepare');
  });
});
